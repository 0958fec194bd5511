"""Plain text without layout: its lines in, where the body begins and at which width it was wrapped out."""

from __future__ import annotations

import re
from collections.abc import Sequence

from docparse.clean.pieces import Piece

_BODY = re.compile(
    r"Căn cứ\b|Kính gửi|Theo đề nghị|Xét đề nghị|Thực hiện\b|Điều\s+\d|Chương\s+[IVXLC\d]"
    r"|Phần\s+(?:[IVXLC\d]|thứ)|(?:\d{1,3}|[IVXLC]{1,6}|[a-zđ])[.)]\s"
)
_HEAD = re.compile(r"\W*(?:Số\b|V/v\b|Về\b|.*\bngày\b.*\btháng\b.*\bnăm\b)")
_SENTENCE = 45
"""Letters of the shortest first line of a paragraph that goes on."""
_LONG = 120
"""Longer lines are paragraphs: a printed line of a title holds at most about 90 letters at 13-14 points."""
_WRAPS = (45, 130)


def body_start(pieces: Sequence[Piece]) -> int:
    """How many lines belong to letterhead and title, whose printed lines stay apart; at most forty."""
    for index, piece in enumerate(pieces[:40]):
        if len(piece.text) > _LONG or _BODY.match(piece.text) or _opens_prose(pieces, index):
            return index
    return 0


def _opens_prose(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a blank line ends the subject (not in capitals, unlike a type's own line) and a sentence begins that runs
    on in the next line."""
    if not 0 < index < len(pieces) - 1:
        return False
    before, piece, after = pieces[index - 1].text, pieces[index], pieces[index + 1]
    return (
        piece.after_blank
        and len(piece.text) >= _SENTENCE
        and piece.text[0].isupper()
        and not piece.text.isupper()
        and not before.isupper()
        and not _HEAD.match(before)
        and not _HEAD.match(piece.text)
        and after.text[:1].islower()
        and not after.after_blank
    )


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
