"""The issuer in the authority register: its name, place and the document's date in; the organ of that day, and what
does its work now, out (docs/authority-register.md)."""

from __future__ import annotations

import re

from docparse.authority import without_office
from docparse.communes import REDRAWN, province_of_commune
from docparse.places import Province, province_of_district
from docparse.register import Body, meanings, organ_at, successor_today
from docparse.segment.issuer import Issuer

_UNIT = re.compile(
    r"\b(?:(?P<kind>huyện|quận|thị xã|thành phố|(?<!thị )xã|phường|đặc khu)|(?P<committee>Huyện|Quận|Thị|Thành) ủy)"
    r" (?P<name>[A-ZĐ0-9][^,]*)"
)
_OF = {"Huyện": "huyện", "Quận": "quận", "Thị": "thị xã", "Thành": "thành phố"}


def province_of_unit(issuer: Issuer, date: str | None) -> Province | None:
    """The province around a district or commune whose letterhead does not print it, where only one has a unit of that
    kind and name on that day; None else, and where the place says it already."""
    unit = _UNIT.search(issuer.name)
    if unit is None or not issuer.place or "," in issuer.place or not (date or issuer.level == "district"):
        return None
    name = f"{unit['kind'] or _OF[unit['committee']]} {unit['name'].strip()}"
    if issuer.level == "commune":
        return province_of_commune(name) if date and date >= REDRAWN else None
    return province_of_district(name) if issuer.level == "district" else None


def organ_of(issuer: Issuer, date: str | None) -> Body | None:
    """The organ that the issuer was on the document's day; without a date only what the name ever meant alone. An
    office is its organ (`Chủ tịch Ủy ban nhân dân tỉnh …`: one number series)."""
    name = without_office(issuer.name)
    outer = (issuer.place or "").split(", ")[-1]
    if issuer.level in ("district", "commune") and outer and outer not in name:
        name = f"{name}, {outer}"
    if date:
        return organ_at(name, date, issuer.place)
    known = meanings(name, issuer.place)
    return known[0] if len(known) == 1 else None


def successor_of(organ: Body, date: str | None) -> str | None:
    """The name of what does the organ's work now; None where it does so itself, or where nothing took over."""
    now = successor_today(organ, date or "")
    if now is None or (now.id == organ.id and now.place == organ.place):
        return None
    return now.full_name
