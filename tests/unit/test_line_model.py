"""The model of lines beside the rules: a scripted reader says what the model sees; weights are made by hand."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from docparse import pipeline
from docparse.errors import ConfigError
from docparse.learn.lines import accuracy, fit, sheaf, torn
from docparse.learn.noise import garbled
from docparse.learn.portal import RULES
from docparse.model import Document, Zone
from docparse.segment import line_model
from docparse.segment.line_choice import BY, closing_start, repaired
from docparse.segment.line_model import Chances, LineModel, job_of
from docparse.segment.line_roles import BUCKETS, JOBS, LineJob, features, looks
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

WHOLE = (
    "UBND TỈNH A\nSố: 12/QĐ-UBND\n\nQUYẾT ĐỊNH\nVề việc thử\n\nCăn cứ Luật Thử;\n\n"
    "Điều 1. Giao Sở Nội vụ thực hiện.\n\nĐiều 2. Quyết định này có hiệu lực.\n\n"
)
SPOILED = "Nuh nlạn:\n- Như trên;\n- Sở Nội vụ;\n- Các sở;\nTl. ỦY BLN\nCHl TLCH\nNguyễn Văn An\n"


class Scripted:
    """Says a job for each line, by its first letters."""

    def __init__(self, jobs: dict[str, LineJob]) -> None:
        self.jobs = jobs

    def read(self, paras: Sequence[Paragraph]) -> Chances:
        out = np.zeros((len(paras), len(JOBS)), np.float32)
        for row, p in zip(out, paras, strict=True):
            row[job_of(next((job for words, job in self.jobs.items() if p.text.startswith(words)), "text"))] = 1
        return out


READER = Scripted({"-": "recipient", "Nuh": "recipient", "Tl.": "authority", "CHl": "authority", "Nguyễn": "signer"})


def a_document(text: str) -> Document:
    return pipeline.parse_text(text, settings=RULES)


def paras(*texts: str) -> list[Paragraph]:
    return [Paragraph(i, Span(0, len(text)), text, ()) for i, text in enumerate(texts)]


def without_closing(doc: Document) -> Document:
    zones = [a for a in doc.annotations if a.value != Zone("closing")]
    assert not any(a.value == Zone("closing") for a in zones)
    return Document(doc.source, doc.text, doc.pages, doc.lines, annotations=tuple(zones))


def test_a_closing_that_the_rules_missed_is_found() -> None:
    lines = paras("Điều 2. Việc.", "Nuh nlạn:", "- Như trên;", "- Sở Nội vụ;", "Tl. ỦY BLN", "Nguyễn Văn An")
    assert closing_start(lines, READER, 0.7) == 1


@pytest.mark.parametrize(
    "lines",
    [
        ["Điều 2. Việc.", "- Như trên;", "- Sở Nội vụ;", "- Các sở;"],  # a list that nobody signs: enclosures
        ["Điều 2. Việc.", "Tl. ỦY BLN", "Nguyễn Văn An"],  # two lines are too few
        ["- Như trên;", "- Sở Nội vụ;", "Nguyễn Văn An"],  # no body is left
        ["- Như trên;", "- Sở;", "Nguyễn Văn An", "Điều 2.", "Điều 3.", "Điều 4."],  # not at the end
    ],
    ids=["nobody-signs", "too-few", "no-body", "not-at-the-end"],
)
def test_what_is_no_closing(lines: list[str]) -> None:
    assert closing_start(paras(*lines), READER, 0.7) is None


def test_the_zones_are_parted_anew_and_bear_the_models_name() -> None:
    doc = a_document(WHOLE + SPOILED)
    if any(a.value == Zone("closing") for a in doc.annotations):
        doc = without_closing(doc)
    body = [a for a in doc.annotations if a.value == Zone("body")]
    assert len(body) == 1
    new = repaired(doc, READER, 0.7)
    found = {a.value.name: a for a in new.annotations if a.by == BY and isinstance(a.value, Zone)}
    if doc.text[body[0].span.end :].strip():
        return  # the rules took the end for an attachment
    assert found["closing"].span.of(doc.text).startswith("Nuh")
    assert not found["body"].span.meets(found["closing"].span)


def test_a_closing_of_the_rules_stays() -> None:
    doc = a_document(WHOLE + "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n")
    assert any(a.value == Zone("closing") for a in doc.annotations)
    assert repaired(doc, READER, 0.5) is doc


def test_weights_turn_features_into_chances() -> None:
    weights = np.zeros((BUCKETS, len(JOBS)), np.float32)
    lines = paras("CHỈ THỊ", "Căn cứ Luật Thử;")
    first, second = features(lines)
    only = next(c for c in first if c not in second)
    weights[only, job_of("type")] = 9
    told = LineModel(weights, np.zeros(len(JOBS), np.float32)).read(lines)
    assert told.shape == (2, len(JOBS))
    assert np.allclose(told.sum(axis=1), 1)
    assert told[0].argmax() == job_of("type")
    assert LineModel(weights, np.zeros(len(JOBS), np.float32)).read([]).shape == (0, len(JOBS))


def test_looks_tell_case_length_and_label() -> None:
    (line,) = paras("2. Giao Sở Nội vụ thực hiện việc này trong năm;")
    assert {"label", "digits", "w0=0", "end=;"} <= set(looks(line))
    assert "case=up" in looks(paras("CHỈ THỊ")[0])


def test_the_rules_label_what_gold_says_is_right() -> None:
    doc = a_document(WHOLE + "Nơi nhận:\n- Như Điều 1;\n- Lưu: VT.\n\nTM. ỦY BAN NHÂN DÂN\nCHỦ TỊCH\n\nNguyễn Văn An\n")
    one = sheaf("d", doc, Tables.default())
    jobs = {p.text: job for p, job in zip(one.lines, one.jobs, strict=True)}
    assert jobs["QUYẾT ĐỊNH"] == "type"
    assert jobs["Căn cứ Luật Thử;"] == "basis"
    assert jobs["- Như Điều 1;"] == "recipient"
    assert jobs["Nguyễn Văn An"] == "signer"
    unsure = sheaf("d", doc, Tables.default(), ["closing"])
    assert unsure.jobs[-1] is None
    assert unsure.jobs[0] == one.jobs[0]
    assert len(torn(one, 1.0).lines[0].text) == len(one.lines[0].text)
    model = fit([one])
    assert sum(right for right, _ in accuracy(model, [one]).values()) > 0.8 * len(one.lines)


def test_garbling_keeps_length_and_is_repeatable() -> None:
    import random

    text = "Nơi nhận: Sở Nội vụ"
    first, second = (garbled(text, random.Random(3)) for _ in range(2))
    assert first == second != text
    assert len(first) == len(text)


def test_without_a_model_nobody_reads(tmp_path: Path) -> None:
    assert line_model.reader_in_use(tmp_path) is None


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / line_model.FILE).write_bytes(b"no arrays")
    with pytest.raises(ConfigError, match="docparse train lines"):
        line_model.read_model(tmp_path)


def test_a_model_of_other_features_is_refused(tmp_path: Path) -> None:
    np.savez(tmp_path / line_model.FILE, weights=np.zeros((3, 2)), bias=np.zeros(2))
    with pytest.raises(ConfigError, match="other jobs or features"):
        line_model.read_model(tmp_path)
