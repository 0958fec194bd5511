"""Text quoted to amend another document: where it stands, so that its citations are not the document's own."""

from __future__ import annotations

import re

_OPENS = re.compile(
    r"(?m)(?<=:)[ ]*\n\s*(?P<quote>[\u201c\"\u00ab])|(?:cụm từ|các cụm từ|từ|thành|bằng|nội dung)\s+"
    r"(?P<inline>[\u201c\"])"
)
_CLOSES = re.compile(r"[\u201d\"\u00bb][.;,]?\s*(?=\n|\Z)|[\u201d\"\u00bb]\s*[.;]?\s*(?=\n)")
_REACH = 60_000
"""Characters: a quotation that does not close within is taken for its first paragraph."""


def quoted_spans(text: str) -> list[tuple[int, int]]:
    """The quoted stretches as (start, end), in order, not overlapping: after `như sau:` and after `cụm từ`."""
    out: list[tuple[int, int]] = []
    floor = 0
    for match in _OPENS.finditer(text):
        if match.start() < floor:
            continue
        if match["inline"]:
            start = match.start("inline")
            close = re.compile(r"[\u201d\"\n]").search(text, start + 1)
            end = close.end() if close else start + 1
        else:
            start = match.start("quote")
            close = _CLOSES.search(text, start + 1, min(len(text), start + _REACH))
            line = text.find("\n", start)
            end = close.end() if close else (line if line >= 0 else len(text))
        out.append((start, end))
        floor = end
    return out
