"""Communes over time: a commune, ward or town and its province in; what it became on 01/7/2025, and came from, out.

Source: `communes.tsv` (Nghị quyết 76/2025/UBTVQH15 and those of each province). Earlier redrawings are not in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.places import Province, fold, place_key, province_named
from docparse.tables import Tables

REDRAWN = "2025-07-01"
"""The day on which the districts ended and all communes were drawn anew."""
_DISTRICT = re.compile(r"(?:huyện|quận|thị xã|thành phố) ")


@dataclass(frozen=True, slots=True)
class OldUnit:
    """A commune, ward or town of before; `name` None where a district without communes stands alone. `whole` unless
    only its smaller part went to the new one."""

    name: str | None
    district: str
    province: str
    whole: bool


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune, ward or special zone since 01/7/2025: name with its kind, province, code of the General Statistics
    Office, what it was made of."""

    name: str
    province: str
    code: str
    before: tuple[OldUnit, ...]

    @property
    def kind(self) -> str:
        """`xã`, `phường` or `đặc khu`."""
        return "đặc khu" if self.name.startswith("đặc khu") else self.name.split(" ", 1)[0]

    @property
    def bare(self) -> str:
        """The name without its kind."""
        return self.name[len(self.kind) + 1 :]


def _key(name: str) -> str:
    """Comparison form: lower case, one placement of tone marks, dashes as spaces; marks count (Cẩm Giang, Giàng)."""
    plain = unicodedata.normalize("NFC", name).lower().replace("oà", "òa").replace("uỷ", "ủy").replace("hoá", "hóa")
    return re.sub(r"[\s–—-]+", " ", plain).strip(" .,")


def _loose(name: str) -> str:
    return fold(_key(name)).lower()


def _old(cell: str, province: str) -> OldUnit:
    parts = cell.lstrip("~").split("|")
    ward = None if _DISTRICT.match(parts[0]) else parts.pop(0)
    return OldUnit(ward, parts[0], parts[1] if len(parts) > 1 else province, not cell.startswith("~"))


@lru_cache(maxsize=1)
def communes() -> tuple[Commune, ...]:
    """All units of today."""
    return tuple(
        Commune(
            row["name"],
            row["province"],
            row["code"],
            tuple(_old(cell, row["province"]) for cell in row["before"].split(";") if cell),
        )
        for row in Tables.default().rows("communes")
    )


@lru_cache(maxsize=1)
def _today() -> tuple[Mapping[str, tuple[Commune, ...]], Mapping[str, tuple[Commune, ...]]]:
    exact: dict[str, list[Commune]] = {}
    loose: dict[str, list[Commune]] = {}
    for unit in communes():
        exact.setdefault(_key(unit.name), []).append(unit)
        loose.setdefault(_loose(unit.name), []).append(unit)
    return {k: tuple(v) for k, v in exact.items()}, {k: tuple(v) for k, v in loose.items()}


@lru_cache(maxsize=1)
def _became() -> Mapping[str, tuple[tuple[OldUnit, Commune], ...]]:
    out: dict[str, list[tuple[OldUnit, Commune]]] = {}
    for unit in communes():
        for old in unit.before:
            if old.name:
                out.setdefault(_loose(old.name), []).append((old, unit))
    return {k: tuple(v) for k, v in out.items()}


def communes_named(name: str, province: str | None = None) -> tuple[Commune, ...]:
    """The units of today of that name with its kind (`phường Hòa Cường`), in the province where one is given; the marks
    count where they tell two apart."""
    exact, loose = _today()
    found = exact.get(_key(name)) or loose.get(_loose(name), ())
    return tuple(unit for unit in found if province is None or place_key(unit.province) == place_key(province))


def province_of_commune(name: str) -> Province | None:
    """The province of a unit of today (`phường Hòa Cường`); None where several provinces have one, or none."""
    of = {unit.province for unit in communes_named(name)}
    return province_named(of.pop()) if len(of) == 1 else None


def communes_after(name: str, province: str | None = None, district: str | None = None) -> tuple[Commune, ...]:
    """What a commune of before 01/7/2025 became (`xã Lát`, Lâm Đồng, huyện Lạc Dương), the one with its main part
    first; empty where it is unknown, or where what is given fits several communes of the name."""
    found = [
        (old, unit)
        for old, unit in _became().get(_loose(name), ())
        if (province is None or place_key(province) in (place_key(old.province), place_key(unit.province)))
        and (district is None or _loose(_DISTRICT.sub("", district)) == _loose(_DISTRICT.sub("", old.district)))
    ]
    exact = [(old, unit) for old, unit in found if _key(old.name or "") == _key(name)]
    found = exact or found
    if len({(old.name, old.district, old.province) for old, _ in found}) != 1:
        return ()
    return tuple(unit for _, unit in sorted(found, key=lambda pair: not pair[0].whole))
