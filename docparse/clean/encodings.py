"""Legacy letters: a scan whose text is in TCVN3 (ABC) or VNI in, the same scan in Unicode out, with a note that says
so.

Decided for the whole document, never for a line: a short line in Unicode can look like anything (LIBRARIES measured
106 of 128 paragraphs right alone, all as documents). Conversion keeps every line apart, so words keep their boxes.
"""

from __future__ import annotations

import re
from dataclasses import replace

import viparse

from docparse.model import Note, Scan, ScanLine, Word
from docparse.spans import Span

_NAMES = {"tcvn3": "TCVN3 (ABC)", "vni": "VNI"}
_TCVN3 = re.compile(r"[\u00a8-\u00ae\u00b5-\u00fe]")
_UNICODE = re.compile(
    r"[\u0102\u0103\u0110\u0111\u0128\u0129\u0168\u0169\u01a0\u01a1\u01af\u01b0\u1ea0-\u1ef9\u0300-\u0323]"
)
_SAMPLE = 20_000


def unicode_scan(scan: Scan) -> tuple[Scan, tuple[Note, ...]]:
    """The scan with its lines in Unicode, and what was done."""
    encoding = legacy_encoding(_sample(scan))
    if encoding is None:
        return scan, ()
    pages = tuple(
        page if page.method == "ocr" else replace(page, lines=tuple(_converted(line, encoding) for line in page.lines))
        for page in scan.pages
    )
    note = Note(
        "legacy_encoding",
        f"the text is in {_NAMES[encoding]} and was converted to Unicode; compare capitals with the source",
    )
    return replace(scan, pages=pages), (note,)


def legacy_encoding(text: str) -> str | None:
    """`tcvn3`, `vni` or None: by viparse, when letters of Unicode Vietnamese are rare and letters of Latin-1 are
    many."""
    marked = len(_UNICODE.findall(text))
    if marked > 0.05 * len(text):
        return None  # of the letters, which are fewer, it is more still
    letters = sum(map(str.isalpha, text))
    if letters < 20 or marked > 0.05 * letters or len(_TCVN3.findall(text)) < 0.08 * letters:
        return None
    found = viparse.detect_text_encoding(text)
    return str(found) if found in _NAMES else None


def to_unicode(text: str, encoding: str) -> str:
    """The text in Unicode, with its white space as it was."""
    body = text.strip()
    if not body:
        return text
    start = text.index(body[0])
    return text[:start] + str(viparse.fix(body, encoding=encoding)) + text[start + len(body) :]


def _sample(scan: Scan) -> str:
    parts: list[str] = []
    size = 0
    for page in scan.pages:
        if page.method == "ocr":
            continue
        for line in page.lines:
            parts.append(line.raw[:_SAMPLE])
            size += len(line.raw)
            if size > _SAMPLE:
                return "\n".join(parts)
    return "\n".join(parts)


def _converted(line: ScanLine, encoding: str) -> ScanLine:
    if not line.words:
        return replace(line, raw=to_unicode(line.raw, encoding))
    raw, words, at = "", [], 0
    for word in line.words:
        raw += line.raw[at : word.span.start]
        new = to_unicode(line.raw[word.span.start : word.span.end], encoding)
        words.append(Word(Span(len(raw), len(raw) + len(new)), word.box, word.confidence))
        raw += new
        at = word.span.end
    return replace(line, raw=raw + line.raw[at:], words=tuple(words))
