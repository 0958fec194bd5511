"""Word files: DOCX bytes in, a `Scan` of one page without boxes out; numbering, tables, notes and text boxes as Word
shows them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from lxml import etree

from docparse.errors import DamagedFile, EncryptedFile, TooLarge, UnsupportedFormat
from docparse.model import Font, Scan, ScanLine, ScanPage, Source
from docparse.read.grid import Box, table_lines
from docparse.read.numbering import Numbering, W, numbering_of

_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_OLE = b"\xd0\xcf\x11\xe0"
PART_LIMIT = 300_000_000
"""Bytes that one part of the file may unpack to; an honest document of 5,000 pages stays below 100 MB."""
_SKIPPED = frozenset(
    f"{W}{n}" for n in ("del", "moveFrom", "instrText", "delText", "rPr", "pPr", "sectPr", "tblPr", "tblGrid", "sdtPr")
)


def read_docx(data: bytes, source: Source) -> Scan:
    """A DOCX file. Raises EncryptedFile, DamagedFile, UnsupportedFormat, TooLarge."""
    if data.startswith(_OLE):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise EncryptedFile(f"{source.path}: the document has a password; open it in Word and save it without one")
        raise UnsupportedFormat(f"{source.path}: this is an old Word file, not DOCX; give it to the DOC reader")
    try:
        package = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise DamagedFile(
            f"{source.path}: the DOCX package is damaged ({error}); open it in Word and save it again"
        ) from error
    with package:
        document = _part(package, "word/document.xml", source)
        if document is None:
            raise UnsupportedFormat(
                f"{source.path}: a ZIP file without word/document.xml is no Word document; convert it to PDF or DOCX"
            )
        reader = _Reader(
            numbering_of(_part(package, "word/numbering.xml", source)),
            _styles(_part(package, "word/styles.xml", source)),
            _notes(_part(package, "word/footnotes.xml", source))
            | _notes(_part(package, "word/endnotes.xml", source), "e"),
        )
        body = document.find(f"{W}body")
        if body is not None:
            reader.blocks(body)
        running = [_part(package, name, source) for name in sorted(package.namelist()) if _is_running(name)]
    lines = [*_running(running, reader), *reader.lines]
    return Scan(source, (ScanPage(1, 0.0, 0.0, "markup", tuple(lines)),))


def _part(package: zipfile.ZipFile, name: str, source: Source) -> etree._Element | None:
    """A part's XML, None when the package has none; entities are never expanded, nothing is fetched."""
    try:
        info = package.getinfo(name)
    except KeyError:
        return None
    if info.flag_bits & 1:
        raise EncryptedFile(f"{source.path}: the package has a password; save the document without one")
    if info.file_size > PART_LIMIT:
        raise TooLarge(f"{source.path}: {name} unpacks to {info.file_size} bytes; split the document")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        with package.open(info) as stream:
            data = stream.read(PART_LIMIT + 1)
        root = etree.fromstring(data, parser)
    except (
        etree.XMLSyntaxError,
        zipfile.BadZipFile,
        EOFError,
        OSError,
        NotImplementedError,
        ValueError,
        zlib.error,
    ) as error:
        raise DamagedFile(f"{source.path}: {name} is damaged ({error}); open it in Word and save it again") from error
    if len(data) > PART_LIMIT:
        raise TooLarge(f"{source.path}: {name} unpacks to more than {PART_LIMIT} bytes; split the document")
    if b"<!DOCTYPE" in data[:4096]:
        raise DamagedFile(
            f"{source.path}: {name} declares a DTD, which no Word file does; open it in Word and save it again"
        )
    return root


def _is_running(name: str) -> bool:
    return name.startswith(("word/header", "word/footer")) and name.endswith(".xml")


def _running(parts: list[etree._Element | None], body: _Reader) -> Iterator[ScanLine]:
    for root in parts:
        if root is not None:
            reader = _Reader(Numbering(), body.styles, {})
            reader.blocks(root)
            yield from (replace(line, role="running", cell=None) for line in reader.lines)


@dataclass(frozen=True, slots=True)
class _Style:
    """What a paragraph style says of its text; None where it says nothing."""

    parent: str | None = None
    bold: bool | None = None
    italic: bool | None = None
    caps: bool | None = None
    size: float | None = None
    number: tuple[str | None, int | None] = (None, None)


@dataclass(slots=True)
class _Reader:
    """Walks the body's blocks; `lines` grows as it goes."""

    numbering: Numbering
    styles: dict[str, _Style]
    notes: dict[str, etree._Element]
    lines: list[ScanLine] = field(default_factory=list)
    tables: list[int] = field(default_factory=lambda: [0])

    def blocks(self, parent: etree._Element, depth: int = 0) -> None:
        """Read paragraphs, tables and the containers of both."""
        for child in parent:
            tag = child.tag
            if tag == f"{W}p":
                self._paragraph(child, depth)
            elif tag == f"{W}tbl":
                self._table(child, depth)
            elif tag not in _SKIPPED and depth < 60:
                self.blocks(child, depth + 1)

    def _table(self, table: etree._Element, depth: int) -> None:
        rows: list[list[Box]] = []
        for row in _within(table, f"{W}tr"):
            boxes: list[Box] = []
            column = 0
            for cell in _within(row, f"{W}tc"):
                part = _Reader(self.numbering, self.styles, self.notes, tables=self.tables)
                if depth < 30:
                    part.blocks(cell, depth + 1)
                span = cell.find(f"{W}tcPr/{W}gridSpan")
                boxes.append(Box(column, tuple(part.lines)))
                column += _number(span, 1)
            rows.append(boxes)
        number = self.tables[0]
        self.tables[0] += 1
        self.lines.extend(table_lines(rows, number))

    def _paragraph(self, paragraph: etree._Element, depth: int) -> None:
        properties = paragraph.find(f"{W}pPr")
        style = _resolved(self.styles, _value(properties, "pStyle"))
        label = self._label(properties, style)
        runs: list[tuple[str, Font]] = []
        boxes: list[etree._Element] = []
        notes: list[str] = []
        self._inline(paragraph, style, runs, boxes, notes)
        text = label + "".join(words for words, _ in runs)
        font = _font(runs)
        for part in text.split("\n"):
            if part.strip():
                self.lines.append(ScanLine(part.strip(" "), font=font))
        for box in boxes:
            if depth < 30:
                self.blocks(box, depth + 1)
        for note in notes:
            self._note(note)

    def _label(self, properties: etree._Element | None, style: _Style) -> str:
        own = None if properties is None else properties.find(f"{W}numPr")
        number, level = (_value(own, "numId"), _value(own, "ilvl")) if own is not None else (None, None)
        if number is None:
            number = style.number[0]
        if number is None or number == "0":
            return ""
        at = int(level) if level is not None and level.isdigit() else style.number[1] or 0
        return self.numbering.label(number, at)

    def _inline(
        self,
        parent: etree._Element,
        style: _Style,
        runs: list[tuple[str, Font]],
        boxes: list[etree._Element],
        notes: list[str],
    ) -> None:
        for child in parent:
            tag = child.tag
            if tag in _SKIPPED:
                continue
            if tag == f"{W}r":
                self._run(child, style, runs, boxes, notes)
            elif tag == f"{_MC}AlternateContent":
                chosen = child.find(f"{_MC}Choice")
                self._inline(chosen if chosen is not None else child, style, runs, boxes, notes)
            elif tag == f"{W}txbxContent":
                boxes.append(child)
            elif tag != f"{W}p":
                self._inline(child, style, runs, boxes, notes)

    def _run(
        self,
        run: etree._Element,
        style: _Style,
        runs: list[tuple[str, Font]],
        boxes: list[etree._Element],
        notes: list[str],
    ) -> None:
        properties = run.find(f"{W}rPr")
        if _switch(properties, "vanish"):
            return
        bold, italic, caps = (_switch(properties, n) for n in ("b", "i", "caps"))
        half = _value(properties, "sz")
        size = float(half) / 2 if half is not None and half.isdigit() else style.size or 13.0
        font = Font(size, bool(style.bold if bold is None else bold), bool(style.italic if italic is None else italic))
        parts: list[str] = []
        for child in run:
            tag = child.tag
            if tag == f"{W}t":
                parts.append((child.text or "").replace("\n", " "))
            elif tag == f"{W}tab":
                parts.append("\t")
            elif tag in (f"{W}br", f"{W}cr"):
                parts.append("\n")
            elif tag == f"{W}noBreakHyphen":
                parts.append("-")
            elif tag == f"{W}sym":
                parts.append(_symbol(child.get(f"{W}char")))
            elif tag in (f"{W}footnoteReference", f"{W}endnoteReference"):
                notes.append(("e" if tag.endswith("endnoteReference") else "") + (child.get(f"{W}id") or ""))
            elif tag not in _SKIPPED:
                self._inline(child, style, runs, boxes, notes)
        text = "".join(parts)
        if text:
            runs.append((text.upper() if (style.caps if caps is None else caps) else text, font))

    def _note(self, name: str) -> None:
        note = self.notes.pop(name, None)
        if note is None:
            return
        reader = _Reader(self.numbering, self.styles, {}, tables=self.tables)
        reader.blocks(note)
        self.lines.extend(replace(line, role="footnote", cell=None) for line in reader.lines)


def _within(parent: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The parent's rows or cells, also those inside content controls and insertions."""
    for child in parent:
        if child.tag == tag:
            yield child
        elif child.tag in (f"{W}sdt", f"{W}sdtContent", f"{W}ins", f"{W}customXml", f"{W}smartTag"):
            yield from _within(child, tag)


def _styles(root: etree._Element | None) -> dict[str, _Style]:
    out: dict[str, _Style] = {}
    if root is None:
        return out
    default = root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr")
    out[""] = _style(default, None, None)
    for style in root.iterchildren(f"{W}style"):
        name = style.get(f"{W}styleId") or ""
        if style.get(f"{W}type") == "paragraph":
            out[name] = _style(style.find(f"{W}rPr"), style.find(f"{W}pPr"), _value(style, "basedOn") or "")
            if style.get(f"{W}default") in ("1", "true"):
                out["*"] = out[name]
    return out


def _style(run: etree._Element | None, paragraph: etree._Element | None, parent: str | None) -> _Style:
    half = _value(run, "sz")
    numbers = None if paragraph is None else paragraph.find(f"{W}numPr")
    level = _value(numbers, "ilvl")
    return _Style(
        parent,
        _switch(run, "b"),
        _switch(run, "i"),
        _switch(run, "caps"),
        float(half) / 2 if half is not None and half.isdigit() else None,
        (_value(numbers, "numId"), int(level) if level is not None and level.isdigit() else None),
    )


def _resolved(styles: dict[str, _Style], name: str | None) -> _Style:
    """The style with what it inherits."""
    chain: list[_Style] = []
    at = styles.get(name) if name is not None else styles.get("*")
    while at is not None and len(chain) < 20:
        chain.append(at)
        at = styles.get(at.parent) if at.parent is not None else None
    if "" in styles and (not chain or chain[-1] is not styles[""]):
        chain.append(styles[""])

    whole = _Style()
    for style in chain:
        whole = _Style(
            None,
            style.bold if whole.bold is None else whole.bold,
            style.italic if whole.italic is None else whole.italic,
            style.caps if whole.caps is None else whole.caps,
            style.size if whole.size is None else whole.size,
            style.number if whole.number[0] is None else whole.number,
        )
    return whole


def _notes(root: etree._Element | None, prefix: str = "") -> dict[str, etree._Element]:
    if root is None:
        return {}
    return {
        prefix + (note.get(f"{W}id") or ""): note
        for note in root
        if note.tag in (f"{W}footnote", f"{W}endnote") and note.get(f"{W}type") in (None, "normal")
    }


def _value(parent: etree._Element | None, name: str) -> str | None:
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val")


def _switch(parent: etree._Element | None, name: str) -> bool | None:
    found = None if parent is None else parent.find(f"{W}{name}")
    return None if found is None else found.get(f"{W}val") not in ("0", "false", "off", "none")


def _number(element: etree._Element | None, default: int) -> int:
    value = None if element is None else element.get(f"{W}val")
    return int(value) if value is not None and value.isdigit() and 0 < int(value) < 100 else default


def _symbol(code: str | None) -> str:
    try:
        return chr(int(code or "", 16))
    except (ValueError, OverflowError):
        return ""


def _font(runs: list[tuple[str, Font]]) -> Font | None:
    counted = [(len(text.strip()), font) for text, font in runs if text.strip()]
    if not counted:
        return None
    total = sum(n for n, _ in counted)
    bold = 2 * sum(n for n, f in counted if f.bold) > total
    italic = 2 * sum(n for n, f in counted if f.italic) > total
    return Font(max(counted, key=lambda pair: pair[0])[1].size, bold, italic)
