"""Recurrence: the words of a repeated time (`hằng tháng, quý, năm`, `2 lần/năm`) go in, an RFC 5545 RRULE comes out."""

from __future__ import annotations

import re
from collections.abc import Iterable

NUMBERS = {
    "một": 1, "mỗi": 1, "hằng": 1, "hàng": 1, "cả": 1, "l": 1, "I": 1, "hai": 2, "ba": 3, "bốn": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "tám": 8, "chín": 9, "mười": 10, "mười hai": 12, "mười lăm": 15, "hai mươi": 20, "ba mươi": 30,
    "bốn mươi lăm": 45, "sáu mươi": 60, "chín mươi": 90,
}  # fmt: skip
MONTHS = {"năm": 12, "quý": 3, "tháng": 1}
QUARTERS = {"I": 1, "II": 2, "III": 3, "IV": 4, "1": 1, "2": 2, "3": 3, "4": 4}

_ITEM = re.compile(
    r"(?:(?P<n>\d{1,2}|hằng|hàng|mỗi|cả|một|hai|ba|sáu|chín)\s)?(?P<unit>năm|quý|tháng|tuần|ngày)\b(?!\smột)",
    re.IGNORECASE,
)
_EVERY_FEW_YEARS = re.compile(r"(?P<n>\d{1,2}|hai|ba|năm) năm một lần", re.IGNORECASE)
_DAY = re.compile(r"ngày (?P<d>\d{1,2})(?:(?:/|\stháng\s)(?P<m>\d{1,2}))?")
_QUARTER = re.compile(r"(?P<end>cuối\s)?quý\s(?P<q>IV|I{1,3}|[1-4])\b")
_MONTH = re.compile(r"tháng\s(?P<m>\d{1,2})\b")


def number(word: str | None, absent: int = 1) -> int:
    """A number in digits or words (`06`, `sáu`); `absent` for none."""
    if not word:
        return absent
    return int(word) if word.isdigit() else NUMBERS.get(word, NUMBERS.get(word.lower(), absent))


def every_months(months: int) -> str:
    """The rule of what happens every so many months."""
    if months % 12 == 0:
        return "FREQ=YEARLY" if months == 12 else f"FREQ=YEARLY;INTERVAL={months // 12}"
    return "FREQ=MONTHLY" if months == 1 else f"FREQ=MONTHLY;INTERVAL={months}"


def cycle_rule(items: str) -> str:
    """The rule of a list of cycles: of several the shortest, since it holds the others; half-yearly and yearly together
    are the halves of the year (CONTRACT.md, Deadlines)."""
    months: set[int] = set()
    short: list[str] = []
    rest = items
    for match in _EVERY_FEW_YEARS.finditer(items):
        months.add(12 * number(match["n"]))
        rest = rest.replace(match[0], "", 1)
    for match in _ITEM.finditer(rest):
        unit = match["unit"].lower()
        if unit in MONTHS:
            months.add(MONTHS[unit] * number(match["n"]))
        else:
            short.append(unit)
    if "ngày" in short:
        return "FREQ=DAILY"
    if "tuần" in short:
        return "FREQ=WEEKLY"
    if months == {6, 12}:
        return "FREQ=YEARLY;BYMONTH=6,12"
    return every_months(min(months, default=12))


def times_rule(times: int, span: int, unit: str) -> str:
    """The rule of so many times in so many units: `2 lần/năm` is every six months, `06 tháng/01 lần` too."""
    if unit == "tuần":
        return "FREQ=WEEKLY" if span == 1 else f"FREQ=WEEKLY;INTERVAL={span}"
    months = MONTHS[unit] * max(span, 1)
    times = max(times, 1)
    if months % times == 0:
        return every_months(months // times)
    return every_months(1) if months < times else every_months(max(1, round(months / times)))


def yearly(days: Iterable[tuple[int, int]]) -> str | None:
    """The rule of days of the year, as (day, month) pairs; None for a day that no year has."""
    dates = list(days)
    if not dates or any(not (1 <= m <= 12 and 1 <= d <= _LONGEST[m - 1]) for d, m in dates):
        return None
    by_day = {d for d, _ in dates}
    months = ",".join(str(m) for m in sorted({m for _, m in dates}))
    return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={','.join(str(d) for d in sorted(by_day))}"


_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def narrowed(rule: str, when: str) -> str:
    """A rule with the day or month that a bracket after it adds: `hằng quý (trước ngày 15 của tháng kế tiếp)`."""
    day = _DAY.search(when)
    if day is not None and day["m"]:
        return yearly([(int(day["d"]), int(day["m"]))]) or rule
    if day is not None and 1 <= int(day["d"]) <= 31:
        if "tháng cuối" in when:
            return monthly_on(int(day["d"]), "quý") or rule
        return f"{rule};BYMONTHDAY={int(day['d'])}"
    quarter = _QUARTER.search(when)
    if quarter is not None and rule == "FREQ=YEARLY":
        last = 3 * QUARTERS[quarter["q"]]
        return f"{rule};BYMONTH={last}" if quarter["end"] else f"{rule};BYMONTH={last - 2},{last - 1},{last}"
    month = _MONTH.search(when)
    if month is not None and rule == "FREQ=YEARLY" and 1 <= int(month["m"]) <= 12:
        return f"{rule};BYMONTH={int(month['m'])}"
    return rule


def monthly_on(day: int, every: str) -> str | None:
    """The rule of a day of every month, or of a quarter's first or last; None for a day that no month has."""
    if not 1 <= day <= 31:
        return None
    if "quý" in every or "cuối" in every or "đầu" in every:
        months = "1,4,7,10" if "đầu" in every else "3,6,9,12"
        return f"FREQ=YEARLY;BYMONTH={months};BYMONTHDAY={day}"
    return f"FREQ=MONTHLY;BYMONTHDAY={day}"


_WEEKDAYS = {
    "hai": "MO", "2": "MO", "ba": "TU", "3": "TU", "tư": "WE", "4": "WE", "năm": "TH", "5": "TH", "sáu": "FR",
    "6": "FR", "bảy": "SA", "7": "SA", "nhật": "SU",
}  # fmt: skip


def weekly_on(day: str | None) -> str:
    """The rule of a day of every week (`thứ Sáu`, `Chủ nhật`); of every day for none."""
    return f"FREQ=WEEKLY;BYDAY={_WEEKDAYS[day.split()[-1].lower()]}" if day else "FREQ=DAILY"
