"""Finds text quoted to amend another document: paragraphs in, the indices of those that stand inside a quotation out.

Numbering in such text is the other document's (CONTRACT.md, Tasks and paths).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_OPENS = re.compile(r"[“\"«]|''|‘‘|``")
_CLOSES = re.compile(r"(?:[”\"»]|''|’’)[.;,:)]*\s*$")
REACH = 400
"""A quotation that has not ended after so many paragraphs was never opened: a mark is missing."""


def quoted_paragraphs(texts: Sequence[str]) -> frozenset[int]:
    """Which paragraphs are quoted: those that a quotation mark opens, up to the one that ends it, and what follows a
    mark left open inside a paragraph. Linear: a search that fails is not repeated over the same paragraphs."""
    inside: set[int] = set()
    given_up = -1
    at = 0
    while at < len(texts):
        text = texts[at]
        opens = _OPENS.match(text) is not None
        if not opens and not _left_open(text):
            at += 1
            continue
        last = at if not _left_open(text) else _end(texts, at) if at > given_up else None
        if last is None:
            given_up = max(given_up, at + REACH)
            last = at
        if opens:
            inside.add(at)
        inside.update(range(at + 1, last + 1))
        at = last + 1
    return frozenset(inside)


def _balance(text: str) -> int:
    return text.count("“") + text.count("«") - text.count("”") - text.count("»")


def _left_open(text: str) -> bool:
    """Whether a mark is opened in this paragraph and not closed; a straight mark is left open by an odd count."""
    return _balance(text) > 0 or text.count('"') % 2 == 1


def _end(texts: Sequence[str], start: int) -> int | None:
    """The paragraph that ends the quotation opened in `start`: the first with all marks closed and one at its end."""
    balance, straight = _balance(texts[start]), texts[start].count('"')
    for at in range(start + 1, min(len(texts), start + REACH)):
        balance += _balance(texts[at])
        straight += texts[at].count('"')
        if balance <= 0 and straight % 2 == 0 and _CLOSES.search(texts[at]):
            return at
    return None
