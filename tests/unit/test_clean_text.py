"""Normal form, legacy letters, marks of a converter, what is not text, and paragraphs of plain text."""

from __future__ import annotations

import unicodedata

import pytest

from docparse.clean import clean, encodings, marks, normalize
from docparse.model import Document, Scan, ScanLine, ScanPage, Source
from docparse.spans import Aligned


def cleaned(text: str, media: str = "text/plain") -> Document:
    """The document of a text without places."""
    lines = tuple(ScanLine(raw) for raw in text.split("\n"))
    return clean(Scan(Source("t.txt", "0", media, len(text)), (ScanPage(1, 0, 0, "markup", lines),)))


@pytest.mark.parametrize(
    ("name", "raw", "expected"),
    [
        ("old tone on an open syllable", "hoà giải, Uỷ ban, CỘNG HOÀ", "hòa giải, Ủy ban, CỘNG HÒA"),
        ("closed syllables keep theirs", "toàn tỉnh, Hoàng, thuyền", "toàn tỉnh, Hoàng, thuyền"),
        ("never after q", "Quý, quỳ, QUỸ", "Quý, quỳ, QUỸ"),
        ("a footnote's digit ends the syllable", "thoả1", "thỏa1"),
        ("decomposed letters", unicodedata.normalize("NFD", "Điều lệ, hòa"), "Điều lệ, hòa"),
        ("Icelandic Eth", "QÐ-TTg", "QĐ-TTg"),
        ("gha for u with horn", "tƣ pháp, Ƣu", "tư pháp, Ưu"),
        ("spaces that are no spaces", "Số\u00a012\u2009ngày\u30001", "Số 12 ngày 1"),
        ("what cannot be seen", "24\u00ad-CT/\u200bTU\ufeff", "24-CT/TU"),
        ("dashes of a symbol", "24–CT/TU, QĐ—UBND", "24-CT/TU, QĐ-UBND"),
        ("a dash between words stays", "giai đoạn 2021–2025 – năm đầu", "giai đoạn 2021–2025 – năm đầu"),
        ("Cyrillic capitals in a symbol", "15/NQ-СР", "15/NQ-CP"),
        ("Greek alone stays", "hệ số αβ", "hệ số αβ"),
        ("letters set apart", "Q U Y Ế T   Đ Ị N H", "QUYẾT ĐỊNH"),
        ("ligatures and full width", "ﬁle １２", "file 12"),
        ("bullets of symbol fonts", "\uf0b7 Sở", "• Sở"),
    ],
)
def test_normal_form(name: str, raw: str, expected: str) -> None:
    assert normalize.normal(raw) == expected
    assert normalize.aligned(Aligned.of(raw)).text == expected


def test_origins_survive_normalising() -> None:
    """Letters that did not change still point at themselves; changed ones at the letters they stand for."""
    raw = unicodedata.normalize("NFD", "  Uỷ ban") + "\u00ad-1"
    line = normalize.aligned(Aligned.of(raw))
    assert line.text == "Ủy ban-1"
    assert [raw[o] for o in line.origins if o >= 0][-5:] == ["b", "a", "n", "-", "1"]


def test_legacy_fonts_become_unicode_by_the_whole_document() -> None:
    tcvn3 = (
        "Céng hßa x· héi chñ nghÜa ViÖt Nam. C¸c së, ngµnh; ñy ban "
        "nh©n d©n huyÖn phèi hîp víi c¬ quan cã liªn quan thùc hiÖn. " * 3
    )
    vni = (
        "Coäng hoøa xaõ hoäi chuû nghóa Vieät Nam. Caùc sôû, ngaønh; "
        "uûy ban nhaân daân huyeän phoái hôïp vôùi cô quan coù lieân quan thöïc hieän. " * 3
    )
    for text in (tcvn3, vni):
        doc = cleaned(text.strip())
        assert doc.text.startswith(
            "Cộng hòa xã hội chủ nghĩa Việt Nam. Các sở, ngành; ủy ban nhân dân huyện phối hợp"
        ), doc.text
        assert [n.code for n in doc.notes] == ["legacy_encoding"]


def test_unicode_is_never_taken_for_a_legacy_font() -> None:
    text = "Ủy ban nhân dân tỉnh yêu cầu các sở, ban, ngành; số 15/QĐ-UBND © 2021 «mẫu»"
    assert encodings.legacy_encoding(text * 5) is None
    assert encodings.legacy_encoding("El señor López pidió más información sobre él. " * 9) is None


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ("Số **167** -CV/HU", "Số 167 -CV/HU"),
        ("“*Dân vận khéo*”", "“Dân vận khéo”"),
        ("## KẾ HOẠCH", "KẾ HOẠCH"),
        ("**TM. ỦY BAN NHÂN DÂN", "TM. ỦY BAN NHÂN DÂN"),
        ("- Ban Bí thư, } (báo cáo)", "- Ban Bí thư, (báo cáo)"),
        ("* * *", "* * *"),
        ("ten_tep_mau", "ten_tep_mau"),
        ("1\\. Mục", "1. Mục"),
    ],
)
def test_marks_of_a_converter_are_no_text(raw: str, expected: str) -> None:
    assert normalize.normal(marks.text_without(raw)) == expected
    assert normalize.aligned(marks.without(Aligned.of(raw))).text == expected


def test_header_rows_are_cut_into_columns() -> None:
    text = (
        "UBND TỈNH MẪU\tCỘNG HOÀ XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        "SỞ NỘI VỤ      Độc lập - Tự do - Hạnh phúc\n"
        "Số:     /KH-SNV\tMẫu, ngày    tháng 5 năm 2023"
    )
    doc = cleaned(text)
    assert doc.text.split("\n") == [
        "UBND TỈNH MẪU",
        "SỞ NỘI VỤ",
        "Số: /KH-SNV",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày tháng 5 năm 2023",
    ]
    assert [n.column for n in doc.lines] == ["left", "left", "left", "right", "right", "right"]


def test_glued_header_is_cut() -> None:
    assert cleaned("ỦY BAN NHÂN DÂNCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM").text.split("\n") == [
        "ỦY BAN NHÂN DÂN",
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
    ]


def test_closing_rows_with_tabs_become_columns() -> None:
    doc = cleaned("Nơi nhận:\tTM. ỦY BAN NHÂN DÂN\n- Như trên;\tCHỦ TỊCH\n- Lưu: VT.\n\t\tTrần Mẫu Văn")
    assert doc.text.split("\n") == [
        "Nơi nhận:",
        "- Như trên;",
        "- Lưu: VT.",
        "TM. ỦY BAN NHÂN DÂN",
        "CHỦ TỊCH",
        "Trần Mẫu Văn",
    ]


def test_a_label_before_a_tab_is_no_column() -> None:
    assert cleaned("1.\tSở Nội vụ chủ trì", "application/msword").text == "1. Sở Nội vụ chủ trì"


def test_e_signature_lines_are_parsed_and_leave_the_text() -> None:
    doc = cleaned(
        "BÍ THƯ\n\nKý bởi: Cơ quan Huyện ủy\nCơ quan: Huyện ủy Mẫu\nThời gian ký: 09/02/2022 09:29:19\n\nTrần Mẫu Văn"
    )
    assert doc.text == "BÍ THƯ\nTrần Mẫu Văn"
    (signature,) = doc.signatures
    assert (signature.signer, signature.organization, signature.time) == (
        "Cơ quan Huyện ủy",
        "Huyện ủy Mẫu",
        "2022-02-09T09:29:19",
    )
    outside = [n for n in doc.lines if n.role == "esign"]
    assert [n.span.start for n in outside] == [6, 6, 6]
    assert all(not len(n.span) for n in outside)


def test_words_like_an_e_signature_stay() -> None:
    text = "Người ký: phải có thẩm quyền.\nĐơn vị tính: triệu đồng\nCơ quan: Sở Nội vụ"
    assert "Đơn vị tính" in cleaned(text).text


def test_rules_and_page_numbers_leave_the_text() -> None:
    doc = cleaned(
        "KẾ HOẠCH\n-----\nđoạn một có một câu dài nói về công tác\n\n- 2 -\n\ndân vận ở cơ sở.\n\n3\n\nĐoạn hai."
    )
    assert doc.text == "KẾ HOẠCH\nđoạn một có một câu dài nói về công tác dân vận ở cơ sở.\nĐoạn hai."
    assert [n.raw for n in doc.lines if n.role != "body" and n.raw] == ["-----", "- 2 -", "3"]


@pytest.mark.parametrize(
    ("name", "lines", "count"),
    [
        ("a page break within a word", "1. Mặt trận tham gia giám\n\nsát và phản biện xã hội.", 1),
        ("after a comma, lower case", "1. Phối hợp với các sở,\n\nngành có liên quan.", 1),
        ("a heading stays", "2. Sở Nội vụ\nChủ trì tham mưu.", 2),
        ("a finished sentence", "1. Làm xong.\nvà làm nữa.", 2),
        ("a symbol cut at its hyphen", "1. Theo Chỉ thị 24-\nCT/TU của tỉnh.", 1),
        ("points are markers", "1. Thực hiện việc sau\na) việc một;", 2),
    ],
)
def test_paragraphs_of_plain_text(name: str, lines: str, count: int) -> None:
    doc = cleaned("1. Mở đầu.\n" + lines)
    assert len(doc.text.split("\n")) == count + 1, doc.text


def test_a_symbol_cut_at_its_hyphen_has_no_space() -> None:
    assert "24-CT/TU" in cleaned("1. Mở đầu.\n2. Theo Chỉ thị 24-\nCT/TU của tỉnh.").text


def test_hard_wrapped_text_becomes_paragraphs() -> None:
    long = "Trước tình hình thực tế, các cơ quan chủ động phối hợp với Ủy ban nhân dân huyện và Mặt trận Tổ quốc. "
    words, lines, line = (long * 14).split(), [], ""
    for word in words:
        if len(line) + len(word) > 70:
            lines.append(line)
            line = ""
        line = f"{line} {word}".strip()
    doc = cleaned("\n".join(["1. Mở đầu.", *lines, line, "2. Việc tiếp theo."]))
    assert len(doc.text.split("\n")) == 3


def test_markup_lines_are_never_joined() -> None:
    assert cleaned("Theo đề nghị của Sở,\nvà của Ban", "text/html").text == "Theo đề nghị của Sở,\nvà của Ban"


def test_controls_of_writing_direction_are_told() -> None:
    doc = cleaned("Số \u202e21/DQ\u202c")
    assert doc.text == "Số 21/DQ"
    assert [n.code for n in doc.notes] == ["bidi_controls"]


def test_numbers_of_rows_are_no_page_numbers() -> None:
    doc = cleaned("STT\nNội dung\nCơ quan chủ trì\n1.\nRà soát hồ sơ\nSở Nội vụ\n2.\nTổng hợp\nSở Y tế\n- 2 -\nHết")
    assert [n.raw for n in doc.lines if n.role == "running"] == ["- 2 -"]
    assert "\n2.\n" in doc.text
