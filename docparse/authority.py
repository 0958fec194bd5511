"""The authority file: what a type word, an organ's code and a body's name mean.

In: words as written and the place of the document at hand. Out: types, organs, canonical names, slugs and places.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from docparse.model import Document, Field
from docparse.places import (
    Province,
    fold,
    latin,
    place_key,
    province_in,
    province_named,
    province_of,
    province_of_district,
    province_of_districts_in,
    provinces,
    slug,
)
from docparse.tables import Tables
from docparse.territory import kind_on

__all__ = [
    "Context", "DocType", "Organ", "Province", "authority_path", "context_of", "doc_type", "doc_types", "expanded",
    "fold", "full_name", "latin", "names_of", "organ_of_code", "organs", "place_key", "province_in", "province_named",
    "province_of", "provinces", "slug", "type_of_code", "type_words",
    "without_office",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class DocType:
    """A type of document: `code` of docparse/1 (`QyĐ`), `symbol` in a printed number (`QĐ`), slug, who issues it."""

    code: str
    name: str
    slug: str
    symbol: str
    worlds: frozenset[str]
    titled: bool


@dataclass(frozen=True, slots=True)
class Organ:
    """An issuing organ by its code; `placed` when the code alone does not tell which one."""

    code: str
    name: str
    world: str
    level: str | None
    placed: bool
    since: str | None
    until: str | None


@dataclass(frozen=True, slots=True)
class Context:
    """The document at hand: who issues it, on which level and where, in which system and when (ISO date)."""

    issuer: str | None = None
    level: str | None = None
    province: str | None = None
    district: str | None = None
    system: str | None = None
    date: str | None = None


@lru_cache(maxsize=1)
def _types() -> tuple[tuple[str, DocType], ...]:
    out = []
    for row in Tables.default().rows("doc_types"):
        worlds = frozenset(row["worlds"].split(","))
        found = DocType(
            row["code"], row["name"], row["slug"], row["symbol"] or row["code"], worlds, row["title"] == "yes"
        )
        out.append((row["name"], found))
    return tuple(sorted(out, key=lambda pair: -len(pair[0])))


def doc_types() -> tuple[DocType, ...]:
    """All types of the table."""
    return tuple(dict.fromkeys(found for _, found in _types()))


def type_words() -> tuple[str, ...]:
    """All type words as written in a sentence (`Chỉ thị`), longest first, for building expressions."""
    return tuple(word for word, _ in _types())


@lru_cache(maxsize=1)
def _types_by_word() -> Mapping[str, DocType]:
    return {fold(word).lower(): found for word, found in reversed(_types())}


@lru_cache(maxsize=1)
def _types_by_code() -> Mapping[str, DocType]:
    out: dict[str, DocType] = {}
    for row, (_, found) in zip(Tables.default().rows("doc_types"), _rows_in_order(), strict=True):
        for code in (row["code"], *row["variants"].split(",")):
            if code:
                out.setdefault(_code_key(code), found)
    return out


def _rows_in_order() -> list[tuple[str, DocType]]:
    by_name = dict(_types())
    return [(row["name"], by_name[row["name"]]) for row in Tables.default().rows("doc_types")]


def _code_key(code: str) -> str:
    return re.sub(r"[\s.]+", "", latin(unicodedata.normalize("NFC", code))).upper().replace("Ð", "Đ")


@lru_cache(maxsize=4096)
def doc_type(word: str, system: str | None = None) -> DocType | None:
    """The type that a type word names, whatever its case, tone marks or line breaks; the longest
    word that `word` begins with counts. A word has one type in every `system`: it is codes that have two meanings."""
    plain = " ".join(fold(word).lower().split())
    table = _types_by_word()
    if plain in table:
        return table[plain]
    for name in sorted(table, key=len, reverse=True):
        if plain.startswith(name) and not plain[len(name) : len(name) + 1].isalnum():
            return table[name]
    return None


@lru_cache(maxsize=4096)
def type_of_code(code: str, system: str | None = None) -> DocType | None:
    """The type that a code in a number stands for, variants and OCR slips folded (`QD`, `CTR`); `TT` is a Thông tri in
    the Party and a Thông tư in the State."""
    key = _code_key(code)
    if key == "TT" and system in ("party", "mass_organization"):
        return doc_type("Thông tri")
    found = _types_by_code().get(key)
    if found is None:
        plain = fold(key)
        found = next((t for k, t in _types_by_code().items() if fold(k) == plain), None)
    return found


@lru_cache(maxsize=1)
def _organs() -> Mapping[str, Organ]:
    out: dict[str, Organ] = {}
    for row in Tables.default().rows("organs"):
        organ = Organ(
            row["code"],
            row["name"],
            row["world"],
            row["level"] or None,
            row["place"] == "yes",
            row["from"] or None,
            row["to"] or None,
        )
        for code in (row["code"], *row["variants"].split(",")):
            if code:
                out.setdefault(_code_key(code), organ)
    return out


# an advisory organ of the Party appends the code of its committee: BTC + HU (DOMAIN.md 3.1)
_ADVISORY = {
    "BTGDV": "Ban Tuyên giáo và Dân vận", "UBKT": "Ủy ban Kiểm tra", "BTC": "Ban Tổ chức", "BTG": "Ban Tuyên giáo",
    "BDV": "Ban Dân vận", "BNC": "Ban Nội chính", "BXDĐ": "Ban Xây dựng Đảng", "VP": "Văn phòng", "BCĐ": "Ban Chỉ đạo",
    "TT": "Thường trực", "BTV": "Ban Thường vụ",
}  # fmt: skip
_COMMITTEES = {"TW": "Trung ương", "TU": "Tỉnh ủy", "HU": "Huyện ủy", "QU": "Quận ủy", "THU": "Thị ủy", "ĐU": "Đảng ủy"}
_LEVELS = {"TW": "central", "TU": "province", "HU": "district", "QU": "district", "THU": "district", "ĐU": "commune"}


@lru_cache(maxsize=4096)
def organ_of_code(code: str) -> Organ | None:
    """The organ that a code stands for: terms (`QH15`) and topics (`BCĐ389`) are cut off, a unit after the organ
    (`UBND-VX`) is left out, a Party office is read with its committee (`BTCHU`)."""
    key = _code_key(code)
    table = _organs()
    for candidate in (key, re.split(r"[-/]", key)[0], re.sub(r"K?\d+.*$", "", re.split(r"[-/]", key)[0])):
        if candidate in table:
            return table[candidate]
    key = re.split(r"[-/]", key)[0]
    if re.match(r"BCĐ\w", key):  # a steering committee's code says its topic: BCĐBVMT
        return table["BCĐ"]
    for suffix, committee in _COMMITTEES.items():
        office = _ADVISORY.get(key.removesuffix(suffix)) if key.endswith(suffix) else None
        if office:
            level = _LEVELS[suffix]
            return Organ(code, f"{office} {committee}", "party", level, level != "central", None, None)
    return None


def context_of(doc: Document) -> Context:
    """The context that the header's claims give; empty for a document without a header."""
    fields: dict[str, str] = {}
    for a in doc.of_kind(Field):
        if isinstance(a.value, Field) and a.value.name.startswith("header."):
            fields.setdefault(a.value.name.removeprefix("header."), a.value.value)
    province = district = None
    for part in (fields.get("issuer.place") or "").split(", "):
        found = province_named(part) if part else None
        if found is not None:
            province = found.name
        elif part:
            district = part
    if province is None and fields.get("issuer.level") != "central":
        near = province_of_district(district) if district else None
        if near is None and doc.kind == "press":  # a report has no letterhead; what it reports on has its place in it
            near = province_of_districts_in(doc.text) or province_in(doc.text)
        province = near.name if near else None
    return Context(
        fields.get("issuer.name"),
        fields.get("issuer.level"),
        province,
        district,
        fields.get("system"),
        fields.get("date"),
    )


_CAPITALS = "A-ZĐ" + "".join(
    unicodedata.normalize("NFC", base + mark + tone)
    for bases, marks in (("A", "\u0302\u0306"), ("EO", "\u0302"), ("OU", "\u031b"), ("IY", ""))
    for base in bases
    for mark in ("", *marks)
    for tone in ("", "\u0301", "\u0300", "\u0309", "\u0303", "\u0323")
    if mark + tone
)


@lru_cache(maxsize=1)
def _shorts() -> tuple[re.Pattern[str], Mapping[str, str]]:
    table = {row["short"]: row["full"] for row in Tables.default().rows("organ_words")}
    names = "|".join(re.escape(s) for s in sorted(table, key=len, reverse=True))
    # in capitals `TƯ` and `TU` are syllables (BỘ TƯ PHÁP, BỘ TƯ LỆNH, ĐẦU TƯ) unless they end the name
    return re.compile(rf"(?<![\w&])(?<!ĐẦU )(?!T[ƯU]\s+[{_CAPITALS}]{{2}})(?:{names})(?![\w&])"), table


def expanded(words: str) -> str:
    """The words with the abbreviations of organs written out (`UBND` becomes `Ủy ban nhân dân`), spaces single."""
    pattern, table = _shorts()
    full = pattern.sub(lambda m: table[m[0]], words)
    full = re.sub(r"\bUỷ\b", "Ủy", re.sub(r"\buỷ\b", "ủy", full))
    return " ".join(full.split())


_PROVINCE_END = re.compile(r"(?:^|\s)(?P<level>tỉnh|Tỉnh|thành phố|Thành phố)$")
_DISTRICT_END = re.compile(r"(?:^|\s)(?P<level>huyện|thị xã|quận|Huyện|Thị xã|Quận)$")
_COMMUNE_END = re.compile(r"(?:^|\s)(?P<level>xã|phường|đặc khu|thị trấn)$")
_MANY = re.compile(r"(?i)(?:^|\s)(?:các|những|mọi|cấp|từng|mỗi)\s+(?:\S+\s+){0,6}\S*$")
_PROVINCIAL = re.compile(r"^(?:(?:Phó )?Giám đốc )?Sở [A-ZĐ]")


def full_name(body_words: str, context: Context) -> str:
    """The full canonical name of a body as this document means it (CONTRACT.md, `bodies.name`).

    `UBND tỉnh` issued in Lâm Đồng is `Ủy ban nhân dân tỉnh Lâm Đồng`, `Tỉnh ủy` is `Tỉnh ủy Lâm Đồng`, `Sở Nội vụ` is
    `Sở Nội vụ tỉnh Lâm Đồng`. Collective and central bodies, and a name with its place, are only written out.
    """
    name = expanded(body_words).strip(" .,;:")
    if not name:
        return name
    province = province_named(context.province) if context.province else None
    kind = _kind(province, context.date) if province is not None else None
    many = _MANY.search(name) is not None
    if province is not None and not many:
        if re.search(r"\b(?:Tỉnh ủy|Thành ủy|Tỉnh đoàn|Thành đoàn|Tỉnh Đoàn)$", name):
            if context.level != "district" or not name.endswith(("Thành ủy", "Thành đoàn")):
                return f"{name} {_place(province)}"
        elif match := _PROVINCE_END.search(name):
            if match["level"].lower() == kind:
                return f"{name} {province.name}"
        elif (
            _PROVINCIAL.match(name) and province_in(name) is None and "," not in name.replace("Văn hóa, Thể thao", "")
        ) or (
            re.fullmatch(r"(?:Đoàn đại biểu Quốc hội|Cục Thuế|Cục Thống kê|Cục Hải quan)", name)
            and context.level != "central"
        ):
            return f"{name} {kind} {province.name}"
    if context.district and not many:
        district = re.sub(r"^(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)\s+", "", context.district)
        if _DISTRICT_END.search(name) and context.level in (None, "district"):
            return f"{name} {district}"
        if _COMMUNE_END.search(name) and context.level == "commune":
            return f"{name} {district}"
        if re.search(r"\b(?:Huyện ủy|Quận ủy|Thị ủy|Thành ủy)$", name) and context.level in (None, "district"):
            return f"{name} {district}"
        if name.endswith("Đảng ủy") and context.level == "commune":
            return f"{name} {context.district}"
    if name in ("Ủy ban nhân dân", "Hội đồng nhân dân") and context.issuer and context.issuer.startswith(name):
        return context.issuer
    return name


def _kind(province: Province, date: str | None) -> str:
    """`tỉnh` or `thành phố`, as the province was on the document's day (Cần Thơ was a tỉnh until 2003)."""
    return (kind_on(province.name, date) if date else None) or province.kind


def _place(province: Province) -> str:
    return "Thành phố Hồ Chí Minh" if province.name == "Hồ Chí Minh" else province.name


_OFFICE = re.compile(
    r"^(?:Phó |Quyền )?(?:Chủ tịch|Bộ trưởng|Thứ trưởng|Giám đốc|Chủ nhiệm|Chánh|Cục trưởng|Vụ trưởng|Trưởng"
    r"|Viện trưởng|Thống đốc|Hiệu trưởng|Bí thư|Tổng cục trưởng|Thủ trưởng|Tổng Thanh tra)\s+(?=[A-ZĐỦ]|các )"
)


def without_office(name: str) -> str:
    """The organ of an office: `Bộ trưởng Bộ Tư pháp` is the Bộ Tư pháp."""
    return _OFFICE.sub("", name)


_ORGAN_OF_PARTY = re.compile(
    r"^(?:Ban Thường vụ|Ban Chấp hành|Thường trực|Thường vụ|Ban Chấp hành Đảng bộ|BTV|BCH)\s+"
    r"(?=(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) (?:ủy|bộ))"
)
_LEVEL_PLACE = re.compile(
    r"\s+(?P<kind>tỉnh|thành phố|TP\.?|huyện|quận|thị xã|xã|phường|thị trấn|đặc khu)\s+(?P<place>[A-ZĐ][^,;()]*|\d+)$",
    re.IGNORECASE,
)


def authority_path(issuer: str, context: Context) -> tuple[tuple[str, ...], str]:
    """The places and the authority of a URN:LEX name (CONTRACT.md, Canonical ids): outermost place first.

    A person in office is the organ (`Bộ trưởng Bộ Tư pháp`: bo.tu.phap; `Chủ tịch Ủy ban nhân dân`: uy.ban.nhan.dan,
    one number series), a standing committee is its committee (`Ban Thường vụ Tỉnh ủy`: tinh.uy).
    """
    name = full_name(issuer, context)
    name = re.sub(r"\s*\(?kh[óo]a\s+[IVXLC\d]+\)?", "", name)
    name = _ORGAN_OF_PARTY.sub("", _OFFICE.sub("", name))
    name = re.sub(
        r"^Đảng bộ (tỉnh|thành phố|huyện)",
        lambda m: {"tỉnh": "Tỉnh ủy", "huyện": "Huyện ủy"}.get(m[1], "Thành ủy"),
        name,
    )
    places: list[str] = []
    if match := _LEVEL_PLACE.search(name):
        places = _places(match["kind"].lower(), match["place"].strip(), context)
        name = name[: match.start()]
    elif match := re.match(
        r"^(?P<head>.*\b(?:Tỉnh|Thành|Huyện|Quận|Thị|Đảng) (?:ủy|đoàn|Đoàn))\s+(?P<place>[A-ZĐ].*)$", name
    ):
        level = "tỉnh" if re.search(r"\bTỉnh (?:ủy|đoàn|Đoàn)$", match["head"]) else "huyện"
        if province_named(match["place"]) is not None:
            level = "tỉnh"
        places = _places(level, match["place"].strip(), context)
        name = match["head"]
    return tuple(places), slug(name)


def _places(kind: str, place: str, context: Context) -> list[str]:
    found = province_named(place)
    if found is not None and kind in ("tỉnh", "thành phố", "tp", "tp."):
        return [slug(found.name)]
    inner = re.sub(r"^(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)\s+", "", place)
    return [*([slug(context.province)] if context.province else []), slug(inner)]


def names_of(organs: Iterable[Organ]) -> tuple[str, ...]:
    """The names of organs, longest first, for building expressions."""
    return tuple(sorted({o.name for o in organs}, key=len, reverse=True))


def organs() -> tuple[Organ, ...]:
    """All organs of the table."""
    return tuple(dict.fromkeys(_organs().values()))
