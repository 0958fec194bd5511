"""Plain text, Markdown and HTML: bytes in, a `Scan` of one page without boxes out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

import lxml.html
from lxml import etree

from docparse.errors import DamagedFile
from docparse.model import Font, Scan, ScanLine, ScanPage, Source
from docparse.read.decoding import decoded
from docparse.read.grid import Box, table_lines

_BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dialog",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "hr",
        "li",
        "main",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "ul",
        "html",
        "tbody",
        "thead",
        "tfoot",
        "tr",
        "td",
        "th",
    ]
)
_DROPPED = frozenset(
    [
        "script",
        "style",
        "noscript",
        "nav",
        "form",
        "button",
        "select",
        "option",
        "svg",
        "template",
        "iframe",
        "head",
        "header",
        "footer",
        "aside",
        "object",
        "audio",
        "video",
        "textarea",
    ]
)
_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)")
_ITALIC = re.compile(r"font-style\s*:\s*(?:italic|oblique)")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all")
_SIZE = re.compile(r"font-size\s*:\s*([\d.]+)\s*(pt|px)")
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([A-Za-z0-9_-]{2,20})", re.IGNORECASE)
_SPACES = re.compile(r"\s+")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)+\|?\s*")
# an item that bears its own label, or a bullet, besides the list's
_LABELLED = re.compile(r"\s*(?:\d{1,3}(?:\.\d{1,3})*\s?[.)/-]|[a-zđA-ZĐ]\s?[.)]|[IVX]{1,5}\s?[.-]|[-–+•]|Điều\s\d)")
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV", "XV")
_DEPTH = 400
"""Deeper nesting than any page that a person wrote; what lies below is read as one text."""


def read_text(data: bytes, source: Source) -> Scan:
    """A text or Markdown file: each of its lines is a line; rows of three or more cells (tabs or bars) are tables."""
    lines: list[ScanLine] = []
    rows: list[tuple[str, list[str]]] = []
    number = 0

    def close() -> None:
        nonlocal number
        ruled = any(_TABLE_RULE.fullmatch(raw) for raw, _ in rows)
        data_rows = [(raw, cells) for raw, cells in rows if not _TABLE_RULE.fullmatch(raw)]
        if len(data_rows) >= 2 and (ruled or max(len(cells) for _, cells in data_rows) >= 3):
            boxes = [[Box(i, (ScanLine(cell.strip()),)) for i, cell in enumerate(cells)] for _, cells in data_rows]
            lines.extend(table_lines(boxes, number))
            number += 1
        else:
            lines.extend(ScanLine(raw) for raw, _ in rows)
        rows.clear()

    for raw in decoded(data).splitlines():
        cells = _cells(raw)
        if cells is None:
            if rows:
                close()
            lines.append(ScanLine(raw))
        else:
            rows.append((raw, cells))
    if rows:
        close()
    return Scan(source, (ScanPage(1, 0.0, 0.0, "markup", tuple(lines)),))


def _cells(raw: str) -> list[str] | None:
    """The cells of a row: Markdown between bars, or at least three parts between tabs; None for other lines."""
    if "|" in raw and (text := raw.strip()).startswith("|") and text.endswith("|") and len(text) > 2:
        return text[1:-1].split("|")
    if raw.count("\t") >= 2 and sum(1 for part in raw.split("\t") if part.strip()) >= 3:
        return raw.split("\t")
    return None


def read_html(data: bytes, source: Source) -> Scan:
    """An HTML page: blocks are lines, `<br>` ends one, tables keep their cells unless they only set letterhead and
    closing in columns."""
    text = _html_text(data)
    try:
        root = lxml.html.document_fromstring(
            text, parser=lxml.html.HTMLParser(remove_comments=True, remove_pis=True, huge_tree=True)
        )
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise DamagedFile(
            f"{source.path}: no HTML can be read from it ({error}); save the page again from the browser"
        ) from error
    page = _Page()
    page.walk(root, _Style(), 0)
    page.end()
    return Scan(source, (ScanPage(1, 0.0, 0.0, "markup", tuple(page.lines)),))


def _html_text(data: bytes) -> str:
    named = _CHARSET.search(data[:4096])
    if named and not data.startswith((b"\xff\xfe", b"\xfe\xff", b"\xef\xbb\xbf")):
        name = named[1].decode("ascii").lower()
        if name not in ("utf-8", "utf8"):
            try:
                return re.sub(r"^\s*<\?xml[^>]*\?>", "", data.decode(name))
            except (LookupError, UnicodeDecodeError):
                pass
    text = decoded(data).replace("\x00", "")
    return re.sub(r"^\s*<\?xml[^>]*\?>", "", text) or " "


@dataclass(frozen=True, slots=True)
class _Style:
    bold: bool = False
    italic: bool = False
    size: float = 13.0
    pre: bool = False

    def inside(self, element: lxml.html.HtmlElement) -> _Style:
        """The style that the element gives its text."""
        tag, css = element.tag, (element.get("style") or "").lower()
        bold = self.bold or tag in ("b", "strong", "th", "h1", "h2", "h3", "h4") or bool(css and _BOLD.search(css))
        italic = self.italic or tag in ("i", "em") or bool(css and _ITALIC.search(css))
        size = self.size
        if css and (match := _SIZE.search(css)):
            size = float(match[1]) * (0.75 if match[2] == "px" else 1.0)
        return _Style(bold, italic, size, self.pre or tag == "pre")


@dataclass(slots=True)
class _Page:
    """What has been read: finished lines, and the pieces of the open one."""

    lines: list[ScanLine] = field(default_factory=list)
    open: list[tuple[str, _Style]] = field(default_factory=list)
    tables: list[int] = field(default_factory=lambda: [0])
    counters: dict[lxml.html.HtmlElement, int] = field(default_factory=dict)

    def walk(self, element: lxml.html.HtmlElement, style: _Style, depth: int) -> None:
        """Read an element and what is in it."""
        tag = element.tag
        if not isinstance(tag, str) or tag in _DROPPED or _HIDDEN.search(element.get("style") or ""):
            return
        if tag == "br":
            self.end(keep=True)
            return
        if depth > _DEPTH:
            self.add(element.text_content(), style)
            return
        block = tag in _BLOCKS
        if block or tag == "table":
            self.end()
        if tag == "table":
            self._table(element, style, depth)
            return
        parent = element.getparent() if tag == "li" else None
        if parent is not None and parent.tag == "ul":
            self.add("- ", style)
        elif parent is not None and parent.tag == "ol" and not _LABELLED.match(element.text_content()[:12]):
            self.add(self._label(parent, element), style)
        inner = style.inside(element)
        self.add(element.text, inner)
        for child in element:
            self.walk(child, inner, depth + 1)
            self.add(child.tail, inner)
        if block:
            self.end()

    def _label(self, parent: lxml.html.HtmlElement, item: lxml.html.HtmlElement) -> str:
        """The label that a browser sets before an item of a numbered list; empty where the page hides it."""
        if "none" in (parent.get("style") or ""):
            return ""
        value = item.get("value") or ""
        last = self.counters.get(parent, _count(parent.get("start")) - 1)
        number = int(value) if value.isdigit() and len(value) < 4 else last + 1
        self.counters[parent] = number
        kind = parent.get("type") or "1"
        if kind in "aA" and number <= len(_LETTERS):
            return f"{_LETTERS[number - 1]}) " if kind == "a" else f"{_LETTERS[number - 1].upper()}. "
        if kind == "I" and number <= len(_ROMAN):
            return f"{_ROMAN[number - 1]}. "
        return f"{number}. "

    def add(self, text: str | None, style: _Style) -> None:
        """Words on the open line."""
        if not text:
            return
        if style.pre and "\n" in text:
            for part in text.split("\n"):
                self.open.append((part, style))
                self.end()
            return
        self.open.append((text, style))

    def end(self, keep: bool = False) -> None:
        """Close the open line; `keep` only tells that a `<br>` did it."""
        raw = _SPACES.sub(" ", "".join(text for text, _ in self.open)).strip()
        if raw:
            counted = [(len(text.strip()), style) for text, style in self.open]
            total = sum(n for n, _ in counted)
            size = max(counted, key=lambda pair: pair[0])[1].size
            bold = 2 * sum(n for n, s in counted if s.bold) > total
            italic = 2 * sum(n for n, s in counted if s.italic) > total
            self.lines.append(ScanLine(raw, font=Font(size, bold, italic)))
        self.open.clear()

    def _table(self, table: lxml.html.HtmlElement, style: _Style, depth: int) -> None:
        rows: list[list[Box]] = []
        taken: dict[tuple[int, int], bool] = {}
        inner = style.inside(table)
        for index, row in enumerate(_rows(table)):
            column = 0
            boxes: list[Box] = []
            for cell in row:
                if cell.tag not in ("td", "th"):
                    continue
                while (index, column) in taken:
                    column += 1
                part = _Page(tables=self.tables)
                part.walk_cell(cell, inner, depth + 1)
                boxes.append(Box(column, tuple(part.lines)))
                wide, tall = _count(cell.get("colspan")), _count(cell.get("rowspan"))
                for down in range(1, tall):
                    for right in range(wide):
                        taken[index + down, column + right] = True
                column += wide
            rows.append(boxes)
        number = self.tables[0]
        self.tables[0] += 1
        self.lines.extend(table_lines(rows, number))

    def walk_cell(self, cell: lxml.html.HtmlElement, style: _Style, depth: int) -> None:
        """Read the content of a table cell."""
        inner = style.inside(cell)
        self.add(cell.text, inner)
        for child in cell:
            self.walk(child, inner, depth + 1)
            self.add(child.tail, inner)
        self.end()


def _rows(table: lxml.html.HtmlElement) -> Iterator[lxml.html.HtmlElement]:
    if any(child.tag in ("td", "th") for child in table):
        yield table  # cells without a row
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _count(value: str | None) -> int:
    """A span of 1 to 50 cells."""
    return min(50, max(1, int(value))) if value and value.strip().isdigit() else 1
