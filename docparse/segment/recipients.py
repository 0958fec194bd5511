"""The lists under `Nơi nhận` and `Kính gửi`: paragraphs in, one item for each line or dash out (DOMAIN.md 9)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from docparse.authority import fold
from docparse.model import Recipient
from docparse.segment.ending import column_tail, is_name, is_signing, starts_recipients
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

_DASH = re.compile(r"^(?:[\s*]*_?[-–—+•*~¬=]|_)\s*(?=\S)")
_SPLIT = re.compile(r"(?<=[;,.:})])\s+[-–—+]\s+(?=[A-ZĐÂÁÀẢÃẠĂÊÔƠƯÚÙỦŨỤÝa-zđ])")
_ARCHIVE = re.compile(r"^\W*l[uư]u\b", re.IGNORECASE)
_BRACE = re.compile(r"\s*,?\s*\}")
_LABEL = re.compile(r"^\W{0,4}[NMHV][oơ0][iíì1l]\s*[nm]h[aậ][nm]\s*[:;.,]*")


@dataclass
class Item:
    """One item while its lines are joined: offsets in the document's text."""

    start: int
    end: int


def read_recipients(paras: Sequence[Paragraph], text: str, tables: Tables) -> list[tuple[Span, Recipient]]:
    """The recipients of a closing, in order. Spans leave out dash, brace and final punctuation; `name` the note too."""
    items: list[tuple[Item, str | None]] = []
    channel: str | None = None
    active = archived = dashed = False
    for paragraph in paras:
        line, at = paragraph.text[: column_tail(paragraph.text)], paragraph.span.start
        folded = fold(line)
        if starts_recipients(folded, tables):
            label = _LABEL.match(folded)
            offset = label.end() if label else len(line)
            active, archived, channel = True, False, None
            line, at = line[offset:], at + offset
            folded = fold(line)
        active = active or _DASH.match(line) is not None  # a scan may have lost the label
        if not active or not line.strip(" *_:;.,-"):
            continue
        if tables.rules("closing")["channel"].pattern.match(folded):
            channel = line.strip(" *_:;-–")
            continue
        if is_signing(folded.strip(), tables) and not _DASH.match(line):
            continue
        for start, end in _pieces(line):
            piece = line[start:end]
            dash = _DASH.match(piece)
            archive = _ARCHIVE.match(fold(piece)) is not None
            if dash or archive:
                items.append((Item(at + start + (dash.end() if dash else 0), at + end), channel))
                archived, dashed = archive or archived, dashed or dash is not None
            elif archived:
                if not _ended(text, items[-1][0]) and not is_name(piece) and items[-1][0].end >= at + start - 1:
                    items[-1][0].end = at + end
            elif _remnant(piece, text, items):
                continue
            elif items and (dashed or _continues(text, items[-1][0], piece)):
                items[-1][0].end = at + end
            elif not is_name(piece) or not items:
                items.append((Item(at + start, at + end), channel))
    return _finish(items, text, tables)


def _pieces(line: str) -> Iterator[tuple[int, int]]:
    at = 0
    for match in _SPLIT.finditer(line):
        yield at, match.start()
        at = match.start()
        while line[at].isspace():
            at += 1
    yield at, len(line)


def _remnant(piece: str, text: str, items: Sequence[tuple[Item, str | None]]) -> bool:
    """Whether a line is what a scan left of the signer's name or of the seal, between two finished items."""
    if not items or not text[items[0][0].start : items[-1][0].end].rstrip().endswith((";", ",", ".")):
        return False
    words = [w for w in piece.split() if not any(c.isdigit() for c in w)]
    return (
        len(words) <= 5
        and (is_name(" ".join(words)) or sum(w[:1].isupper() for w in words) >= len(words) - 1)
        and (not piece.rstrip().endswith((";", ",", ".")))
    )


def _ended(text: str, item: Item) -> bool:
    return text[item.start : item.end].rstrip().endswith((".", "./.", ")"))


def _continues(text: str, item: Item, piece: str) -> bool:
    """Whether an undashed line goes on with the item before it, which then lacks its final `;` or `,` or `.`."""
    before = text[item.start : item.end].rstrip(" *_}")
    return not before.endswith((";", ".")) and (not before.endswith(",") or piece.lstrip()[:1].islower())


def _finish(items: Sequence[tuple[Item, str | None]], text: str, tables: Tables) -> list[tuple[Span, Recipient]]:
    note_pattern = tables.rules("closing")["note"].pattern
    out: list[tuple[Span, Recipient]] = []
    braced: list[int] = []
    brace_note: str | None = None
    for item, channel in items:
        raw = text[item.start : item.end]
        brace = _BRACE.search(raw)
        cut = brace.start() if brace else len(raw)
        if brace:
            note = note_pattern.search(fold(raw[brace.end() :]))
            brace_note = raw[brace.end() :][note.start("note") : note.end("note")] if note else brace_note
            braced.append(len(out))
        span = _bare(text, item.start, item.start + cut)
        if sum(c.isalpha() for c in span.of(text)) < 3 or "——" in span.of(text):
            continue  # specks
        words = span.of(text)
        note = note_pattern.search(fold(words))
        name = words if note is None else (words[: note.start()] + words[note.end() :]).strip(" ;,.")
        out.append((span, Recipient(name, words[note.start("note") : note.end("note")] if note else None, channel)))
    for index in braced:
        if index < len(out):
            span, found = out[index]
            out[index] = (span, Recipient(found.name, found.note or brace_note, found.channel))
    return out


def _bare(text: str, start: int, end: int) -> Span:
    while start < end and text[start] in " \t\n*_-–—+•":
        start += 1
    while end > start and text[end - 1] in " \t\n*_;,./:":
        end -= 1
    return Span(start, end)


def _goes_on(before: str, line: str, dashed: bool) -> bool:
    """Whether an undashed line continues the addressee before it."""
    if dashed:
        return not before.endswith((".", ";", ":")) and len(line) < 120
    return line[:1].islower() and not before.endswith(".")


def read_addressees(paras: Sequence[Paragraph], text: str, tables: Tables) -> list[Span]:
    """The addressees under `Kính gửi` (or `… điện:` in a telegram) at the start of a body, each without dash and
    final punctuation. The list ends at the first line that is no item and does not continue one."""
    address = tables.rules("closing")["address"].pattern
    at = next((i for i, p in enumerate(paras[:6]) if address.match(fold(p.text[:120]))), None)
    if at is None:
        return []
    label = address.match(fold(paras[at].text))
    assert label is not None
    offset = label.end()
    items: list[Item] = []
    rest = paras[at].text[offset:]
    if rest.strip(" *_:;.,-"):
        for start, end in _pieces(rest):
            items.append(Item(paras[at].span.start + offset + start, paras[at].span.start + offset + end))
    dashed = bool(_DASH.match(rest))
    for paragraph in paras[at + 1 : at + 60]:
        line = paragraph.text
        if not line.strip():
            continue
        starts = _DASH.match(line) is not None
        before = text[items[-1].start : items[-1].end].rstrip(" *_") if items else ""
        if starts and (not items or dashed or before.endswith((";", ",", ":"))):
            for start, end in _pieces(line):
                items.append(Item(paragraph.span.start + start, paragraph.span.start + end))
            dashed = True
        elif (not items and len(line) < 200) or (before.endswith((";", ",")) and len(line) < 200 and not dashed):
            items.append(Item(paragraph.span.start, paragraph.span.end))
        elif items and _goes_on(before, line, dashed):
            items[-1].end = paragraph.span.end
        else:
            break
        if text[items[-1].start : items[-1].end].rstrip(" *_").endswith("."):
            break
    spans = [_bare(text, i.start, i.end) for i in items]
    return [s for s in spans if len(s) > 1]
