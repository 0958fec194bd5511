"""Anchors: words that a person pointed at, and where they stood, go in; where they stand in another reading comes out.

Re-anchoring goes from sure to unsure: the same words, the same words but for diacritics, case and spaces, then the most
similar words around the longest words of the quote. Of equal ones the one between the same words as before wins, then
the nearest to the old place.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import takewhile
from typing import Any, Final, Literal

from docparse.places import fold

How = Literal["held", "moved", "similar"]
"""At its old place, at another, or with other words."""

Around = tuple[str, str]
"""What stands before and after some words."""

GAP: Final = " … "
"""What stands for the middle of a long quote."""
LONG: Final = 200
ENDS: Final = 80
CONTEXT: Final = 32
"""Characters of context on either side."""
LEAST: Final = 0.8
"""How alike words must be that are taken for the quote; below it the anchor is lost."""
TRIALS: Final = 60
"""How many places are compared at most."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A place `[start, end)` in code points of the text, and how it was found."""

    start: int
    end: int
    how: How


def quoted(words: str) -> str:
    """The words as they are kept for an anchor; of long ones both ends."""
    return words if len(words) <= LONG else f"{words[:ENDS]}{GAP}{words[-ENDS:]}"


def around(text: str, start: int, end: int) -> Around:
    """The words before and after a place."""
    return text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]


def place(text: str, quote: str, start: int, between: Around = ("", "")) -> Anchor | None:
    """Where the words stand now, `start` being where they stood (-1: anywhere, the first) and `between` what stood
    around them; None when they are lost."""
    if not quote.strip():
        return None
    found = _exact(text, quote, start, between)
    if found is not None:
        return found
    if GAP in quote:
        return _between(text, quote, start)
    return _folded(text, quote, start) or _similar(text, quote, start)


def claim(
    text: str, claims: Sequence[Mapping[str, Any]], quote: str, start: int, between: Around = ("", "")
) -> tuple[int, How] | None:
    """Which of the claims (with `text` and `span`) was meant, by its place in the list, and how it was found: the one
    on the same words, else the one that shares most of the place of the words, else the most similar one."""
    same = [i for i, one in enumerate(claims) if quoted(one["text"]) == quote]
    if same:
        best = min(
            same, key=lambda i: (-_framed(text, claims[i]["span"], between), _far(claims[i]["span"][0], start), i)
        )
        return best, "held" if claims[best]["span"][0] == start else "moved"
    at = place(text, quote, start, between)
    if at is not None and claims:
        best = max(range(len(claims)), key=lambda i: (_shared(claims[i]["span"], (at.start, at.end)), -i))
        if _shared(claims[best]["span"], (at.start, at.end)) >= 0.5:
            return best, "similar"
    near = sorted(range(len(claims)), key=lambda i: (abs(claims[i]["span"][0] - start), i))[:TRIALS]
    alike = [(_likeness(quoted(claims[i]["text"]), quote), -rank, i) for rank, i in enumerate(near)]
    if alike and max(alike)[0] >= LEAST:
        return max(alike)[2], "similar"
    return None


def occurrences(text: str, words: str) -> Iterator[int]:
    """Every place where the words stand."""
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _exact(text: str, quote: str, start: int, between: Around) -> Anchor | None:
    size = len(quote)
    found = ((-_framed(text, (at, at + size), between), _far(at, start), at) for at in occurrences(text, quote))
    best = min(found, default=None)
    return None if best is None else Anchor(best[2], best[2] + size, "held" if best[2] == start else "moved")


def _framed(text: str, span: Sequence[int], between: Around) -> int:
    """How many characters around a place are as they were, counted from the place outwards."""
    before, after = around(text, span[0], span[1])
    return _alike(reversed(before), reversed(between[0])) + _alike(after, between[1])


def _alike(a: Iterable[str], b: Iterable[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(a, b, strict=False)))


def _folded(text: str, quote: str, start: int) -> Anchor | None:
    pattern = re.compile(r"\s+".join(map(re.escape, fold(quote).lower().split())))
    match = min(pattern.finditer(_plain(text)), key=lambda m: _far(m.start(), start), default=None)
    return None if match is None else Anchor(match.start(), match.end(), "similar")


def _between(text: str, quote: str, start: int) -> Anchor | None:
    """The words from the first end of a long quote to its last end; each end may be like what was quoted."""
    head, _, tail = quote.partition(GAP)
    first = place(text, head, start)
    if first is None:
        return None
    rest = place(text[first.end :], tail, 0)
    if rest is None:
        return None
    sure = first.how if rest.how != "similar" else "similar"
    return Anchor(first.start, first.end + rest.end, sure)


def _similar(text: str, quote: str, start: int) -> Anchor | None:
    """The most similar words around a word that the quote and the text share; the longest words are tried first."""
    plain, wanted = _plain(text), " ".join(fold(quote).lower().split())
    tried: set[int] = set()
    best: tuple[float, float, int] | None = None
    for word in sorted({*wanted.split()}, key=lambda w: (-len(w), w))[:4]:
        shift = wanted.find(word)
        for at in sorted(occurrences(plain, word), key=lambda at: _far(at - shift, start))[:TRIALS]:
            begin = max(0, at - shift)
            if begin in tried or len(tried) >= 4 * TRIALS:
                continue
            tried.add(begin)
            likeness = _likeness(plain[begin : begin + len(wanted)], wanted)
            if likeness >= LEAST and (best is None or (likeness, -_far(begin, start)) > best[:2]):
                best = (likeness, -_far(begin, start), begin)
    if best is None:
        return None
    begin, end = _whole_words(text, best[2], best[2] + len(wanted))
    return Anchor(begin, end, "similar")


def _whole_words(text: str, begin: int, end: int) -> tuple[int, int]:
    """The bounds moved outwards to the bounds of words."""
    while begin > 0 and not text[begin - 1].isspace():
        begin -= 1
    while end < len(text) and not text[end - 1].isspace() and not text[end].isspace():
        end += 1
    while end > begin and text[end - 1].isspace():
        end -= 1
    return begin, end


def _plain(text: str) -> str:
    """Folded and in small letters, one character for each of the text."""
    small = fold(text).lower()
    return small if len(small) == len(text) else fold(text)


def _likeness(a: str, b: str) -> float:
    return SequenceMatcher(None, a, b, autojunk=False).ratio()


def _shared(a: Sequence[int], b: Sequence[int]) -> float:
    """What part of both places together both have."""
    both = min(a[1], b[1]) - max(a[0], b[0])
    return both / max(1, max(a[1], b[1]) - min(a[0], b[0])) if both > 0 else 0.0


def _far(at: int, start: int) -> int:
    return abs(at - max(start, 0))
