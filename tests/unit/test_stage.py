"""Stages and taggers: a tagger adds claims stamped with its name and nothing else."""

from __future__ import annotations

from builders import a_document

from docparse.model import Field, Found
from docparse.spans import Span
from docparse.stage import tagger
from docparse.tables import Tables


def test_a_tagger_adds_claims_in_the_order_of_the_text() -> None:
    late = Found(Span(4, 7), Field("x", "ba"), 0.5, "late")
    wide = Found(Span(0, 7), Field("x", "một ba"), 0.5, "wide")
    narrow = Found(Span(0, 3), Field("x", "một"), 0.5, "narrow")
    stage = tagger("numbers", lambda doc, tables: [late, narrow, wide], needs=["a"], gives=["b"])
    doc = a_document("một ba")
    after = stage.run(doc, Tables.default())
    assert [(a.rule, a.by) for a in after.annotations] == [
        ("wide", "numbers"),
        ("narrow", "numbers"),
        ("late", "numbers"),
    ]
    assert doc.annotations == ()
    assert (stage.needs, stage.gives) == (frozenset("a"), frozenset("b"))
