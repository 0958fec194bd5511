"""Series of numbers: names of documents go in; each organ's series of a type, by year or by term, with what is missing
from it comes out.

The State numbers each year anew, normative documents apart (`7/2021/QĐ-UBND`), the Party each term (DOMAIN 4.8).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.link.names import Name, parse_name
from docparse.tables import Tables

_NUMBER = re.compile(r"(\d+)[a-z]?-(.+)")
_PARTY = re.compile(r"(?:^|-)(?:tw|tu|hu|qu|thu|du|dut?k|bcsd|tt|cb)$")
_YEAR = re.compile(r"\d{4}-")


@dataclass(frozen=True, slots=True)
class Entry:
    """A document in its series: its running number, its id, its day and whether the corpus has it."""

    number: int
    id: str
    date: str
    held: bool


@dataclass(frozen=True, slots=True)
class Series:
    """One organ's documents of a type in a period; `symbol` is the number's part that all share, `ct-tu`."""

    places: tuple[str, ...]
    authority: str
    type: str
    symbol: str
    period: str
    entries: tuple[Entry, ...]

    @property
    def missing(self) -> list[tuple[int, int]]:
        """The runs of numbers below the highest that no document of the corpus bears or cites, first and last."""
        return list(_runs({entry.number for entry in self.entries}))

    @property
    def not_held(self) -> list[Entry]:
        """The documents that are cited and not held."""
        return [entry for entry in self.entries if not entry.held]


def series_of(documents: Iterable[tuple[str, bool]]) -> list[Series]:
    """The series that (id, held) pairs stand in, in order; documents without number or date stand in none."""
    groups: dict[tuple[tuple[str, ...], str, str, str, str], dict[str, Entry]] = defaultdict(dict)
    for urn, held in documents:
        name = parse_name(urn)
        match = _NUMBER.fullmatch(name.number)
        if match is None or not name.date or not name.authority:
            continue
        period = period_of(name, match[2])
        if period is None:
            continue
        symbol = _YEAR.sub("", match[2]) + ("" if not _YEAR.match(match[2]) else " (qppl)")
        key = (name.places, name.authority, name.type, symbol, period)
        groups[key][urn] = Entry(int(match[1]), urn, name.date, held)
    return [
        Series(*key, tuple(sorted(entries.values(), key=lambda e: (e.number, e.id))))
        for key, entries in sorted(groups.items())
    ]


def period_of(name: Name, symbol: str) -> str | None:
    """The year of a State document, the term of a Party one (`2020-2025`); None where the date is too short to tell."""
    if not _PARTY.search(symbol):
        return name.date[:4]
    level = "central" if name.authority == "trung.uong" or symbol.endswith("tw") else _LEVELS.get(len(name.places))
    if level is None or len(name.date) < 10:
        return None
    starts = _terms()[level]
    at = bisect_right(starts, name.date)
    first = starts[at - 1][:4] if at else ""
    return f"{first}-{starts[at][:4] if at < len(starts) else ''}"


_LEVELS: Mapping[int, str] = {1: "province", 2: "district", 3: "commune"}


@lru_cache(maxsize=1)
def _terms() -> Mapping[str, list[str]]:
    out: dict[str, list[str]] = defaultdict(list)
    for row in Tables.default().rows("party_terms"):
        out[row["level"]].append(row["from"])
    return {level: sorted(starts) for level, starts in out.items()}


def _runs(numbers: set[int]) -> Iterator[tuple[int, int]]:
    """Runs of what is missing between 1 and the highest number."""
    before = 0
    for number in sorted(numbers):
        if number > before + 1:
            yield before + 1, number - 1
        before = number
