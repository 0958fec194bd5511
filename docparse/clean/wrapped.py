"""Plain text without layout: its lines in, where the body begins and at which width it was wrapped out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.clean.pieces import Piece

_BODY = re.compile(
    r"Căn cứ\b|Kính gửi|Theo đề nghị|Xét đề nghị|Thực hiện\b|Điều\s+\d|Chương\s+[IVXLC\d]"
    r"|Phần\s+(?:[IVXLC\d]|thứ)|(?:\d{1,3}|[IVXLC]{1,6}|[a-zđ])[.)]\s"
)
_LONG = 120
"""Longer lines are paragraphs: a printed line of a title holds at most about 90 letters at 13-14 points."""
_WRAPS = (45, 130)


def body_start(pieces: Sequence[Piece]) -> int:
    """How many lines belong to letterhead and title, whose printed lines stay apart; at most forty."""
    for index, piece in enumerate(pieces[:40]):
        if len(piece.text) > _LONG or _BODY.match(piece.text):
            return index
    return 0


def wrap_width(pieces: Sequence[Piece]) -> int | None:
    """The width in letters at which the file's paragraphs were cut into lines, None where a line is a paragraph."""
    lengths = sorted(len(p.text) for p in pieces if len(p.text) > 30)
    if len(lengths) < 12:
        return None
    width = lengths[int(0.95 * (len(lengths) - 1))]
    if not _WRAPS[0] <= width <= _WRAPS[1] or lengths[-1] > 1.25 * width:
        return None
    near = sum(0.82 * width <= n <= width + 4 for n in lengths)
    return width if near > 0.5 * len(lengths) else None
