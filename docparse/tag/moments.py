"""Moments: the match of a printed day, month, quarter or year goes in, its ISO 8601 value comes out.

The value is inferred where the year is not printed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from docparse.tag.dates import iso
from docparse.tag.recurrence import QUARTERS

NEAR = 6
"""A month without its year that is over lies at most so many months ahead; else it is told of, not asked for."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A point of the calendar: `value` as precise as it is printed (`2021-12-15`, `2021-12`, `2022-Q2`, `2021`).

    None where no such day exists; `fine` when it names at least a quarter.
    """

    value: str | None
    inferred: bool = False
    fine: bool = True


def impossible(day: str, month: str, year: str) -> bool:
    """Whether no such day exists."""
    return iso(day, month, year) is None


def read_moment(match: re.Match[str], issued: str | None) -> Moment | None:
    """The moment of a match with groups d, m, y, q by number; None when it cannot be told.

    A day without a year takes the year of `issued` (ISO date of the document), or the next one when it is over by then.
    """
    found = {name: value for name, value in match.groupdict().items() if value is not None}
    for n in "12":
        if f"d{n}" in found and f"m{n}" in found:
            year = found.get(f"y{n}") or found.get("y")
            if year:
                return Moment(iso(found[f"d{n}"], found[f"m{n}"], year))
    if "d3" in found:
        return _without_year(found["d3"], found["m3"], issued)
    for month, year in (("m4", "y4"), ("m", "y")):
        if month in found and year in found:
            return Moment(f"{found[year]}-{int(found[month]):02}" if 1 <= int(found[month]) <= 12 else None)
    if "q" in found:
        return Moment(f"{found['y5']}-Q{QUARTERS[found['q']]}")
    if "m7" in found or "q7" in found:
        return _coming(found, issued)
    return Moment(found["y6"], fine=False) if "y6" in found else None


def _coming(found: dict[str, str], issued: str | None) -> Moment | None:
    """A month or quarter without its year: of the year of `issued`, or of the next one when that is near."""
    if issued is None or len(issued) < 7:
        return None
    month = int(found["m7"]) if "m7" in found else 3 * QUARTERS[found["q7"]]
    year, ahead = int(issued[:4]), month - int(issued[5:7])
    if not 1 <= month <= 12 or (ahead < 0 and ahead + 12 > NEAR):
        return None
    year += ahead < 0
    return Moment(f"{year}-{month:02}" if "m7" in found else f"{year}-Q{QUARTERS[found['q7']]}", inferred=True)


def _without_year(day: str, month: str, issued: str | None) -> Moment | None:
    if issued is None or not (1 <= int(month) <= 12 and 1 <= int(day) <= 31):
        return None
    year = int(issued[:4])
    value = iso(day, month, str(year))
    if value is not None and len(issued) == 10 and value < issued:
        value = iso(day, month, str(year + 1))
    return Moment(value, inferred=True)
