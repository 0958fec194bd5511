"""Names of documents: a URN:LEX id goes in; its parts, and whether two names may mean one document, come out.

A name may leave a part empty (CONTRACT.md, Canonical ids): no date, a year alone, no authority, no place, or the bare
number that a short form prints (`24`). Two names agree when no part that both know differs.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_URN = re.compile(
    r"urn:lex:vn(?P<places>(?:;[^:;]+)*):(?P<authority>[^:]*):(?P<type>[^:]*):(?P<date>[\d-]*);(?P<number>.*)"
)
_HEAD = re.compile(r"\d+[a-z]?(?=-|$)")


@dataclass(frozen=True, slots=True)
class Name:
    """A canonical id in its parts; an empty part is one that the text does not tell."""

    urn: str
    places: tuple[str, ...]
    authority: str
    type: str
    date: str
    number: str

    @property
    def bare(self) -> bool:
        """Whether only the running number is known (`24`), as a short form prints it."""
        return bool(_HEAD.fullmatch(self.number))

    @property
    def block(self) -> str:
        """The names that this one may have to be compared with: type and running number, or the slug of a title."""
        head = _HEAD.match(self.number)
        return f"{self.type};{head[0] if head else self.number}"

    @property
    def known(self) -> int:
        """How much the name tells, for choosing the one that stands for a group."""
        return len(self.date) + 12 * bool(self.authority) + 6 * len(self.places) + 3 * (not self.bare)


def parse_name(urn: str) -> Name:
    """The parts of an id. An id of another kind (`sha256:…`) is a name of its own that agrees with no other."""
    match = _URN.fullmatch(urn)
    if match is None:
        return Name(urn, (), "", "", "", urn)
    places = tuple(filter(None, match["places"].split(";")))
    return Name(urn, places, match["authority"], match["type"], match["date"], match["number"])


def agree(a: Name, b: Name) -> bool:
    """Whether no known part of one contradicts the other; two different full dates always do."""
    return (
        a.type == b.type
        and (a.number == b.number or _head_agrees(a, b))
        and _dates_agree(a.date, b.date)
        and (not a.authority or not b.authority or a.authority == b.authority)
        and _places_agree(a, b)
    )


def tells_all_of(a: Name, b: Name) -> bool:
    """Whether `a` knows every part that `b` knows, and agrees with it."""
    return (
        agree(a, b)
        and len(a.date) >= len(b.date)
        and (bool(a.authority) or not b.authority)
        and len(a.places) >= len(b.places)
        and (not a.bare or b.bare)
    )


def _head_agrees(a: Name, b: Name) -> bool:
    """`24` may be `24-ct-tu`."""
    short, full = (a, b) if a.bare else (b, a)
    return short.bare and full.number.startswith(f"{short.number}-")


def _dates_agree(a: str, b: str) -> bool:
    """Equal, or one is empty or the beginning of the other (a year alone)."""
    return a.startswith(b) or b.startswith(a)


def _places_agree(a: Name, b: Name) -> bool:
    """A name without a place may stand in any, where its authority is unknown or has places; else the outer places of
    the one must be those of the other."""
    short, long = sorted((a.places, b.places), key=len)
    return long[: len(short)] == short
