"""Repairs of what OCR read: which words are set right, which never, and what the record says of it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from docparse.clean.codes import mend_codes
from docparse.clean.diacritics import mend_diacritics
from docparse.clean.formulae import mend_formulae
from docparse.clean.ordinals import mend_ordinals
from docparse.clean.phrases import mend_phrases
from docparse.clean.pieces import Piece
from docparse.clean.syllables import SyllableModel, bare, load_syllables
from docparse.errors import InputError
from docparse.learn.diacritics import texts_of, train
from docparse.model import ScanLine, Word
from docparse.spans import Box, Span
from docparse.tables import Tables

TEXTS = [
    "Ban Dân vận chủ trì tổ chức thực hiện.\nCác cơ quan tổ chức thực hiện kế hoạch.\n" * 2000
    + "Họ tô màu bản đồ, chủ trì tô màu.\nÔng chức sắc đến.\n" * 6
    + "Trước ngày 15 tháng 3 báo cáo.\nCó hiệu lực ngay khi ký.\n" * 20
]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> SyllableModel:
    folder: Path = tmp_path_factory.mktemp("diacritics")
    np.savez(folder / "weights.npz", **train(TEXTS).arrays)
    loaded = load_syllables(folder)
    assert loaded is not None
    return loaded


def a_piece(text: str, unsure: str = "", confidence: float = 0.8) -> Piece:
    """A line whose words are sure but for those of `unsure`."""
    words, at = [], 0
    for k, token in enumerate(text.split(" ")):
        sure = confidence if token.strip(".,;:") in unsure.split() else 0.96
        words.append(Word(Span(at, at + len(token)), Box(k * 30.0, 0, k * 30.0 + 25, 12), sure))
        at += len(token) + 1
    return Piece(ScanLine(text, Box(0, 0, 500, 12), tuple(words)), 1, text)


@pytest.mark.parametrize(
    ("name", "read", "unsure", "becomes"),
    [
        ("lost hook", "chủ trì tô chức thực hiện", "tô", "chủ trì tổ chức thực hiện"),
        ("a sure word stands", "chủ trì tô chức thực hiện", "", "chủ trì tô chức thực hiện"),
        ("opens a sentence", "việc. Tô chức thực hiện kế hoạch", "Tô", "việc. Tổ chức thực hiện kế hoạch"),
        ("a name in running text", "đồng chí Tô chức thực hiện", "Tô", "đồng chí Tô chức thực hiện"),
        ("capitals", "TÔ CHỨC THỰC HIỆN", "TÔ CHỨC", "TÔ CHỨC THỰC HIỆN"),
        ("part of a symbol", "chủ trì tô/chức thực hiện", "tô/chức", "chủ trì tô/chức thực hiện"),
        ("rubbish beside it", "chủ xzq tô qwx thực hiện", "tô", "chủ xzq tô qwx thực hiện"),
        ("the word of a date", "Có hiệu lực ngày khi ký", "ngày", "Có hiệu lực ngày khi ký"),
    ],
)
def test_only_unsure_syllables_of_running_text_change(
    model: SyllableModel, name: str, read: str, unsure: str, becomes: str
) -> None:
    piece = a_piece(read, unsure)
    mend_diacritics([piece], model)
    assert piece.text == becomes, name
    assert piece.line.raw == read  # what was read is kept
    assert [(m.read, piece.text[m.start : m.end]) for m in piece.mends] == (
        [] if read == becomes else [next((r, b) for r, b in zip(read.split(), becomes.split(), strict=True) if r != b)]
    )


def test_a_syllable_that_is_lost_is_no_ground_to_choose_on(model: SyllableModel) -> None:
    piece = a_piece("chủ trì tô chức thực hiện", "tô", confidence=0.2)
    mend_diacritics([piece], model)
    assert piece.text == "chủ trì tô chức thực hiện"


def test_letters_without_marks() -> None:
    assert bare("ĐƯỜNG") == bare("dương") == "duong"


def test_training_gives_the_same_bytes(model: SyllableModel) -> None:
    first, second = train(TEXTS), train(TEXTS)
    assert all(first.arrays[k].tobytes() == second.arrays[k].tobytes() for k in first.arrays)
    assert first.documents == 1
    assert model.pair(model.id_of("tổ"), model.id_of("chức")) == 4000


def test_folders_without_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="no texts"):
        list(texts_of([tmp_path]))


@pytest.mark.parametrize(
    ("name", "read", "unsure", "becomes"),
    [
        ("title in capitals", "QUYÉT ĐỊNH", "QUYÉT", "QUYẾT ĐỊNH"),
        ("with a capital first", "Bạn Thường vụ họp", "Bạn", "Ban Thường vụ họp"),
        ("a sure word stands", "QUYÉT ĐỊNH", "", "QUYÉT ĐỊNH"),
        ("running text is not its matter", "bạn thường vụ họp", "bạn", "bạn thường vụ họp"),
        ("part of another word", "CHI-THỊ-X", "CHI-THỊ-X", "CHI-THỊ-X"),
        ("two words misread", "CỌNG HÒA XÃ HỌI CHỦ NGHĨA VIỆT NAM", "CỌNG HỌI", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
    ],
)
def test_formulae_in_capitals(name: str, read: str, unsure: str, becomes: str) -> None:
    piece = a_piece(read, unsure)
    mend_formulae([piece], Tables.default())
    assert piece.text == becomes, name
    assert len(piece.mends) == sum(a != b for a, b in zip(read.split(), becomes.split(), strict=True))


@pytest.mark.parametrize("row", Tables.default().rows("scan_formulae"), ids=lambda row: str(row["example"]))
def test_each_formula_is_found_in_its_example(row: dict[str, str]) -> None:
    piece = a_piece(row["example"], row["example"].replace(",", ""))
    mend_formulae([piece], Tables.default())
    assert piece.text.lower() == row["phrase"].lower()
    assert piece.mends


@pytest.mark.parametrize(
    ("name", "read", "unsure", "becomes"),
    [
        ("organ", "số 12/QĐ-UBNĐ ngày", "12/QĐ-UBNĐ", "số 12/QĐ-UBND ngày"),
        ("type", "số 118-KI/TU ngày", "118-KI/TU", "số 118-KL/TU ngày"),
        ("a sure word stands", "số 118-KI/TU ngày", "", "số 118-KI/TU ngày"),
        ("a unit is in no list", "số 880/UBND-KGVN ngày", "880/UBND-KGVN", "số 880/UBND-KGVN ngày"),
        ("two codes are left", "số 12-HI/TU ngày", "12-HI/TU", "số 12-HI/TU ngày"),
        ("slash of a year", "số 34/2016 NĐ-CP ngày", "34/2016 NĐ-CP", "số 34/2016/NĐ-CP ngày"),
        ("party's dash", "số 19:NQ/TW ngày", "19:NQ/TW", "số 19-NQ/TW ngày"),
        ("no symbol", "tỷ lệ 19:CÂU/HỎI", "19:CÂU/HỎI", "tỷ lệ 19:CÂU/HỎI"),
    ],
)
def test_codes_of_symbols(name: str, read: str, unsure: str, becomes: str) -> None:
    piece = a_piece(read, unsure)
    mend_codes([piece], Tables.default())
    assert piece.text == becomes, name


@pytest.mark.parametrize("row", Tables.default().rows("symbol_confusions"), ids=lambda row: str(row["example"]))
def test_each_confusion_has_an_example(row: dict[str, str]) -> None:
    read, _, printed = row["example"].partition(" → ")
    changed = [(a, b) for a, b in zip(read, printed, strict=True) if a != b]
    assert changed == [(row["read"], row["printed"])]


@pytest.mark.parametrize(
    ("read", "becomes"),
    [
        ("đến các chỉ bộ trực thuộc", "đến các chi bộ trực thuộc"),
        ("không chỉ bộ phận này", "không chỉ bộ phận này"),
        ("Nơi nhân:", "Nơi nhận:"),
        ("TIM BAN THƯỜNG VỤ", "T/M BAN THƯỜNG VỤ"),
        ("Thường trực HĐĐND tỉnh và HĐÐND huyện", "Thường trực HĐND tỉnh và HĐND huyện"),
    ],
)
def test_words_that_leave_one_reading(read: str, becomes: str) -> None:
    piece = a_piece(read)
    mend_phrases([piece], Tables.default())
    assert piece.text == becomes
    assert [piece.text[m.start : m.end] for m in piece.mends] == ["HĐND", "HĐND"] * becomes.count("HĐND huyện") or (
        len(piece.mends) == (read != becomes)
    )


def test_a_letter_less_moves_what_follows_but_not_its_place_on_the_page() -> None:
    piece = a_piece("số 12/QĐĐ-UBND và 34/2020/NĐ-CP")
    before = [w.box for w in piece.words_at(0)]
    mend_codes([piece], Tables.default())
    assert piece.text == "số 12/QĐ-UBND và 34/2020/NĐ-CP"
    assert [w.span.of(piece.text) for w in piece.words_at(0)] == piece.text.split()
    assert [w.box for w in piece.words_at(0)] == before
    assert [(m.read, piece.text[m.start : m.end]) for m in piece.mends] == [("QĐĐ", "QĐ")]


def test_an_organ_with_two_such_letters_stays() -> None:
    piece = a_piece("số 15/BC-ĐĐBQH")
    mend_codes([piece], Tables.default())
    assert piece.text == "số 15/BC-ĐĐBQH"


@pytest.mark.parametrize(
    ("read", "becomes"),
    [
        (("I", "II", "II", "IV"), ("I", "II", "III", "IV")),
        (("I", "II", "II"), ("I", "II", "III")),
        (("I", "I", "III"), ("I", "II", "III")),
        (("I", "I"), ("I", "I")),  # or two lists
        (("II", "II", "IV"), ("II", "II", "IV")),
        (("I", "II", "II", "III"), ("I", "II", "II", "III")),
        (("I", "II", "I", "II"), ("I", "II", "I", "II")),
        (("I", "II", "III", "IV"), ("I", "II", "III", "IV")),
    ],
)
def test_numbers_of_headings_follow_one_another(read: tuple[str, ...], becomes: tuple[str, ...]) -> None:
    pieces = [a_piece(f"{number}. TỔ CHỨC THỰC HIỆN") for number in read]
    mend_ordinals(pieces)
    assert tuple(piece.text.split(".")[0] for piece in pieces) == becomes


def test_an_annex_counts_anew() -> None:
    texts = ("I. MỤC TIÊU CHUNG", "II. NHIỆM VỤ CHÍNH", "Phụ lục 1", "II. BIỂU MẪU KÈM THEO")
    pieces = [a_piece(text) for text in texts]
    mend_ordinals(pieces)
    assert tuple(piece.text for piece in pieces) == texts
