"""Builds the outline: a document with zones in, the same with its numbered structure as a tree of sections out.

Linear in the text: one pass with a stack of open items, whose depth is bounded.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from docparse.model import Document, Section, Zone, ZoneName
from docparse.segment.nesting import AHEAD, Readings, choose, depth
from docparse.segment.numbering import KINDS, Label, read_labels, steps
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.segment.quoted import quoted_paragraphs
from docparse.spans import Span
from docparse.tables import Tables

HEADING = 240
"""The longest heading, in characters; of a longer first paragraph its first clause is taken."""


@dataclass(slots=True)
class _Item:
    """An item that is still open; `end` grows with each paragraph until it is closed."""

    label: Label
    path: tuple[str, ...]
    start: int
    head: Span
    heading: str
    children: list[Section] = field(default_factory=list)

    def closed(self, end: int) -> Section:
        return Section(
            label=self.label.printed,
            kind=KINDS[self.label.scheme],
            path=self.path,
            heading=self.heading,
            span=Span(self.start, end),
            head=self.head,
            children=tuple(self.children),
        )


@dataclass(frozen=True, slots=True)
class Region:
    """A run of paragraphs with one numbering of its own: the body, or one attachment."""

    zone: ZoneName
    paragraphs: Sequence[Paragraph]


def build_outline(doc: Document, tables: Tables) -> Document:
    """The document with `sections`: the items of its body, then those of each attachment under its title."""
    ocr = any(page.method == "ocr" for page in doc.pages)
    sections: list[Section] = []
    for region in regions(doc):
        sections += _Builder(region, tables, ocr).build()
    return replace(doc, sections=tuple(sections))


def regions(doc: Document) -> Iterable[Region]:
    """The body and the attachments; footnotes and, where zones are marked, header and closing are left out."""
    zones = [(a.span, a.value.name) for a in doc.of_kind(Zone) if isinstance(a.value, Zone)]
    run: list[Paragraph] = []
    here: tuple[int, ZoneName] = (-1, "body")
    at = 0
    for paragraph in paragraphs(doc):
        if not paragraph.text:
            continue
        while at < len(zones) and zones[at][0].end <= paragraph.span.start:
            at += 1
        inside = at < len(zones) and zones[at][0].start <= paragraph.span.start
        zone: tuple[int, ZoneName] = (at, zones[at][1]) if inside else (-1, "body")
        if zone != here and run:
            yield Region(here[1], run)
            run = []
        here = zone
        if zone[1] in ("body", "annex") and not _footnote(paragraph):
            run.append(paragraph)
    if run:
        yield Region(here[1], run)


def _footnote(paragraph: Paragraph) -> bool:
    lines = paragraph.lines
    return bool(lines) and lines[0].role == "footnote" and all(line.role == "footnote" for line in lines)


# the titles of attachments, as NĐ 30/2020 Annex I and III name them
_TITLE = re.compile(
    r"(?:QUY CHẾ|QUY ĐỊNH|QUY TRÌNH|NỘI QUY|ĐIỀU LỆ|KẾ HOẠCH|CHƯƠNG TRÌNH|ĐỀ ÁN|PHƯƠNG ÁN|HƯỚNG DẪN|DANH MỤC|"
    r"BẢNG|BIỂU|MẪU|QUY CHUẨN|TIÊU CHUẨN|ĐỊNH MỨC|CHIẾN LƯỢC|QUY HOẠCH|NGHỊ QUYẾT|QUYẾT ĐỊNH|BỘ TIÊU CHÍ|DỰ ÁN)\b"
)
_TITLE_REACH = 12
_POINTS = (".", ";", "…", "!", "?", "”", '"', ",", "/")


class _Builder:
    """Goes through one region's paragraphs with the stack of open items."""

    def __init__(self, region: Region, tables: Tables, ocr: bool) -> None:
        self._ocr = ocr
        self._run = region.paragraphs
        self._annex = region.zone == "annex"
        self._tables = tables
        self._stack: list[_Item] = []
        self._roots: list[Section] = []
        self._end = 0

    def build(self) -> Sequence[Section]:
        """The closed items of the region, outermost first."""
        quoted = quoted_paragraphs([p.text for p in self._run])
        labels: Readings = [
            () if at in quoted or _in_table(p) else read_labels(p.text, self._tables, self._ocr)
            for at, p in enumerate(self._run)
        ]
        last = self._last(labels)
        if self._annex:
            self._open_annex(labels)
        for at in range(last):
            label = choose([item.label for item in self._stack], labels, at)
            if label is not None:
                self._open(label, labels, at)
            else:
                self._release(labels, at)
            self._end = self._run[at].span.end
        self._close(0)
        return self._roots

    def _last(self, labels: Readings) -> int:
        """How many paragraphs the items reach over: up to the one that closes the body behind the last item."""
        numbered = [at for at, found in enumerate(labels) if found and found[0].scheme != "bullet"]
        if not numbered:
            return len(self._run)
        articles = any(found and found[0].scheme == "article" for found in labels)
        rules = self._tables.rules("outline_tails").values()
        tails = [rule.pattern for rule in rules if rule.extra.get("articles") or not articles]
        first = numbered[-1] + 1
        if self._run[numbered[-1]].text.rstrip().endswith(":"):
            first += 1  # what a lead-in announces belongs to it
        for at in range(first, len(self._run)):
            if any(tail.search(self._run[at].text) for tail in tails):
                return at
        return len(self._run)

    def _open_annex(self, labels: Readings) -> None:
        """An attachment with a title instead of a label is opened under its title."""
        for at, paragraph in enumerate(self._run[:_TITLE_REACH]):
            if labels[at] and labels[at][0].scheme != "bullet":
                return
            title = _TITLE.match(paragraph.text)
            if title is not None:
                label = Label("appendix", 5, title[0], title[0], (0,), "", title.end())
                rest = paragraph.text[title.end() :].strip()
                more = self._headings(at, labels)
                head = Span(paragraph.span.end - len(rest), paragraph.span.end) if rest or not more else more[0].span
                heading = _heading(" ".join([rest, *(p.text.strip() for p in more)]).strip())
                self._stack.append(_Item(label, (label.name,), paragraph.span.start, head, heading))
                return

    def _open(self, label: Label, labels: Readings, at: int) -> None:
        paragraph = self._run[at]
        before = self._run[at - 1].text.rstrip() if at else "."
        # a colon announces a list; so does a heading, which ends without a point
        led_in = before.endswith(":") or (bool(labels[at - 1]) and not before.endswith(_POINTS))
        self._close(depth([item.label for item in self._stack], label, labels, at, led_in))
        words = paragraph.text[label.length :].strip()
        head = Span(paragraph.span.end - len(paragraph.text[label.length :].lstrip()), paragraph.span.end)
        heading = words
        if label.structural and (not words or label.rank < 40):
            more = self._headings(at, labels)
            heading = " ".join([words, *(p.text.strip() for p in more)]).strip()
            if not words and more:
                head = more[0].span
        self._stack.append(_Item(label, self._path(label), paragraph.span.start, head, _heading(heading)))

    def _release(self, labels: Readings, at: int) -> None:
        """A paragraph behind the last of several points of one paragraph each speaks of their common item again."""
        kept = len(self._stack)
        while kept and self._stack[kept - 1].label.scheme == "bullet":
            kept -= 1
        if kept < 2 or kept < len(self._stack) or self._stack[-1].label.scheme != "letter":
            return
        point, outer = self._stack[-1], self._stack[-2]
        others = [child for child in outer.children if child.kind == "point"]
        single = all(not child.children and child.span.end == child.head.end for child in others)
        ended = self._run[at - 1].text.rstrip().endswith(".") and point.head.end == self._run[at - 1].span.end
        if len(others) < 2 or not single or not ended or point.children:
            return
        for found in labels[at + 1 : at + AHEAD]:
            for after in found:
                if after.rank < point.label.rank:
                    self._close(kept - 1)
                    return
                if after.scheme == point.label.scheme and steps(point.label, after) == 1:
                    return
        self._close(kept - 1)

    def _headings(self, at: int, labels: Readings) -> Sequence[Paragraph]:
        """The paragraphs behind a label that are its heading: those in capitals, or else a single short one."""
        out: list[Paragraph] = []
        short = HEADING if not any(c.islower() for c in self._run[at].text[9:]) else 0
        for after in range(at + 1, min(at + 5, len(self._run))):
            paragraph = self._run[after]
            if labels[after]:
                break
            capitals = paragraph.text.isupper()
            if capitals or (not out and len(paragraph.text) <= short):
                out.append(paragraph)
            if not capitals:
                break
        return out

    def _path(self, label: Label) -> tuple[str, ...]:
        """Labels from the outside in: an article's, chapter's, part's and appendix's path starts with itself."""
        if label.structural and label.scheme != "subsection":
            return (label.name,)
        outer = next((item for item in reversed(self._stack) if item.label.scheme != "bullet"), None)
        titled = outer is not None and outer.label.ordinal == (0,)
        return (label.name,) if outer is None or titled else (*outer.path, label.name)

    def _close(self, kept: int) -> None:
        while len(self._stack) > kept:
            section = self._stack.pop().closed(self._end)
            (self._stack[-1].children if self._stack else self._roots).append(section)


def _in_table(paragraph: Paragraph) -> bool:
    return paragraph.first is not None and paragraph.first.cell is not None


_CLAUSE = re.compile(rf".{{1,{HEADING}}}?[.;:](?=\s)", re.DOTALL)


def _heading(words: str) -> str:
    """The heading of an item: its first paragraph when short, else its first clause, cut at a word."""
    if len(words) <= HEADING:
        return words.rstrip(" :;.") if words.rstrip().endswith((":", ";")) else words
    clause = _CLAUSE.match(words)
    return clause[0].rstrip(" :;.") if clause else words[:HEADING].rsplit(" ", 1)[0]
