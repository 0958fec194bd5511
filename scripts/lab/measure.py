"""Character error rate of a page: true lines and read lines in, edit distance and length out.

The order of columns is a convention, not an error of reading: lines are compared in the order of drawing, row by row,
and each with its nearest, and the least distance counts.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

_FOLD = str.maketrans({"“": '"', "”": '"', "’": "'", "‘": "'", "–": "-", "—": "-", "…": "...", "\xad": None})
_SPACE = re.compile(r"\s+")


def plain(text: str) -> str:
    """NFC with single spaces, one kind of quotes and dashes."""
    return _SPACE.sub(" ", unicodedata.normalize("NFC", text).translate(_FOLD)).strip()


def distance(a: str, b: str) -> int:
    """Levenshtein distance, by Myers's bit vectors over Python's long integers (Hyyrö 2003)."""
    if len(a) > len(b):
        a, b = b, a
    if not a:
        return len(b)
    masks: dict[str, int] = {}
    for at, char in enumerate(a):
        masks[char] = masks.get(char, 0) | 1 << at
    full, top, score = (1 << len(a)) - 1, 1 << len(a) - 1, len(a)
    plus, minus = full, 0
    for char in b:
        equal = masks.get(char, 0)
        x = equal | minus
        d0 = ((((equal & plus) + plus) ^ plus) | x) & full
        up, down = (minus | ~(d0 | plus)) & full, d0 & plus
        score += 1 if up & top else -1 if down & top else 0
        up = (up << 1 | 1) & full
        down = (down << 1) & full
        plus, minus = (down | ~(d0 | up)) & full, up & d0
    return score


def page_errors(
    true: Sequence[tuple[str, ...]], seen: Sequence[str], rows: Sequence[int] | None = None
) -> tuple[int, int]:
    """Edit distance and true length of a page.

    `true` holds for each line its accepted texts (with and without handwriting), `rows` the indices of the true lines
    row by row. Lines of rules and stars alone count on neither side.
    """
    wanted = [tuple(dict.fromkeys(plain(t) for t in texts)) for texts in true]
    keep = [i for i, texts in enumerate(wanted) if _has_words(texts[0])]
    given = [p for p in map(plain, seen) if _has_words(p)]
    length = sum(len(wanted[i][0]) for i in keep) + max(0, len(keep) - 1)
    got = " ".join(given)
    best = min(
        distance(" ".join(pick), got)
        for order in ([keep, [i for i in rows if i in set(keep)]] if rows is not None else [keep])
        for pick in ([wanted[i][0] for i in order], [wanted[i][-1] for i in order])
    )
    if best > 0.01 * length:
        best = min(best, _by_line([wanted[i] for i in keep], given))
    return min(best, length), length


def _has_words(text: str) -> bool:
    return any(c.isalnum() for c in text)


def _by_line(wanted: Sequence[tuple[str, ...]], given: Sequence[str]) -> int:
    """The sum over lines, each true line with the nearest read line that is still free; what is left over is wrong."""
    pairs = sorted(
        (min(distance(t, line) for t in texts), i, j)
        for i, texts in enumerate(wanted)
        for j, line in enumerate(given)
        if abs(len(line) - len(texts[0])) < 0.6 * max(len(line), len(texts[0]))
    )
    left, right = set(range(len(wanted))), set(range(len(given)))
    total = 0
    for cost, i, j in pairs:
        if i in left and j in right and cost < max(len(wanted[i][0]), 1):
            left.discard(i)
            right.discard(j)
            total += cost
    return total + sum(len(wanted[i][0]) + 1 for i in left) + sum(len(given[j]) + 1 for j in right)
