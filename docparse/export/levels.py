"""Levels of government: a document goes in; the row of a picture that it belongs to, from the top, comes out.

An organ is on one of five levels of the State or four of the Party (DOMAIN.md 1 and 3; Luật Tổ chức chính quyền địa
phương; Điều lệ Đảng), or in a mass organization. What is printed of the issuer tells it first, then the authority
register, then the places of the id.
"""

from __future__ import annotations

import re
from typing import Final

from docparse.link.names import Name, parse_name
from docparse.register import bodies
from docparse.store.lookup import Node

ROWS: Final = (
    "Đảng: Trung ương", "Đảng: tỉnh", "Đảng: huyện", "Đảng: xã", "Đoàn thể", "Trung ương", "Bộ, ngành", "Tỉnh", "Huyện",
    "Xã", "Không rõ cấp",
)  # fmt: skip
"""The rows from the top."""
_PARTY: Final = {"central": 0, "province": 1, "district": 2, "commune": 3}
_MASS, _UNKNOWN = 4, 10
_STATE: Final = {"central": 6, "province": 7, "district": 8, "commune": 9}
_HIGHEST: Final = frozenset(
    {"quoc.hoi", "uy.ban.thuong.vu.quoc.hoi", "chu.tich.nuoc", "hoi.dong.nha.nuoc", "chinh.phu", "hoi.dong.chinh.phu",
     "hoi.dong.bo.truong", "thu.tuong.chinh.phu", "thu.tuong", "chu.tich.hoi.dong.bo.truong"}
)  # fmt: skip
_HIGHEST_TYPES: Final = frozenset({"hien.phap", "luat", "bo.luat", "phap.lenh", "nghi.dinh", "lenh"})
"""What only the National Assembly, its Standing Committee, the President and the Government issue (Luật BHVBQPPL)."""
_PARTY_ORGANS = re.compile(
    r"(?:^|\.)(?:tinh|thanh|huyen|quan|thi|dang)\.uy(?:\.|$)|^dang\.(?:bo|doan)|^bo\.chinh\.tri$|^ban\.bi\.thu"
    r"|^(?:ban\.chap\.hanh\.)?trung\.uong(?:\.dang.*)?$|^ban\.(?!chi\.dao).*\.trung\.uong$|^chi\.bo(?:\.|$)"
)
_MASS_ORGANS = re.compile(
    r"(?:^|\.)(?:mat\.tran|lien\.doan|cong\.doan|doan|hoi\.(?!dong))(?:\.|$)|(?:^|\.)hoi\.(?!dong)"
)
_PARTY_LEVELS = (("huyen.uy", "district"), ("quan.uy", "district"), ("thi.uy", "district"), ("tinh.uy", "province"))
_PRINTED = re.compile(r"(?<!\w)(?:(tỉnh)|(huyện|quận|thị xã)|(xã|phường|thị trấn|đặc khu))(?=\s+\w|$|,)", re.IGNORECASE)
TWO_LEVELS: Final = "2025-07-01"
"""From this day on there are no districts (Luật 72/2025/QH15)."""


def row_of(node: Node) -> int:
    """The place in `ROWS` of a document's issuer."""
    name = parse_name(node.id)
    organ = bodies().get(name.authority)
    world = organ.world if organ else _world(name.authority)
    level = _printed(node.issuer) if name.places or not name.authority else "central"
    level = level or (organ.level if organ else None) or _of_places(name, node.date or name.date)
    if world == "mass_organization":
        return _MASS
    if world == "party":
        return _PARTY[level]
    if name.authority in _HIGHEST or (not name.authority and name.type in _HIGHEST_TYPES):
        return 5
    if not name.authority and not name.places and not node.issuer:
        return _UNKNOWN
    return _STATE[level]


def _world(authority: str) -> str:
    if _PARTY_ORGANS.search(authority):
        return "party"
    return "mass_organization" if _MASS_ORGANS.search(authority) else "state"


def _printed(issuer: str | None) -> str | None:
    """The smallest unit that a printed name names: `… phường Suối Ngàn`."""
    words = [match.lastindex for match in _PRINTED.finditer(issuer or "") if match.lastindex]
    return ("province", "district", "commune")[max(words) - 1] if words else None


def _of_places(name: Name, day: str) -> str:
    for ending, level in _PARTY_LEVELS:
        if ending in name.authority:
            return level
    if len(name.places) == 2:
        return "commune" if day >= TWO_LEVELS else "district"
    return ("central", "province", "", "commune")[min(len(name.places), 3)]
