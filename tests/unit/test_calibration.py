"""Calibrated confidence: what speaks for a claim, how a model is applied and learned, and that rules stand without."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from docparse import pipeline
from docparse.calibration import Scale, in_use, read_model
from docparse.errors import ConfigError, InputError
from docparse.learn.calibrate import Example, card, examples, fit, held_out, reliability, train_calibration
from docparse.learn.exchanged import exchanged
from docparse.learn.verdicts import verdicts
from docparse.model import (
    Annotation,
    Capacity,
    Citation,
    Deadline,
    Document,
    Field,
    Line,
    Page,
    Signer,
    Source,
    Target,
    Word,
)
from docparse.spans import Box, Span
from docparse.tables import Tables
from docparse.tag import confidence
from docparse.tag.confidence import Claim, apply, chosen_fields, claims
from docparse.tag.cross_checks import citation_doubts, deadline_doubts, header_doubts

TEXT = "Căn cứ Nghị định số 12/2019/NĐ-CP; Quyết định số 7/QĐ-UBND."


def made(*annotations: Annotation, words: tuple[Word, ...] = ()) -> Document:
    method = "ocr" if words else "text"
    span = Span(0, len(TEXT))
    return Document(
        Source("a.txt", "0" * 64, "text/plain", 1),
        TEXT,
        (Page(1, 0, 0, span, method),),  # type: ignore[arg-type]
        (Line(span, TEXT, 1, words=words),),
        annotations=annotations,
    )


def cited(start: int, number: str, date: str | None = None, rule: str = "symbol") -> Annotation:
    target = Target("NĐ", number, date, "Chính phủ", id=f"urn:{number}")
    return Annotation(Span(start, start + 26), Citation(target), 0.9, "citations", rule)


def stated(name: str, value: str, sure: float = 0.9) -> Annotation:
    return Annotation(Span(0, 6), Field(f"header.{name}", value), sure, "header", "number-line")


def speaks(claim: Claim) -> set[str]:
    return {name for name, _ in claim.features}


def test_a_citation_later_than_the_document_speaks_against_itself() -> None:
    early, late = list(
        claims(
            made(
                stated("date", "2020-05-01"), cited(7, "12/2019/NĐ-CP", "2019-02-01"), cited(30, "9/2021/NĐ-CP", "2021")
            )
        )
    )[1:]
    assert "later-than-own-date" not in speaks(early)
    assert "later-than-own-date" in speaks(late)


def test_cross_checks_of_a_citation() -> None:
    doc = made(
        cited(0, "12/2019/NĐ-CP", "2019"),
        cited(5, "12/2019/NĐ-CP", "2019"),
        cited(30, "7/CT-UBND", "2019"),
        cited(33, "??"),
    )
    once, again, differs, unparsed = map(speaks, claims(doc))
    assert "cited-again" in once
    assert "cited-again" in again
    assert "type-differs" in differs
    assert "cited-again" not in differs
    assert {"symbol-unparsed", "undated"} <= unparsed


@pytest.mark.parametrize(
    ("target", "doubts"),
    [
        (Target("QĐ", "7/QĐ-UBND", "2019-02-01", "UBND tỉnh"), set()),  # abbreviations are the organ's
        (Target("QĐ", "7/QĐ-UBND", "2019-02-01", "Chủ tịch UBND tỉnh An Trì"), set()),
        (Target("QĐ", "7/QĐ-UBND", "2019-02-01", "Tỉnh ủy An Trì"), {"issuer-differs"}),
        (Target("CT", "7-CT/TW", "2019-02-01", "Ban Bí thư"), set()),  # TW is the code of every organ of the centre
        (Target("QC", "7/QĐ-UBND", "2019-02-01"), set()),  # a regulation has the number of its decision
        (Target("QC", "7/CT-UBND", "2019-02-01"), {"type-differs"}),
        (Target("NĐ", "12/2019/NĐ-CP", "2018-02-01"), {"year-differs"}),
        (Target("TT", "2/2025/TT-BKHĐT", "2025-07-01"), {"organ-of-other-days"}),  # it ended on 28/02/2025
        (Target("TT", "2/2025/TT-BKHĐT", "2025-01-01"), set()),
        (Target("CT", "24", "2019-02-01"), set()),  # a bare number is no symbol
    ],
)
def test_what_in_a_target_does_not_agree(target: Target, doubts: set[str]) -> None:
    assert set(citation_doubts(Citation(target), "2026-01-01")) == doubts


@pytest.mark.parametrize(
    ("position", "capacity", "issuer", "doubt"),
    [
        ("Phó Chủ tịch", "KT", "Ủy ban nhân dân tỉnh Lâm Đồng", False),
        ("Giám đốc", None, "Ủy ban nhân dân tỉnh Lâm Đồng", True),
        ("Giám đốc", None, "Sở Nội vụ tỉnh Lâm Đồng", False),
        ("Giám đốc", "TL", "Ủy ban nhân dân tỉnh Lâm Đồng", False),  # by order signs the head of a unit
        ("Bộ trưởng", None, "Sở Nội vụ tỉnh Lâm Đồng", True),
        ("Người lập", None, "Sở Nội vụ tỉnh Lâm Đồng", False),
    ],
)
def test_an_office_signs_for_its_kind_of_organ(
    position: str, capacity: Capacity | None, issuer: str, doubt: bool
) -> None:
    signer = Annotation(Span(0, 3), Signer(capacity, None, position, "Trần Văn Thử"), 0.9, "closing", "signer")
    found = set(header_doubts(made(signer), {"header.issuer.name": issuer}))
    assert ("office-differs" in found) == doubt


def test_every_office_of_the_table_signs_for_its_example() -> None:
    for row in Tables.default().rows("signing_organs"):
        signer = Signer(None, None, row["office"].capitalize(), "Trần Văn Thử")
        doc = made(Annotation(Span(0, 3), signer, 0.9, "closing", "signer"))
        assert "office-differs" not in set(header_doubts(doc, {"header.issuer.name": row["example"]}))
        assert "office-differs" in set(header_doubts(doc, {"header.issuer.name": "Tổ dân phố"})), row["office"]


def test_a_doubt_speaks_against_the_fields_that_it_is_about() -> None:
    doc = made(stated("number", "7/CT-UBND"), stated("type.code", "KH"), stated("subject", "x"))
    by_field = {n: speaks(c) for c in claims(doc) for n in ("number", "type", "subject") if f"kind={n}" in speaks(c)}
    assert {name for name, found in by_field.items() if "type-differs" in found} == {"number", "type"}


def test_a_day_before_the_documents_own_binds_nobody() -> None:
    assert list(deadline_doubts(Deadline("fixed", "2019-01-31", "by"), "2019-02-01")) == ["earlier-than-own-date"]
    for value in ("2019-02-15", "2019-02", "2019", "2019-Q1"):
        assert not list(deadline_doubts(Deadline("fixed", value, "by"), "2019-02-01"))


def test_exchanged_values_are_wrong_and_known() -> None:
    doc = made(
        *(cited(i, f"{i + 1}/2019/NĐ-CP", f"2019-01-{i + 10}") for i in range(20)), stated("number", "7/QĐ-UBND")
    )
    copy, wrong = exchanged(doc, [{"header.number": "9/CT-UBND"}], 1)
    assert exchanged(doc, [{"header.number": "9/CT-UBND"}], 1) == (copy, wrong)
    assert {i for i, (a, b) in enumerate(zip(doc.annotations, copy.annotations, strict=True)) if a != b} == wrong
    assert 1 <= len(wrong) < 15


def test_a_contradiction_that_exchanges_show_lowers_a_claim() -> None:
    real = [Example(f"d{i % 20}", "citation", (("kind=citation", 1.0),), i != 7) for i in range(200)]
    false = (("kind=citation", 1.0), ("year-differs", 1.0))
    swapped = [Example(f"d{i % 20}", "citation", false, False, exchanged=True) for i in range(60)]
    rest = [replace(e, exchanged=True) for e in real]
    scale = fit(real + swapped + rest)["citation"]
    assert scale.confidence(real[0].features) > 0.9
    assert scale.confidence(false) < 0.5


@pytest.mark.parametrize(
    ("fields", "doubt"),
    [
        ({"number": "7/QĐ-UBND", "type.code": "KH"}, "type-differs"),
        ({"number": "7/QĐ-UBND", "type.code": "QĐ"}, None),
        ({"number": "12/2019/NĐ-CP", "date": "2018-01-01"}, "year-differs"),
        ({"number": "7/QĐ-UBND", "issuer.name": "Tỉnh ủy An Trì"}, "issuer-differs"),
        ({"number": "7/QĐ-UBND", "issuer.name": "Ủy ban nhân dân tỉnh An Trì"}, None),
    ],
)
def test_contradictions_of_a_header(fields: dict[str, str], doubt: str | None) -> None:
    found = {name for claim in claims(made(*(stated(k, v) for k, v in fields.items()))) for name in speaks(claim)}
    assert {name for name in found if name.endswith("differs")} == ({doubt} if doubt else set())


def test_ocr_doubt_is_that_of_the_words_under_the_claim() -> None:
    box = Box(0, 0, 1, 1)
    words = (Word(Span(0, 6), box, 0.5), Word(Span(7, 20), box, 0.9), Word(Span(21, 33), box, 0.7))
    (claim,) = claims(made(cited(7, "12/2019/NĐ-CP"), words=words))
    assert dict(claim.features)["ocr-doubt"] == pytest.approx(0.2)
    assert dict(claim.features)["ocr-worst"] == pytest.approx(0.3)


def test_a_rule_that_the_model_never_saw_has_the_rate_of_its_kind() -> None:
    known = [
        Example(f"d{i % 7}", "citation", (("kind=citation", 1.0), ("rule=citation:symbol", 1.0)), i % 10 > 0)
        for i in range(200)
    ]
    scale = fit(known)["citation"]
    assert scale.confidence((("kind=citation", 1.0), ("rule=citation:new", 1.0))) == pytest.approx(0.9, abs=0.05)


def test_a_rule_with_few_misses_is_shrunk_towards_its_kind() -> None:
    good = [Example(f"d{i % 9}", "citation", (("rule=citation:a", 1.0),), i % 50 > 0) for i in range(300)]
    bad = [Example(f"d{i}", "citation", (("rule=citation:b", 1.0),), False) for i in range(4)]
    scale = fit(good + bad)["citation"]
    few, many = (scale.confidence(((f"rule=citation:{r}", 1.0),)) for r in "ba")
    assert 0.1 < few < many < 0.995


def test_a_contradiction_never_raises_confidence() -> None:
    plain = [Example(f"d{i % 9}", "header", (("kind=date", 1.0),), i % 5 > 0) for i in range(100)]
    lucky = [Example(f"d{i % 9}", "header", (("kind=date", 1.0), ("type-differs", 1.0)), True) for i in range(60)]
    assert fit(plain + lucky)["header"].weights.get("type-differs", 0.0) <= 0


def test_simulated_damage_does_not_lower_real_claims() -> None:
    real = [Example(f"d{i % 70}", "task", (("kind=body", 1.0),), i % 25 > 0) for i in range(200)]
    noise = [Example(f"d{i % 9}", "task", (("kind=body", 1.0),), i % 2 > 0, 0.2) for i in range(200)]
    feature = (("kind=body", 1.0),)
    assert fit(real + noise)["task"].confidence(feature) == pytest.approx(0.96, abs=0.02)


def test_no_claim_is_certain_and_none_impossible() -> None:
    scale = Scale(50.0, {"bad": -500.0})
    assert scale.confidence(()) == 0.995
    assert scale.confidence((("bad", 1.0),)) == 0.01


def test_many_claims_of_few_documents_prove_little() -> None:
    known = [Example(f"d{i % 8}", "header", (("kind=date", 1.0),), True) for i in range(1000)]
    assert fit(known)["header"].confidence((("kind=date", 1.0),)) == 0.9


def test_documents_are_held_out_whole() -> None:
    # all of one document's claims are wrong: a fold that had seen one of them would know
    known = [Example(f"d{n}", "task", ((f"rule=body:{n}", 1.0),), n != 3) for n in range(40) for _ in range(20)]
    third = [p for e, p, _ in held_out(known) if e.document == "d3"]
    assert len(third) == 20
    assert min(third) > 0.9


def test_reliability_counts_every_claim_once() -> None:
    judged = [(1.0, True)] * 6 + [(0.8, True)] * 3 + [(0.8, False)]
    found = reliability(judged)
    assert sum(b.claims for b in found.bins) == found.claims == 10
    assert found.error == pytest.approx(0.4 * 0.05)
    assert found.brier == pytest.approx((3 * 0.04 + 0.64) / 10)


def test_the_first_choice_of_a_field_stays_the_first() -> None:
    doc = made(stated("date", "2020-01-02", 0.6), stated("date", "2020-01-03", 0.8), stated("number", "1/QĐ-UBND"))
    scored = apply(doc, {"header": Scale(-1.0, {})})
    assert chosen_fields(scored) == chosen_fields(doc) == {"header.date": 1, "header.number": 2}


def test_without_a_model_the_rules_own_numbers_stand(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert in_use(tmp_path) is None
    monkeypatch.setattr(confidence, "in_use", lambda: None)
    parsed = pipeline.parse_text(TEXT)
    assert {a.confidence for a in parsed.of_kind(Citation)} <= {0.9, 0.95, 0.85, 0.97, 0.8}


def test_the_committed_model_covers_every_family() -> None:
    scales = in_use()
    assert scales is not None
    assert set(scales) == {"citation", "header", "task"}


def test_a_damaged_model_says_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "model.json").write_text("[1]", "utf-8")
    with pytest.raises(ConfigError, match="docparse train calibration"):
        read_model(tmp_path)


def test_no_gold_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="--gold"):
        examples([tmp_path])


def test_a_claim_is_right_when_all_it_says_is() -> None:
    parsed = pipeline.parse_text("Căn cứ Nghị định số 12/2019/NĐ-CP ngày 01/02/2019 của Chính phủ về thư viện;\n")
    (index,) = (i for i, a in enumerate(parsed.annotations) if isinstance(a.value, Citation))
    record = parsed.record().model_dump(mode="json", by_alias=True)
    want = {"text": record["citations"][0]["text"], "type": "NĐ", "number": "12/2019/NĐ-CP", "date": "2019-02-01"}
    for date, right in (("2019-02-01", True), ("2019-02-07", False)):
        gold = {"scored": ["citations"], "citations": [{**want, "date": date}]}
        assert verdicts(parsed, record, gold) == {index: right}
    assert verdicts(parsed, record, {"scored": ["citations"], "citations": []}) == {index: False}


def test_training_twice_gives_the_same_bytes(tmp_path: Path) -> None:
    gold = tmp_path / "gold"
    gold.mkdir()
    for n in range(6):
        words = f"Nghị định số {n + 10}/2019/NĐ-CP ngày 01/02/2019 của Chính phủ"
        (gold / f"d{n}.txt").write_text(f"Căn cứ {words};\nCăn cứ Nghị định số 3/2018/NĐ-CP;\n", "utf-8")
        wanted = [{"text": words, "type": "NĐ", "number": f"{n + 10}/2019/NĐ-CP", "date": "2019-02-01"}]
        (gold / f"d{n}.gold.json").write_text(json.dumps({"scored": ["citations"], "citations": wanted}), "utf-8")
    folders = [train_calibration(tmp_path / name, "1", [gold]) for name in ("a", "b")]
    for name in ("model.json", "card.toml"):
        assert (folders[0] / name).read_bytes() == (folders[1] / name).read_bytes()
    assert read_model(folders[0])["citation"].confidence(()) < 0.9


def test_the_card_judges_real_documents_only() -> None:
    real = [Example(f"d{i % 9}", "task", (("kind=body", 1.0),), i % 25 > 0) for i in range(90)]
    damaged = [replace(e, damage=0.2, right=False) for e in real]
    told = card(real + damaged)
    assert told["task_claims"] == 90
    assert told["task_simulated"] == 90
