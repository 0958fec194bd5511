"""The issuing organ: letterhead lines, or title and signature without one, in; name, parent, level and place out.

NĐ 30/2020 Annex I box 2: the parent organ above, the issuing organ below it in bold, both in capitals and on one to
four lines. In the Party the parent is the đảng bộ (DOMAIN.md 3.1).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from docparse.alternatives import AT_WORD, one_of
from docparse.authority import (
    expanded,
    fold,
    organ_of_code,
    organs,
    place_key,
    province_in,
    province_named,
    province_of,
    provinces,
)
from docparse.register import organ_at
from docparse.segment.letterhead import Piece
from docparse.spans import Span
from docparse.tables import Tables


@dataclass(frozen=True, slots=True)
class Issuer:
    """Who issues: canonical name completed with its place, the organ above, level, place (`Lạc Dương, Lâm Đồng`)."""

    name: str
    parent: str | None
    level: str | None
    place: str | None
    span: Span
    inferred: bool = False


@lru_cache(maxsize=1)
def _known() -> dict[str, str]:
    """Canonical names of organs by their folded capitals."""
    names = {fold(o.name).upper(): o.name for o in organs()}
    for name in (row["name"] for row in Tables.default().rows("organ_names")):
        names.setdefault(fold(name).upper(), name)
    return names


@lru_cache(maxsize=1)
def _known_pattern() -> re.Pattern[str]:
    return re.compile(
        one_of([re.escape(n).replace(r"\ ", " ") for n in sorted(_known(), key=len, reverse=True)], AT_WORD) + r"\b"
    )


_LEVEL = re.compile(r"\b(TINH|THANH PHO|HUYEN|QUAN|THI XA|XA|PHUONG|THI TRAN|DAC KHU|TP\.?|TX\.?)\s+(?=\S)")
_LEVEL_WORD = {
    "TINH": "tỉnh", "THANH PHO": "thành phố", "HUYEN": "huyện", "QUAN": "quận", "THI XA": "thị xã", "XA": "xã",
    "PHUONG": "phường", "THI TRAN": "thị trấn", "DAC KHU": "đặc khu", "TP": "thành phố", "TP.": "thành phố",
    "TX": "thị xã", "TX.": "thị xã",
}  # fmt: skip


def cased(words: str) -> str:
    """An organ's name printed in capitals as it is written in a sentence: known names and provinces in their own
    spelling (which repairs tone marks that OCR lost), places capitalised, other words in small letters."""
    bare = words.strip(" *_.,:;-–|")
    text = expanded(bare)
    if sum(c.islower() for c in bare) > sum(c.isupper() for c in bare):
        return text
    upper = fold(text).upper()
    out = list(text.lower())
    done = [False] * len(text)

    def put(at: int, name: str) -> None:
        if len(name) == len(fold(name)) and not any(done[at : at + len(name)]):
            out[at : at + len(name)] = name
            done[at : at + len(name)] = [True] * len(name)

    for match in _known_pattern().finditer(upper):
        put(match.start(), _known()[match[0]])
    for match in _LEVEL.finditer(upper):
        at = match.start(1)
        if not any(done[at : match.end(1)]):
            word = _LEVEL_WORD[match[1]]
            if len(word) == len(match[1]):
                put(at, word)
            _capitalise(out, done, match.end(), len(text))
    for province in provinces():
        key = fold(province.name).upper()
        at = upper.find(key)
        if (
            at >= 0
            and (at == 0 or not upper[at - 1].isalnum())
            and not upper[at + len(key) : at + len(key) + 1].isalnum()
        ):
            out[at : at + len(key)] = province.name
            done[at : at + len(key)] = [True] * len(key)
    for match in re.finditer(r"\b(?:TINH|THANH|HUYEN|QUAN|THI|DANG) UY\s+(?=[A-Z])", upper):
        _capitalise(out, done, match.end(), len(text))
    for match in re.finditer(
        r"\b(?:SO|PHONG|BAN|CUC|VU|TONG CUC|CHI CUC|TRUNG TAM|TRUONG|VIEN|BO|HOC VIEN|CONG TY)\s+(?=[A-Z])", upper
    ):
        if not any(done[match.end() : match.end() + 1]):
            out[match.end()] = out[match.end()].upper()
    result = "".join(out)
    return result[:1].upper() + result[1:]


def _capitalise(out: list[str], done: list[bool], start: int, end: int) -> None:
    fresh = True
    for at in range(start, end):
        if out[at].isspace() or out[at] in "-'’.":
            fresh = True
        elif fresh:
            if not done[at]:
                out[at] = out[at].upper()
            fresh = False


def organ_lines(pieces: Sequence[Piece], tables: Tables) -> list[tuple[str, Span]]:
    """Letterhead lines joined into organs, top to bottom: a line that begins no organ continues the one above."""
    rules = tables.rules("issuer")
    head, unfinished = rules["organ-head"].pattern, rules["unfinished"].pattern
    out: list[tuple[str, Span]] = []
    for piece in pieces:
        text = piece.text.strip(" *_.|-–—=~•:")
        key = fold(text).upper()
        if len(key) < 3 or not re.search(r"[A-Z]{2}", key):
            continue
        if out:
            above = fold(out[-1][0]).upper()
            whole = f"{above} {key}"
            known = any(whole.startswith(n) and len(n) > len(above) for n in _known())
            if known or unfinished.search(above) or not head.match(key):
                out[-1] = (f"{out[-1][0]} {text}", Span(out[-1][1].start, piece.span.end))
                continue
        out.append((text, piece.span))
    return [pair for pair in out if head.match(fold(pair[0]).upper())]


def from_letterhead(pieces: Sequence[Piece], place: str | None, tables: Tables) -> Issuer | None:
    """The issuer that the letterhead prints, its name completed from the organ above it or the place of issue."""
    lines = organ_lines(pieces, tables)
    if not lines:
        return None
    joint = [cased(t) for t, _ in lines]
    name, span = joint[-1], lines[-1][1]
    parent = joint[-2] if len(joint) > 1 else None
    return completed(name, parent, span, place, tables)


def completed(
    name: str, parent: str | None, span: Span, place: str | None, tables: Tables, inferred: bool = False
) -> Issuer:
    """An issuer with level and place, which a local organ takes from its name, the organ above or the date line."""
    name = _with_parent(name, parent)
    level = level_of(name, parent, tables)
    province = province_in(name) or (province_in(parent) if parent else None)
    if province is None and place and level in ("province", "district", "commune", None):
        province = province_of(place)
    if level == "central":
        return Issuer(name, parent, level, None, span, inferred)
    if province is not None and province_in(name) is None and level in ("province", None):
        named = re.search(r"(?:Tỉnh ủy|Thành ủy|Tỉnh đoàn|Thành đoàn)$", name) is not None
        level_last = re.search(r"\b(?:tỉnh|thành phố)$", name) and place_key(name).endswith(place_key(province.kind))
        if named or level_last:
            name = f"{name} {province.name}"
        elif name in ("Ủy ban nhân dân", "Hội đồng nhân dân") or re.match(r"Sở |Thanh tra$|Công an$", name):
            name = f"{name} {province.kind} {province.name}"
            level = "province"
    district = _district(name) or (_district(parent) if parent else None)
    where = ", ".join(p for p in (district, province.name if province else None) if p)
    return Issuer(name, parent, level, where or None, span, inferred)


# standing bodies and offices that have no name without the organ they serve
_BARE = re.compile(
    r"^(?:Ban Thường vụ|Ban Thường trực|Ban Chấp hành|Thường trực|Đoàn Chủ tịch|Văn phòng|Ủy ban Kiểm tra|Thanh tra"
    r"|Ban (?:Tổ chức|Tuyên giáo|Dân vận|Nội chính|Tuyên giáo và Dân vận|Xây dựng Đảng))$"
)
_COMMITTEE = {"tỉnh": "Tỉnh ủy", "thành phố": "Thành ủy", "huyện": "Huyện ủy", "quận": "Quận ủy", "thị xã": "Thị ủy"}


def _with_parent(name: str, parent: str | None) -> str:
    """`BAN THƯỜNG VỤ` under `ĐẢNG BỘ TỈNH X` is the Ban Thường vụ of its committee, the Tỉnh ủy (DOMAIN.md 3.1); a
    district's `PHÒNG NỘI VỤ` is that of the district."""
    if parent is None:
        return name
    if _BARE.match(name):
        if fold(parent).lower() == "ban chap hanh trung uong":  # its offices bear the name of the centre alone
            return f"{name} Trung ương"
        above = re.sub(r"^Đảng bộ (tỉnh|thành phố|huyện|quận|thị xã)\b", lambda match: _COMMITTEE[match[1]], parent)
        return f"{name} {above}"
    if name.startswith("Phòng ") and (
        unit := re.search(r"\b(?:huyện|quận|thị xã|thành phố|xã|phường) [A-ZĐ0-9].*$", parent)
    ):
        return f"{name} {unit[0]}"
    return name


def _district(name: str) -> str | None:
    match = re.search(
        r"\b(?:(huyện|quận|thị xã|xã|phường|thị trấn|đặc khu) |(?:Huyện|Quận|Thị) ủy )([A-ZĐ0-9].*)$", name
    )
    if match:
        return match[2].split(",")[0].strip()
    match = re.search(r"\b(?:thành phố|Thành ủy) ([A-ZĐ].*)$", name)
    return match[1] if match and province_named(match[1]) is None else None


def level_of(name: str, parent: str | None, tables: Tables) -> str | None:
    """central, province, district or commune by the name, else by the organ above; None when neither says."""
    found = _level(name, tables)
    if found is None and parent:
        above = _level(parent, tables)
        found = "central" if above == "central" else above
    return found


def _level(name: str, tables: Tables) -> str | None:
    rules = tables.rules("issuer")
    plain = fold(name).lower()
    for level in ("commune", "district"):
        if rules[level].pattern.search(plain):
            return level
    if match := re.search(r"\b(?:thanh pho|thanh uy) (.+)$", plain):
        return "province" if province_named(match[1]) is not None else "district"
    return next((level for level in ("province", "central") if rules[level].pattern.search(plain)), None)


def from_code(
    code: str | None, place: str | None, span: Span, tables: Tables, date: str | None = None
) -> Issuer | None:
    """The issuer that the number's organ code names, when no letterhead could be read: the organ of the day, where one
    code meant several over time."""
    organ = organ_of_code(code) if code else None
    if organ is None or code is None:
        return None
    past = organ_at(code, date, place) if date and ((organ.since or "") > date or (organ.until or "9") < date) else None
    return completed(past.name if past else organ.name, None, span, place, tables, inferred=True)


def from_words(words: str, place: str | None, span: Span, tables: Tables) -> Issuer:
    """The issuer that title or signature names (`CỦA BAN THƯỜNG VỤ TỈNH ỦY`, `TM. ỦY BAN NHÂN DÂN`): inferred."""
    return completed(cased(words), None, span, place, tables, inferred=True)
