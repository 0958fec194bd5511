"""Word files: numbering, tables, notes, text boxes, damaged packages; legacy files through a converter."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from docparse.errors import DamagedFile, DependencyError, EncryptedFile, UnsupportedFormat
from docparse.model import Cell, Scan, Source
from docparse.read.legacy_word import read_doc
from docparse.read.office import read_docx

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
SOURCE = Source("x.docx", "0", "application/msword", 0)


def docx(body: str, **parts: str) -> Scan:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", f"<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, xml in parts.items():
            package.writestr(f"word/{name}.xml", f"<w:{name} {W}>{xml}</w:{name}>")
    return read_docx(data.getvalue(), SOURCE)


def p(text: str, properties: str = "", run: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:rPr>{run}</w:rPr><w:t>{text}</w:t></w:r></w:p>"


def number(level: int, list_: int = 1) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_}"/></w:numPr>'


NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1."/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%2."/></w:lvl>'
    '<w:lvl w:ilvl="2"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%3)"/></w:lvl>'
    '<w:lvl w:ilvl="3"><w:numFmt w:val="bullet"/><w:lvlText w:val="\uf0b7"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="2"><w:abstractNumId w:val="0"/>'
    '<w:lvlOverride w:ilvl="1"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
)


def raws(scan: Scan) -> list[str]:
    return [line.raw for line in scan.pages[0].lines]


def test_automatic_numbers_are_printed() -> None:
    body = "".join(
        [
            p("MỘT", number(0)),
            p("a", number(1)),
            p("b", number(1)),
            p("x", number(2)),
            p("HAI", number(0)),
            p("c", number(1)),
            p("gạch", number(3)),
            p("năm", number(1, 2)),
            p("sáu", number(1, 2)),
            p("không"),
        ]
    )
    assert raws(docx(body, numbering=NUMBERING)) == [
        "I. MỘT", "1. a", "2. b", "a) x", "II. HAI", "1. c", "- gạch", "5. năm", "6. sáu", "không",
    ]  # fmt: skip


def test_fonts_breaks_deletions_and_hidden_text() -> None:
    body = (
        p("ĐẬM", run='<w:b/><w:sz w:val="28"/>')
        + "<w:p><w:r><w:t>một</w:t><w:br/><w:t>hai</w:t></w:r><w:del><w:r><w:delText>xóa</w:delText></w:r></w:del>"
        + "<w:ins><w:r><w:t xml:space='preserve"
        + "'> thêm</w:t></w:r></w:ins><w:r><w:rPr><w:vanish/></w:rPr><w:t>ẩn</w:t></w:r></w:p>"
    )
    scan = docx(body)
    assert raws(scan) == ["ĐẬM", "một", "hai thêm"]
    font = scan.pages[0].lines[0].font
    assert font is not None
    assert (font.size, font.bold) == (14.0, True)


def test_tables_of_layout_and_data() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{c}</w:tc>" for c in cells) + "</w:tr>"

    first = row(p("UBND TỈNH MẪU") + p("SỞ NỘI VỤ"), p("Độc lập - Tự do - Hạnh phúc"))
    header = f"<w:tbl>{first}{row(p('Số: 1/QĐ'), p('Mẫu, ngày 01'))}</w:tbl>"
    data = f"<w:tbl>{row(p('TT'), p('Việc'))}{row(p('1'), p('Rà soát'))}</w:tbl>"
    lines = docx(header + data).pages[0].lines
    assert [n.raw for n in lines[:5]] == [
        "UBND TỈNH MẪU",
        "SỞ NỘI VỤ",
        "Số: 1/QĐ",
        "Độc lập - Tự do - Hạnh phúc",
        "Mẫu, ngày 01",
    ]
    assert [n.cell for n in lines[5:]] == [Cell(1, 0, 0), Cell(1, 0, 1), Cell(1, 1, 0), Cell(1, 1, 1)]


def test_notes_and_running_heads_have_their_roles() -> None:
    body = "<w:p><w:r><w:t>khóa XII</w:t><w:footnoteReference w:id='2'/></w:r></w:p>"
    scan = docx(body, footnotes=f"<w:footnote w:id='2'>{p('Nghị quyết số 18')}</w:footnote>")
    assert [(n.raw, n.role) for n in scan.pages[0].lines] == [("khóa XII", "body"), ("Nghị quyết số 18", "footnote")]


def test_damaged_and_foreign_packages() -> None:
    with pytest.raises(DamagedFile, match="open it in Word"):
        read_docx(b"PK\x03\x04 half a package", SOURCE)
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("other.txt", "x")
    with pytest.raises(UnsupportedFormat):
        read_docx(data.getvalue(), SOURCE)
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as package:
        package.writestr("word/document.xml", f"{bomb}<w:document {W}><w:body>&b;</w:body></w:document>")
    with pytest.raises(DamagedFile):
        read_docx(data.getvalue(), SOURCE)
    with pytest.raises(EncryptedFile, match="password"):
        read_docx(b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), SOURCE)


def test_legacy_file_without_converter_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(DependencyError, match="antiword"):
        read_doc(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", SOURCE)


def test_damaged_legacy_file() -> None:
    with pytest.raises((DamagedFile, UnsupportedFormat, DependencyError)):
        read_doc(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000, SOURCE)
