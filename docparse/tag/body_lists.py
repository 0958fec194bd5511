"""Lists of bodies: two names that stand beside each other go in, whether they are one body comes out.

`các sở, ban, ngành` is one body, since the nouns share their quantifier; full names joined by a comma or `và` are
several (CONTRACT.md, Responsible bodies).
"""

from __future__ import annotations

import re

from docparse.values import dataclass

_PERSONS = re.compile(r"tổ chức(?:,| và| hoặc|, và) (?:hộ gia đình, )?(?:cá nhân|công dân)")
_FORCES = frozenset(("Công an", "Quân đội", "Quân sự", "Bộ đội Biên phòng", "Biên phòng", "Kiểm lâm"))
_TOWN_COMMITTEES = frozenset(("Thành ủy", "Thành uỷ", "Thị ủy", "Thị uỷ", "Quận ủy"))
_HEADS_OF_SHARED = re.compile(r"(?:thủ trưởng|người đứng đầu|lãnh đạo)\b", re.IGNORECASE)
_UNDER_A_TITLE = re.compile(r"(?:các|những) (?:đơn vị|cơ quan|tổ chức chính trị|doanh nghiệp nhà nước|phòng)\b")
_UNDER_A_BODY = re.compile(r"thuộc [A-ZĐ]")
# the head of one named organ leads no one else: `Giám đốc Sở Tư pháp các tỉnh và cơ quan, tổ chức có liên quan`
_OF_A_BODY = re.compile(
    r"(?:[Cc]ác )?(?:Phó )?(?:Giám đốc|Cục trưởng|Chủ tịch|Trưởng ban|Trưởng phòng|Chi cục trưởng|Tổng Giám đốc)\s"
    r"(?:(?:Sở|Cục|Chi cục|Ban|Phòng|Kho bạc|Bảo hiểm)\s[A-ZĐ]|Công an|Ủy ban|Uỷ ban|UBND|Hội đồng)"
)
_ANYBODY = re.compile(r"(?:cơ quan|tổ chức|đơn vị|cá nhân)\b")
# the units of a ministry, which are named together: `các Vụ, Cục, Tổng cục`
_UNITS = frozenset(("Vụ", "Cục", "Tổng cục", "Viện", "Chi cục", "Phòng", "Ban", "Trung tâm", "Sở", "Bộ"))
# the usual chain of central agencies (Luật Tổ chức Chính phủ): `các bộ, cơ quan ngang bộ, cơ quan thuộc Chính phủ`
_CENTRAL = re.compile(r"(?:ngang [Bb]ộ|thuộc Chính phủ)$")
_OF_CHAIN = re.compile(r"cơ quan (?:ngang [Bb]ộ|thuộc Chính phủ|khác ở|khác của|,)|cơ quan, đoàn thể|đoàn thể")
_CHAINS = frozenset((("cấp ủy", "tổ chức đảng"), ("cấp uỷ", "tổ chức đảng")))


@dataclass(frozen=True, slots=True)
class Unit:
    """One name as read: its range, whether the nouns that follow may share its head, whether a modifier closed it."""

    start: int
    end: int
    shares: bool
    closed: bool
    title: bool
    group: bool
    noun: str
    bare: bool


def joined(unit: Unit, following: Unit) -> Unit:
    """The two as one name."""
    bare = unit.bare and following.bare
    return Unit(unit.start, following.end, unit.shares, following.closed, unit.title, unit.group, unit.noun, bare)


def joins(quantifier: re.Pattern[str], text: str, unit: Unit, following: Unit) -> bool:
    """Whether the next noun shares the head of the name before it."""
    words = text[following.start : following.end]
    if ";" in text[unit.end : following.start]:
        return False
    if unit.title and _UNDER_A_BODY.search(text, unit.start, unit.end) and following.noun.lower() not in SHARED_NOUNS:
        return False
    if unit.title and _OF_A_BODY.match(text, unit.start, unit.end) and _ANYBODY.match(words):
        return False
    if unit.noun.lower() == "lực lượng" and following.noun in _FORCES and following.bare:
        return True
    if unit.shares and unit.noun.lower().endswith(("ủy", "uỷ")) and following.noun in _TOWN_COMMITTEES:
        return True
    if unit.shares and unit.bare and unit.noun in _UNITS and following.noun in _UNITS:
        alone = following.bare or words.split(" ")[1:2] in (["thuộc"], ["trực"], ["và"], ["chức"], ["liên"])
        return alone and not following.title and quantifier.match(words) is None
    if following.title or not following.group or _PERSONS.match(words):
        return bool(following.group and not unit.title and unit.shares and not unit.closed and _PERSONS.match(words))
    if _UNDER_A_TITLE.match(words):
        central = _CENTRAL.search(text, unit.start, unit.end) is not None
        return unit.title and unit.shares and not central and _HEADS_OF_SHARED.match(text, unit.start) is not None
    if quantifier.match(words) or (words[:1].isupper() and not unit.noun[:1].isupper()):
        return False
    if unit.closed and _CENTRAL.search(text, unit.start, unit.end) and _OF_CHAIN.match(words):
        return True
    if unit.closed and not (unit.title and "liên quan" not in text[unit.start : unit.end]):
        return False
    if (unit.noun.lower(), following.noun.lower()) in _CHAINS:
        return True
    return unit.shares or (
        unit.noun.lower() in SHARED_NOUNS
        and (following.noun.lower() in SHARED_NOUNS or following.noun.lower().startswith(("người", "cá nhân")))
    )


SHARED_NOUNS = frozenset(
    [
        "sở",
        "ban",
        "ngành",
        "bộ",
        "phòng",
        "đoàn",
        "thể",
        "cơ",
        "quan",
        "đơn",
        "vị",
        "tổ",
        "chức",
        "huyện",
        "quận",
        "xã",
        "phường",
        "thị",
        "trấn",
        "tỉnh",
        "thành",
        "phố",
        "thị",
        "xã",
    ]
) | {"cơ quan", "đơn vị", "tổ chức", "ban ngành", "đoàn thể", "phòng ban", "thị xã", "thành phố"}
"""Collective nouns that share a head even without a quantifier."""
