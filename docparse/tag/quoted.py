"""Text quoted to amend another document: where it stands, so that its citations are not the document's own."""

from __future__ import annotations

import re

_MARK = re.compile(r"[\u201c\"\u00ab]")
_ANNOUNCED = re.compile(r":[ ]*\n\s*\Z")
_INLINE = re.compile(r"(?:cụm từ|từ|thành|bằng|nội dung)\s+\Z")
_CLOSES = re.compile(r"[\u201d\"\u00bb][.;,]?\s*(?=\n|\Z)|[\u201d\"\u00bb]\s*[.;]?\s*(?=\n)")
_REACH = 60_000
"""Characters: a quotation that does not close within is taken for its first paragraph."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The quoted stretches as (start, end), in order, not overlapping: after `như sau:` and after `cụm từ`."""
    out: list[tuple[int, int]] = []
    floor = 0
    for match in _MARK.finditer(text):
        start = match.start()
        if start < floor:
            continue
        before = text[max(0, start - 16) : start]
        if _ANNOUNCED.search(before):
            close = _CLOSES.search(text, start + 1, min(len(text), start + _REACH))
            line = text.find("\n", start)
            end = close.end() if close else (line if line >= 0 else len(text))
        elif match[0] != "\u00ab" and _INLINE.search(before):
            close = re.compile(r"[\u201d\"\n]").search(text, start + 1)
            end = close.end() if close else start + 1
        else:
            continue
        out.append((start, end))
        floor = end
    return out
