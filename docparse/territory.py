"""Provinces over time: a name and a day in; what stood there that day, what came before, what came after, out.

Source: `province_changes.tsv` (splits of 1978-2004, Hà Tây in 2008, Nghị quyết 202/2025/QH15).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from docparse.places import province_named
from docparse.tables import Tables

_KIND = re.compile(r"^(tỉnh|thành phố) ")


@dataclass(frozen=True, slots=True)
class Change:
    """One split, merger or new name: the provinces before and after it, the main one first; `day` is its first day."""

    day: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@lru_cache(maxsize=1)
def _kinds() -> dict[str, tuple[tuple[str, str], ...]]:
    """The days on which a province's kind changed."""
    out: dict[str, list[tuple[str, str]]] = {}
    for row in Tables.default().rows("province_changes"):
        for name in row["after"].split("|"):
            if match := _KIND.match(name):
                out.setdefault(name[match.end() :], []).append((row["date"], match[1]))
    return {name: tuple(sorted(days)) for name, days in out.items()}


def _names(cell: str) -> tuple[str, ...]:
    return tuple(_KIND.sub("", name) for name in cell.split("|"))


@lru_cache(maxsize=1)
def changes() -> tuple[Change, ...]:
    """All changes, oldest first."""
    rows = Tables.default().rows("province_changes")
    return tuple(
        sorted((Change(r["date"], _names(r["before"]), _names(r["after"])) for r in rows), key=lambda c: c.day)
    )


def _settled(name: str) -> str | None:
    found = province_named(name)
    return found.name if found else None


def stood(name: str, day: str) -> bool:
    """Whether the province stood that day; unknown names did not."""
    settled = _settled(name)
    if settled is None:
        return False
    alive: bool | None = None
    for change in changes():
        born = settled in change.after and settled not in change.before
        died = settled in change.before and settled not in change.after
        if change.day > day:
            if alive is None and (born or died):
                return died
            continue
        if born or died:
            alive = born
    return alive is not False


def provinces_after(name: str, since: str, day: str) -> tuple[str, ...]:
    """What on `day` is the province of `since`: itself, or those it became, the one with its seat first."""
    settled = _settled(name)
    if settled is None:
        return ()
    now: tuple[str, ...] = (settled,)
    for change in changes():
        if since < change.day <= day:
            moved = [n for old in now for n in (change.after if old in change.before else (old,))]
            now = tuple(dict.fromkeys(moved))
    return now


def provinces_before(name: str, since: str, day: str) -> tuple[str, ...]:
    """What on the earlier `day` was the province of `since`: itself, or those it came from, the main one first."""
    settled = _settled(name)
    if settled is None:
        return ()
    now: tuple[str, ...] = (settled,)
    for change in reversed(changes()):
        if day < change.day <= since:
            moved = [n for new in now for n in (change.before if new in change.after else (new,))]
            now = tuple(dict.fromkeys(moved))
    return now


@lru_cache(maxsize=1024)
def kind_on(name: str, day: str) -> str | None:
    """`tỉnh` or `thành phố`, as the province was that day; None for an unknown name."""
    found = province_named(name)
    if found is None:
        return None
    kinds = [kind for since, kind in _kinds().get(found.name, ()) if since <= day]
    return kinds[-1] if kinds else found.kind


def ended(name: str) -> Change | None:
    """The last change in which the province ended; None when it stands or is unknown."""
    settled = _settled(name)
    if settled is None or stood(settled, "9999"):
        return None
    return next((c for c in reversed(changes()) if settled in c.before and settled not in c.after), None)


def province_today(name: str) -> str:
    """The province that holds the seat of the named one now: itself, or the end of its main line."""
    change = ended(name)
    while change is not None:
        name = change.after[0]
        change = ended(name)
    return name


def joined(name: str) -> tuple[tuple[str, Change], ...]:
    """The other provinces that the named one came from or that became part of it, with the change, oldest first."""
    settled = _settled(name)
    return tuple((b, c) for c in changes() if settled in c.after for b in c.before if b != settled)
