"""The table of relations against the portal's kinds and ELI: complete, and shown in docs/contract.md."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

from docparse.model import Relation
from docparse.tag.relation_kinds import kind_of, of_portal, relation_kinds

CONTRACT = (Path(__file__).resolve().parents[2] / "docs" / "contract.md").read_text("utf-8")


def test_every_relation_has_a_kind_and_every_kind_of_the_portal_one_relation() -> None:
    assert {kind.relation for kind in relation_kinds()} == set(get_args(Relation))
    labels = [kind.portal for kind in relation_kinds() if kind.portal]
    assert len(labels) == len(set(labels)) == 15
    assert all(kind.eli.startswith("eli:") and kind.eli_inverse.startswith("eli:") for kind in relation_kinds())


def test_a_relation_finds_its_usual_kind_and_a_label_its_relation() -> None:
    assert kind_of("repeals").portal == "Văn bản bị bãi bỏ"
    assert kind_of("cites").effect == "none"
    found = of_portal("văn bản bị thay thế một phần")
    assert found is not None
    assert (found.relation, found.part, found.effect) == ("amends", True, "partial")
    assert of_portal("Văn bản thay thế") == kind_of("replaces")
    assert of_portal("Văn bản liên quan") is None


def test_the_contract_shows_every_row() -> None:
    for kind in relation_kinds():
        of_a_part = " of a part" if kind.part else ""
        row = f"| {kind.relation}{of_a_part} | {kind.portal or '–'} | {kind.inverse or '–'} | `{kind.eli}` |"
        assert row in CONTRACT
