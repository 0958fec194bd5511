"""A register against a corpus: rows of both go in; what one lacks and where the two disagree comes out.

Rows meet by their number, compared without spaces, leading zeros, case and kind of separator; of several with one
number the one with the same day, else the likest subject. Pure: nothing here reads a file.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from docparse.places import fold

LIKE = 0.8
"""Similarity of folded subjects from which they are taken for the same words."""
_MARKS = re.compile(r"[\s\-–—_./]+")


@dataclass(frozen=True, slots=True)
class Row:
    """A document as a register or the corpus names it: where (line, or id), number, day (ISO 8601), subject."""

    where: str
    number: str
    date: str | None
    subject: str | None


@dataclass(frozen=True, slots=True)
class Difference:
    """What does not agree: `missing` from the corpus, `extra` in it, or a `date` or `subject` that differs."""

    kind: Literal["missing", "extra", "date", "subject"]
    number: str
    register: Row | None
    corpus: Row | None


def key_of(number: str) -> str:
    """How numbers are compared: `07/CT-UBND`, `7/CT-UBND ` and `07 / ct - ubnd` are one."""
    plain = fold(number).upper().replace("Đ", "D").replace("\u00d0", "D")
    return _MARKS.sub("-", plain.strip()).strip("-").lstrip("0")


def reconcile(register: Sequence[Row], corpus: Iterable[Row]) -> list[Difference]:
    """The differences: in order of the register, then what the corpus has beside it, in order of number and id."""
    held: dict[str, list[Row]] = defaultdict(list)
    for row in corpus:
        held[key_of(row.number)].append(row)
    out: list[Difference] = []
    for row in register:
        others = held.get(key_of(row.number), [])
        if not others:
            out.append(Difference("missing", row.number, row, None))
            continue
        other = max(others, key=lambda one: (one.date == row.date, likeness(one.subject, row.subject)))
        others.remove(other)
        if row.date and other.date and row.date != other.date:
            out.append(Difference("date", row.number, row, other))
        if row.subject and other.subject and likeness(row.subject, other.subject) < LIKE:
            out.append(Difference("subject", row.number, row, other))
    left = sorted((row for rows in held.values() for row in rows), key=lambda row: (key_of(row.number), row.where))
    return [*out, *(Difference("extra", row.number, None, row) for row in left)]


def likeness(a: str | None, b: str | None) -> float:
    """How like two subjects are, 0 to 1: the words of the shorter may be all in the longer, which a register cuts."""
    first, second = (" ".join(re.findall(r"\w+", fold(words or "").lower())) for words in (a, b))
    if not first or not second:
        return 0.0
    first, second = re.sub(r"^(?:ve )?(?:viec )?", "", first), re.sub(r"^(?:ve )?(?:viec )?", "", second)
    short, long = sorted((first, second), key=len)
    if short and short in long:
        return 1.0
    return SequenceMatcher(None, short, long[: len(short) + 40], autojunk=False).ratio()
