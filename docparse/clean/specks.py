"""What OCR made of specks at the ends of a printed line: a piece in, the piece without them out.

Only marks go that no official text has there: odd characters standing alone, single letters of a speck's size that the
engine was unsure of, apostrophes before the first letter, points before its dash. The raw line keeps them.
"""

from __future__ import annotations

import re
from statistics import median

from docparse.clean.pieces import Piece
from docparse.model import Word
from docparse.spans import Box

UNSURE = 0.6
"""Below this confidence a single letter or digit at a line's end may be a speck."""
TINY = 0.45
"""A speck's part of the height of the line's words."""

_ODD = re.compile(r"[_~^ˆ'`´‘’‚„°¨¸*¬|¦\\«»<>={}\[\]\-–—.,·]+")
_CERTAIN = re.compile(r"[_~^ˆ'`´‘’‚„°¨¸*¬|¦\\«»<>={}\[\]]")
_DASH = re.compile(r"[-–—~¬=_]{1,2}")
_BEFORE_LETTER = re.compile(r"['`´‘’‚ˆ^¨]{1,3}(?=[^\W\d_])")
_BEFORE_DASH = re.compile(r"[^\w\s(–—-]{1,2}(?=-\s)")
_CLOSED = re.compile(r"[.;:,]$")


def trimmed(piece: Piece) -> Piece:
    """The piece without specks at its ends. A dash, also one misread, stays at the start where it may head an item."""
    words = list(piece.words_at(0))
    if len(words) < 2 or not any(c.isalnum() for c in piece.text):
        return piece
    height = median(w.box.height for w in words)
    first, last = 0, len(words)
    while first < last - 1 and _leads(piece.text, words[first], height):
        first += 1
    while last > first + 1 and _trails(piece.text, words[last - 2], words[last - 1], height):
        last -= 1
    out = piece
    if last < len(words):
        out = out.without(words[last - 1].span.end, len(out.text))
    if first:
        out = out.without(0, words[first].span.start)
    glued = _BEFORE_DASH.match(out.text) or _BEFORE_LETTER.match(out.text)
    if glued and not any(q in out.text[glued.end() :] for q in "'’"):
        out = out.without(0, glued.end())
    if out is piece:
        return piece
    out.box = Box.around(w.box for w in words[first:last]) or piece.box
    return out


def _leads(text: str, word: Word, height: float) -> bool:
    token = word.span.of(text)
    if _DASH.fullmatch(token):
        return False
    if _ODD.fullmatch(token):
        return _CERTAIN.search(token) is not None and "-" not in token and "..." not in token
    return _tiny(token, word, height)


def _trails(text: str, before: Word, word: Word, height: float) -> bool:
    token = word.span.of(text)
    if _ODD.fullmatch(token):
        if _CERTAIN.search(token):
            return True
        previous = before.span.of(text)
        # a full stop apart from a line in capitals (titles and authorities have none), or a second closing mark
        return token in (".", ",", ":") and (text[: word.span.start].isupper() or _CLOSED.search(previous) is not None)
    return _tiny(token, word, height) and _CLOSED.search(before.span.of(text)) is not None


def _tiny(token: str, word: Word, height: float) -> bool:
    """Whether one letter is lower than any letter of the line can be, and unsure."""
    sure = word.confidence if word.confidence is not None else 1.0
    return len(token) == 1 and token.isalnum() and sure < UNSURE and word.box.height < TINY * height
