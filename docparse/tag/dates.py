"""Dates of documents: a position in the text goes in, an ISO 8601 date and the end of its words come out."""

from __future__ import annotations

import re
from datetime import date

_DATE = re.compile(
    r"\s*,?\s*(?:(?:được\s+)?(?:ban hành|ký|ký ban hành)\s+)?(?:vào\s+)?[Nn](?:gày|GÀY|gay)\s+"
    r"(?P<d>\d{1,2})(?:\s?[/.\-\u2013]\s?|\s*(?:[Tt]h[aáàảâ]ng|THÁNG|năm)\s*(?=[\dIl|\]Oo]{1,2}\s*(?:[Nn][ăaáâãä]m"
    r"|NĂM)))(?P<m>\d{1,2}|[\dIl|\]Oo]{2})"
    r"(?:\s?[/.\-\u2013]\s?|\s*(?:[Nn][ăaáâãä]m|NĂM)\s*)(?P<y>\d{4})(?!\d)"
)
_SHORT = re.compile(r"\s*,?\s*ngày\s+(?P<d>\d{1,2})(?:\s?[/.\-\u2013]\s?|\s+tháng\s+)(?P<m>\d{1,2})(?![\d/])")
_YEAR = re.compile(r"\s*,?\s*(?:năm\s+(?P<y>(?:19|20)\d\d)\b|\((?:năm\s+)?(?P<b>(?:19|20)\d\d)\))")


_DIGITS = str.maketrans("Il|]Oo", "111100")
"""A scan's letters for digits in a month."""


def iso(day: str, month: str, year: str) -> str | None:
    """The ISO form of a date that exists, None for 31/02/2021 and its like."""
    try:
        month = month.translate(_DIGITS)
        return date(int(year), int(month), int(day)).isoformat()
    except ValueError:
        return None


_BROKEN = re.compile(
    r"\s*,?\s*[Nn]gày\s+(?P<digits>\d{3,4})[/.](?P<y>(?:19|20)\d\d)(?!\d)|\s*,?\s*[Nn]gày\s+(?P<all>\d{8})(?!\d)"
)


def _mended_date(match: re.Match[str]) -> str | None:
    """A date whose separators a scan lost (`ngày 1902/2021`), when it can be split in one way only."""
    digits, year = (match["digits"], match["y"]) if match["digits"] else (match["all"][:4], match["all"][4:])
    found = {iso(digits[:cut], digits[cut:], year) for cut in ((2,) if len(digits) == 4 else (1, 2))} - {None}
    return found.pop() if len(found) == 1 else None


def read_date(text: str, at: int) -> tuple[int, str | None] | None:
    """The date that follows `at` (`, ngày 27/02/2018`, `ngày 05 tháng 3 năm 2020`) as (end, ISO date or None)."""
    match = _DATE.match(text, at)
    if match is None:
        broken = _BROKEN.match(text, at)
        mended = _mended_date(broken) if broken and "\n" not in broken[0] else None
        return (broken.end(), mended) if broken and mended else None
    if "\n" in match[0]:
        return None
    return match.end(), iso(match["d"], match["m"], match["y"])


def read_year(text: str, at: int) -> tuple[int, str] | None:
    """The year that follows `at` (`năm 2015`, `(2017)`) as (end, year)."""
    match = _YEAR.match(text, at)
    return (match.end(), match["y"] or match["b"]) if match and "\n" not in match[0] else None
