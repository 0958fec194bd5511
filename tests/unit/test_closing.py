"""Addressees, recipients and signature blocks."""

from __future__ import annotations

from docparse.model import DigitalSignature, Document, Field, Line, Page, Recipient, Signer, Source
from docparse.segment.closing import find_closing
from docparse.segment.zones import mark_zones
from docparse.spans import Span
from docparse.tables import Tables

TOP = "Số: 12/UBND-VX\nV/v kiểm tra\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"


def parse(text: str, scanned: bool = False, signatures: tuple[DigitalSignature, ...] = ()) -> Document:
    """A document with its closing's claims."""
    lines, at = [], 0
    for part in text.split("\n"):
        lines.append(Line(Span(at, at + len(part)), part, 1))
        at += len(part) + 1
    page = Page(1, 0.0, 0.0, Span(0, len(text)), "ocr" if scanned else "markup")
    doc = Document(Source("-", "0" * 64, "text/plain", 0), text, (page,), tuple(lines), signatures)
    doc = mark_zones(doc, Tables.default())
    return doc.with_annotations(find_closing(doc, Tables.default()), by="closing")


def recipients(doc: Document) -> list[str]:
    return [a.span.of(doc.text) for a in doc.of_kind(Recipient)]


def addressees(doc: Document) -> list[str]:
    return [a.span.of(doc.text) for a in doc.of_kind(Field)]


def signers(doc: Document) -> list[Signer]:
    return [a.value for a in doc.of_kind(Signer) if isinstance(a.value, Signer)]


def test_addressees_of_all_forms() -> None:
    assert addressees(parse(TOP + "Kính gửi: Sở Tài chính\nTheo đề nghị của Sở, Chủ tịch có ý kiến.")) == [
        "Sở Tài chính"
    ]
    dashed = "Kính gửi:\n- Sở Tài chính;\n- Ủy ban nhân dân các huyện,\nthành phố.\nNay giao các cơ quan thực hiện."
    assert addressees(parse(TOP + dashed)) == ["Sở Tài chính", "Ủy ban nhân dân các huyện,\nthành phố"]
    assert addressees(parse(TOP + "Kính gửi: - Đảng ủy xã,\n- Các chi bộ.\nNăm 2020 đã qua.")) == [
        "Đảng ủy xã",
        "Các chi bộ",
    ]


def test_recipients_leave_out_dash_brace_and_channel() -> None:
    doc = parse(
        TOP + "Kính gửi: Sở Y tế\nĐề nghị thực hiện./.\nNơi nhận:\n"
        "Gửi bản giấy:\n- Ban Bí thư, } (báo cáo)\n- Ban Dân vận, }\n"
        "Gửi bản điện tử:\n- Thường trực Tỉnh ủy (b/c);\n- Các Sở: Nội vụ,\n"
        "Tài chính;\n- Lưu: VT, VX.\nCHỦ TỊCH\nLê Văn Bình"
    )
    assert recipients(doc) == [
        "Ban Bí thư", "Ban Dân vận", "Thường trực Tỉnh ủy (b/c)", "Các Sở: Nội vụ,\nTài chính", "Lưu: VT, VX",
    ]  # fmt: skip
    values = [a.value for a in doc.of_kind(Recipient) if isinstance(a.value, Recipient)]
    assert (values[1].note, values[1].channel) == ("báo cáo", "Gửi bản giấy")
    assert (values[2].name, values[2].note) == ("Thường trực Tỉnh ủy", "b/c")


def test_the_signature_column_on_a_recipients_line() -> None:
    doc = parse(
        TOP
        + "Kính gửi: Sở Y tế\nĐề nghị./.\nNơi nhận:\n- Như trên;\n- Lưu: VT. KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\nLê Văn Bình"
    )
    assert recipients(doc) == ["Như trên", "Lưu: VT"]
    assert (signers(doc)[0].capacity, signers(doc)[0].position) == ("KT", "PHÓ GIÁM ĐỐC")


def test_of_two_capacities_the_lower() -> None:
    doc = parse(TOP + "Điều 1. Thi hành./.\nTM. CHÍNH PHỦ\nKT. THỦ TƯỚNG\nPHÓ THỦ TƯỚNG\n(Đã ký)\nLê Văn Bình")
    assert signers(doc) == [Signer("KT", "TM. CHÍNH PHỦ\nKT. THỦ TƯỚNG", "PHÓ THỦ TƯỚNG", "Lê Văn Bình")]


def test_a_head_signs_without_a_mark_and_ranks_are_no_names() -> None:
    doc = parse(TOP + "Điều 1. Thi hành./.\nBỘ TRƯỞNG\n(Đã ký)\nĐại tướng Lê Văn Bình")
    assert (signers(doc)[0].capacity, signers(doc)[0].position, signers(doc)[0].name) == (
        None,
        "BỘ TRƯỞNG",
        "Lê Văn Bình",
    )


def test_joint_documents_have_several_signers() -> None:
    doc = parse(
        TOP
        + "Điều 1. Thi hành./.\nKT. BỘ TRƯỞNG\nTHỨ TRƯỞNG\nLê Văn Bình\nTM. BAN THƯỜNG TRỰC\nPHÓ CHỦ TỊCH\nTrần Thị Chi"
    )
    assert [s.name for s in signers(doc)] == ["Lê Văn Bình", "Trần Thị Chi"]


def test_highland_names_are_names() -> None:
    doc = parse(TOP + "Điều 1. Thi hành./.\nT/M BAN THƯỜNG VỤ\nPHÓ BÍ THƯ\nRơ Châm H'Lan")
    assert (signers(doc)[0].capacity, signers(doc)[0].name) == ("TM", "Rơ Châm H'Lan")


def test_a_scan_without_the_label_and_with_a_covered_signature() -> None:
    doc = parse(
        TOP + "Kính gửi: Sở Y tế\nĐề nghị thực hiện các nội dung sau đây cho tốt./.\n"
        "~ Như trên;\n- Cổng TTĐT tỉnh;\n- Lưu: VT, VX.\n"
        "TM. ỦY BAN NHÂN DÂN\nKT. CHU TỊCH\nguyễn Văn Bình",
        scanned=True,
    )
    assert recipients(doc) == ["Như trên", "Cổng TTĐT tỉnh", "Lưu: VT, VX"]
    # who signs KT. is the deputy of the office named there
    assert (signers(doc)[0].position, signers(doc)[0].name) == ("PHÓ CHỦ TỊCH", "Nguyễn Văn Bình")


def test_the_e_signature_goes_to_the_person_it_names() -> None:
    person = DigitalSignature("Lê Văn Bình", "UBND tỉnh", "2024-11-15T17:30:07")
    organ = DigitalSignature("Ủy ban nhân dân tỉnh", "UBND tỉnh", "2024-11-16T08:00:00")
    doc = parse(TOP + "Điều 1. Thi hành./.\nCHỦ TỊCH\nLê Văn Bình", signatures=(organ, person))
    assert signers(doc)[0].digital == person


def test_press_has_no_closing() -> None:
    doc = parse("Tin tức\n12/5/2021 - 08:30\nABC - Tỉnh ủy vừa họp.\nChia sẻ bài viết")
    assert not list(doc.of_kind(Recipient))
    assert not list(doc.of_kind(Signer))
