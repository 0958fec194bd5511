"""The authority register: a code or a name, a day and a place in; the organ of that day, those before and after, out.

Rows of `organs.tsv` (DOMAIN.md 3 and 1.8). A code may have had several meanings (`BNV`: until 1998 the
ministry of the police, from 2002 that of civil servants) and a ministry several names; the day decides, then the level
of the place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches
from functools import lru_cache

from docparse.authority import expanded
from docparse.communes import REDRAWN, communes_after, province_of_commune
from docparse.places import fold, latin, province_named, province_of_district, provinces
from docparse.tables import Tables
from docparse.territory import changes, ended, joined, kind_on, province_today, provinces_after, provinces_before, stood

__all__ = [
    "Body",
    "Place",
    "bodies",
    "candidates_at",
    "meanings",
    "nearest",
    "organ_at",
    "place_of",
    "predecessors",
    "successor_today",
    "successors",
]  # fmt: skip

TODAY = "9999-12-31"
"""The day after all changes that the register knows."""
_MERGERS = "1976"
"""Before that year the southern provinces are not in the table of changes."""
_KINDS = {
    "tỉnh": "province", "thành phố": "province", "huyện": "district", "quận": "district", "thị xã": "district",
    "xã": "commune", "phường": "commune", "thị trấn": "commune", "đặc khu": "commune",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Place:
    """Where an organ is: its own unit (`kind` and `name`), its level, the province around a smaller one, and the
    district around a commune where it is known."""

    name: str
    kind: str
    level: str
    province: str | None
    district: str | None = None


@dataclass(frozen=True, slots=True)
class Body:
    """An organ in one period of its life: `since` and `until` are ISO days, months or years, both inside; `placed`
    when it is one of a kind and needs a place; `successors` are ids, the main one first; `source` says how sure it is.
    """

    id: str
    code: str | None
    codes: tuple[str, ...]
    name: str
    names: tuple[str, ...]
    world: str
    level: str | None
    kind: str | None
    placed: bool
    since: str | None
    until: str | None
    successors: tuple[str, ...]
    source: str
    place: Place | None = None

    def stood(self, day: str) -> bool:
        """Whether the organ existed on that day (a month or a year without a day counts whole)."""
        return (not self.since or self.since[: len(day)] <= day) and (not self.until or day <= self.until + "~")

    @property
    def full_name(self) -> str:
        """The name with its place: `Ủy ban nhân dân tỉnh Bình Dương`, `Thành ủy Hà Nội`, `Sở Nội vụ tỉnh Lâm Đồng`."""
        if self.place is None:
            return self.name
        kind, name = self.place.kind, self.place.name
        words = self.name.removesuffix(" thuộc tỉnh")
        if self.world == "party" and re.search(r"(?:Tỉnh|Thành|Huyện|Quận|Thị) ủy$|Tỉnh đoàn$", words):
            if kind == "thành phố":
                words = re.sub(r"(?:Tỉnh|Huyện) (ủy|đoàn)$", r"Thành \1", words)
            return f"{words} {name}"
        if words in ("Tỉnh đoàn", "Huyện đoàn"):
            return f"{'Thành đoàn' if kind == 'thành phố' else words} {name}"
        for word in _KINDS:
            words = words.removesuffix(f" {word}")
        return f"{words} {kind} {name}"


def _key(name: str) -> str:
    """Comparison form of a name: abbreviations written out, no tone marks, no capitals, no dashes or commas."""
    plain = fold(expanded(unicodedata.normalize("NFC", name))).lower()
    return " ".join(re.sub(r"[\s,.–—-]+", " ", plain).split())


def _code(code: str) -> str:
    return re.sub(r"[\s.]+", "", latin(unicodedata.normalize("NFC", code))).upper()


@lru_cache(maxsize=1)
def bodies() -> Mapping[str, Body]:
    """All organs of the register by id, in its order."""
    out = {}
    for row in Tables.default().rows("organs"):
        codes = tuple(c for c in (row["code"], *row["variants"].split(",")) if c)
        out[row["id"]] = Body(
            row["id"],
            row["code"] or None,
            codes,
            row["name"],
            tuple(n for n in row["names"].split("|") if n),
            row["world"],
            row["level"] or None,
            row["kind"] or None,
            row["place"] == "yes",
            row["from"] or None,
            row["to"] or None,
            tuple(i for i in row["successor"].split(",") if i),
            row["source"],
        )
    return out


@lru_cache(maxsize=1)
def _index() -> tuple[Mapping[str, tuple[Body, ...]], Mapping[str, tuple[Body, ...]]]:
    codes: dict[str, list[Body]] = {}
    names: dict[str, list[Body]] = {}
    for body in bodies().values():
        for code in dict.fromkeys(map(_code, body.codes)):
            codes.setdefault(code, []).append(body)
        for name in dict.fromkeys(map(_key, (body.name, *body.names))):
            names.setdefault(name, []).append(body)
    return {k: tuple(v) for k, v in codes.items()}, {k: tuple(v) for k, v in names.items()}


_PLACE = re.compile(
    r"^(?:(?P<kind>tỉnh|thành phố|TP\.?|huyện|quận|thị xã|TX\.?|xã|phường|thị trấn|đặc khu)\s+)?(?P<name>\S.*)$", re.I
)


def place_of(words: str, day: str = TODAY) -> Place | None:
    """The place that words name: `Bình Dương`, `thành phố Hà Nội`, `huyện Lạc Dương, Lâm Đồng`, `xã Đạ Sar, Lâm Đồng`.
    A bare name is a province, or a district that only one province had; else None."""
    inner, _, outer = expanded(words).partition(",")
    match = _PLACE.match(inner.strip())
    if match is None:
        return None
    kind = (match["kind"] or "").lower()
    name = match["name"].strip()
    around = province_named(outer.split(",")[-1].strip()) if outer.strip() else None
    found = province_named(name)
    if found is not None and kind in ("", "tỉnh", "thành phố") and around in (None, found):
        return Place(found.name, kind_on(found.name, day) or found.kind, "province", None)
    if kind in _KINDS:
        level = "district" if kind == "thành phố" else _KINDS[kind]
        district = outer.split(",")[0].strip() if level == "commune" else ""
        if not province_of_district(district) and (around is None or "," not in outer):
            district = ""
        around = around or (province_of_district(district) if district else None)
        if level == "commune" and around is None and day >= REDRAWN:
            around = province_of_commune(f"{kind} {name}")
        elif level != "commune":
            around = around or province_of_district(f"{kind} {name}")
        return Place(name, kind, level, around.name if around else None, district or None)
    of = around or province_of_district(name)
    return Place(name, "huyện", "district", of.name) if of else None


_COMMITTEE = re.compile(r"^(?:.*\b)?(?P<word>tinh|thanh|huyen|quan|thi) (?:uy|doan)(?= \S)")
_OF = {"tinh": "tỉnh", "thanh": "thành phố", "huyen": "huyện", "quan": "quận", "thi": "thị xã"}


@lru_cache(maxsize=1)
def _tail() -> re.Pattern[str]:
    names = {fold(p.name).lower() for p in provinces()}
    known = "|".join(re.escape(n) for n in sorted(names, key=len, reverse=True))
    kinds = "|".join(fold(kind) for kind in _KINDS)
    return re.compile(rf" (?:(?P<kind>{kinds}) (?P<unit>(?!uy\b|hoi\b)\S.*)|(?P<bare>{known}))$")


def _parted(words: str) -> Iterable[tuple[str, str | None]]:
    """Ways to read a name: whole, or an organ and the place after it (`Sở Nội vụ` and `tỉnh Bình Dương`)."""
    name = " ".join(expanded(unicodedata.normalize("NFC", words)).split())
    yield name, None
    plain = fold(name).lower()
    if match := _COMMITTEE.match(plain):
        yield name[: match.end()], f"{_OF[match['word']]} {name[match.end() + 1 :]}"
    elif match := _tail().search(plain):
        place = name[match.start() + 1 :]
        if match["kind"]:
            yield name[: match.start("unit") - 1], place
        yield name[: match.start()], place


def _fitting(found: Iterable[Body], day: str, place: Place | None) -> list[Body]:
    """The organs of that day, those of the place's level first, then whole kinds, then central ones."""
    alive = [body for body in found if body.stood(day)]
    if place is None:
        return alive

    def rank(body: Body) -> int:
        if not body.placed:
            return 2
        if body.level != place.level:
            return 1 if body.level is None else 9
        words = f"{body.name} {' '.join(body.names)}".lower()
        own = re.search(rf"\b{place.kind}\b", words) or not re.search(r"\b(?:thị trấn|phường|xã|quận)\b", words)
        party = place.kind in ("quận", "thị xã") and re.search(r"\b(?:huyện|thành) ủy\b", words)
        return 3 if party else 0 if own else 1

    ranked = sorted(alive, key=rank)
    return [replace(b, place=place) if b.placed else b for b in ranked if rank(b) < 9]


@lru_cache(maxsize=8192)
def candidates_at(name_or_code: str, date: str, place: str | None = None) -> tuple[Body, ...]:
    """All organs of that day (ISO) that the code or name may mean, the likeliest first; of a place, if one is given or
    stands in the name. A province that did not exist that day has none."""
    codes, names = _index()
    where = place_of(place, date) if place else None
    by_code = codes.get(_code(name_or_code)) or codes.get(re.sub(r"K?\d+$", "", _code(name_or_code)))
    found: list[Body] = []
    if by_code and " " not in name_or_code.strip():
        found = _fitting(by_code, date, where)
    for organ, words in () if found else _parted(name_or_code):
        if known := names.get(_key(organ)):
            inner = place_of(words, date) if words else None
            if words and inner is None:
                continue
            found = _fitting(known, date, inner or where)
        if found:
            break
    return tuple(b for b in found if b.place is None or b.place.level != "province" or stood(b.place.name, date))


def meanings(name_or_code: str, place: str | None = None) -> tuple[Body, ...]:
    """All organs that a code or name ever meant, each in its own time, the oldest first; of a place, if one is given
    or stands in the name."""
    codes, names = _index()
    known = [*codes.get(_code(name_or_code), ())]
    for organ, _ in _parted(name_or_code):
        known += names.get(_key(organ), ())
    days = {_whole_day(edge) for body in known for edge in (body.since, body.until or TODAY) if edge}
    days |= {day for change in changes() for day in (change.day, f"{change.day[:8]}00")}  # each and before it
    found = {
        body.id: body for day in sorted(days) for body in (candidates_at(name_or_code, day, place) if known else ())
    }
    return tuple(sorted(found.values(), key=lambda body: (body.since or "", body.until or "~")))


def _whole_day(edge: str) -> str:
    """A day within a period's first or last day, month or year."""
    return edge + "-06-15"[len(edge) - 4 :] if len(edge) < 10 else edge


def nearest(name: str, count: int = 3) -> tuple[str, ...]:
    """Names in the register that look most like the given one."""
    _, names = _index()
    found = get_close_matches(_key(name), list(names), count, 0.6)
    return tuple(dict.fromkeys(names[key][0].name for key in found))


def organ_at(name_or_code: str, date: str, place: str | None = None) -> Body | None:
    """The organ that a code (`BNN`) or a name in any case and tone placement means on a day (ISO); None when none of
    that name stood that day. `candidates_at` gives the other meanings."""
    found = candidates_at(name_or_code, date, place)
    return found[0] if found else None


def _in(body: Body, province: str, day: str) -> Body:
    return replace(body, place=Place(province, kind_on(province, day) or "tỉnh", "province", None))


def _province(organ: Body) -> str | None:
    """The province that the organ is of, or whose district or commune it is of."""
    if organ.place is None:
        return None
    return organ.place.name if organ.place.level == "province" else organ.place.province


def successors(organ: Body) -> tuple[Body, ...]:
    """The organs that took over when this one or its province ended, the main one first. Of a district's organs the
    kind of body is given without a place: many communes share it."""
    out = []
    province = _province(organ)
    for body in (bodies()[i] for i in organ.successors):
        if province is not None and body.placed and body.level == "province":
            day = max(body.since or "", organ.until or "")
            now = provinces_after(province, organ.until or "", day)
            out.append(_in(body, now[0], day))
        else:
            out.append(replace(body, place=organ.place) if body.placed and body.level == organ.level else body)
    if not out and province is not None and organ.level in (None, "province") and (end := ended(province)):
        out = [_in(bodies()[organ.id], name, end.day) for name in end.after]
    return tuple(out)


def predecessors(organ: Body) -> tuple[Body, ...]:
    """The organs whose work this one took over when they, or their provinces, ended."""
    province = _province(organ)
    out = []
    for body in bodies().values():
        if organ.id in body.successors:
            if province is not None and body.placed and body.level == organ.level == "province":
                day = body.until or ""
                same = day < _MERGERS or stood(province, day)
                out += [_in(body, n, day) for n in ((province,) if same else provinces_before(province, TODAY, day))]
            else:
                out.append(replace(body, place=organ.place) if body.placed and body.level == organ.level else body)
    if province is not None and organ.level in (None, "province"):
        out += [
            _in(bodies()[organ.id], name, change.day)
            for name, change in joined(province)
            if change.day >= (organ.since or "")
        ]
    return tuple(out)


def successor_today(organ: Body, date: str = "") -> Body | None:
    """The organ that does this one's work now, in the province or commune that its own has become: itself when it
    stands, None when nothing took over. Of a district's organs the kind of body is given without a place; so of a
    commune's of before the redrawing (01/7/2025) that is not known. `date` is the day of the question."""
    body, seen = organ, {organ.id}
    while body.until is not None:
        following = [i for i in body.successors if i not in seen]
        if not following:
            return None
        body = bodies()[following[0]]
        seen.add(body.id)
    province = _province(organ)
    if not body.placed or organ.place is None:
        return replace(body, place=None)
    if province is not None and (body.level == "province" or organ.place.level == "province"):
        return _in(body, province_today(province), TODAY)
    if organ.place.level != "commune":
        return replace(body, place=None)
    if date >= REDRAWN:
        return replace(body, place=organ.place)
    now = communes_after(f"{organ.place.kind} {organ.place.name}", province, organ.place.district)
    if not now:
        return replace(body, place=None)
    return replace(body, place=Place(now[0].bare, now[0].kind, "commune", now[0].province))
