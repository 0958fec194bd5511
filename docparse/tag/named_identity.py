"""Which document a name without a number means: laws by name and time, congresses and plenums by their ordinals.

In: a title, its date, the date and place of the document that cites. Out: a law of the register, a number, or a whole
id.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache

from docparse.authority import Context, expanded, fold, province_in, slug
from docparse.tables import Tables
from docparse.tag.laws import Law, folded, register
from docparse.tag.party_names import MASS_ORGANISATION

_YEARS = {
    "X": "2006",
    "XI": "2011",
    "XII": "2016",
    "XIII": "2021",
    "XIV": "2026",
    "IX": "2001",
    "VIII": "1996",
    "VII": "1991",
    "VI": "1986",
}
_ORDER = re.compile(r"lần thứ\s+(?P<a>[IVXLH]+|\d{1,2})\b|\b(?P<b>[IVXL]+[IVXLH]*)\b")
_VACATIO = timedelta(days=150)
"""A law comes into force about half a year after its adoption; until then its name still means the one before."""


def _undated(title: str) -> str:
    return re.sub(r"\s+(?:năm|ngày)\s+\d.*$", "", title)


def laws_named(title: str) -> list[Law]:
    """The laws of the register with the name in `title`, the oldest first."""
    name = _undated(title)
    known = register()
    return (
        known.get(folded(expanded(name)), [])
        or known.get(folded(name), [])
        or _without_tones().get(fold(folded(expanded(name))), [])
    )


def law_of(title: str, stated: str | None, own: str | None) -> Law | None:
    """The law that a name means: by the stated date or year, else the one in force when the citing document was
    issued."""
    laws = laws_named(title)
    year = re.search(r"\b(?:19|20)\d\d\b", title[len(_undated(title)) :])
    when = stated or (year[0] if year else None)
    if when:
        exact = [law for law in laws if law.date and law.date.startswith(when)] or [
            law for law in laws if law.number.split("/")[1] == when[:4]
        ]
        return exact[-1] if exact else None
    if own is None or len(own) < 10:
        return laws[-1] if len(laws) == 1 else None
    limit = (date.fromisoformat(own) - _VACATIO).isoformat()
    before = [law for law in laws if (law.date or f"{law.number.split('/')[1]}-12-31") <= limit]
    if before:
        return before[-1]
    return laws[0] if len(laws) == 1 else None


@lru_cache(maxsize=1)
def _without_tones() -> dict[str, list[Law]]:
    """The register by names without diacritics, for scans."""
    return {fold(name): laws for name, laws in register().items()}


def congress_id(title: str, context: Context) -> str | None:
    """The id of a congress's resolution: its three spellings are one name, a local one has its place."""
    if not re.match(r"(?:Nghị quyết|NGHỊ QUYẾT|NQ)\s+(?:của\s+)?(?:các\s+)?Đại hội", title):
        return None
    order = _ORDER.search(title)
    ordinal = _roman((order["a"] or order["b"]).replace("H", "II")) if order else ""
    mass = re.search(rf"{MASS_ORGANISATION}(?:\s+Việt Nam)?", title)
    if mass is not None and "Đảng" not in title:
        body = slug(re.sub(r"\s+Việt Nam$", "", mass[0]))
        places = [slug(context.province)] if "tỉnh" in title and context.province else []
        return f"urn:lex:vn{''.join(';' + p for p in places)}:{body}:nghi.quyet:;dai.hoi.{ordinal.lower()}"
    local = re.search(
        r"Đảng bộ(?:\s+(?P<unit>tỉnh|thành phố|huyện|quận|thị xã|xã|phường|thị trấn))?(?:\s+"
        r"(?P<name>[A-ZĐÂĂÊÔƠƯ][^,(]*?))?(?=\s+(?:lần|nhiệm|khóa|[IVX]+\b)|[,(]|$)",
        title,
    )
    if local is None:
        return f"urn:lex:vn:dang.cong.san.viet.nam:nghi.quyet:{_YEARS.get(ordinal, '')};dai.hoi.{ordinal.lower()}"
    unit = local["unit"] or "tỉnh"
    places = []
    named = local["name"]
    province = province_in(named) if named and unit in {"tỉnh", "thành phố"} else None
    if province is not None:
        places = [slug(province.name)]
    elif context.province:
        places = [slug(context.province)]
    if unit in {"huyện", "quận", "thị xã", "xã", "phường", "thị trấn"}:
        district = named or re.sub(
            r"^(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn)\s+", "", context.district or ""
        )
        places += [slug(district)] if district else []
    authority = "dang.bo." + slug(unit)
    return f"urn:lex:vn{''.join(';' + p for p in places)}:{authority}:nghi.quyet:;dai.hoi.{ordinal.lower()}"


def _roman(order: str) -> str:
    if not order.isdigit():
        return order
    units = [(10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I")]
    n, out = int(order), ""
    for value, letter in units:
        while n >= value:
            out, n = out + letter, n - value
    return out


_PLENUM = re.compile(
    r"(?:Trung ương|BCHTW|TW)(?:\s+Đảng)?\s+(?:lần thứ\s+)?(?P<after>\d{1,2}|[a-zđ]\S+|[IVX]+)|lần thứ\s+"
    r"(?P<before>\S+)\s+(?:của\s+)?(?:Ban|BCH)"
)
_WORDS = {
    "nhất": 1,
    "hai": 2,
    "ba": 3,
    "tư": 4,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "tám": 8,
    "chín": 9,
    "mười": 10,
}


@lru_cache(maxsize=1)
def _plenums() -> dict[tuple[str, str], list[tuple[str, str]]]:
    out: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for row in Tables.default().rows("central_resolutions"):
        session = re.search(r"\d+", row["session"])
        if session:
            for number in row["numbers"].split(","):
                out.setdefault((row["term"], session[0]), []).append((number.strip(), row["date"]))
    return out


def plenum_numbers(title: str) -> list[tuple[str, str]]:
    """Numbers and dates of the resolutions that the plenum named in a title passed, as far as the table has them."""
    term = re.search(r"kh(?:óa|oá)\s+([IVX]+)", title)
    session = _PLENUM.search(title)
    if term is None or session is None:
        return []
    word = (session["after"] or session["before"]).lower()
    number = word if word.isdigit() else str(_WORDS.get(word, ""))
    return _plenums().get((term[1], number), [])


def plenum_number(title: str) -> tuple[str, str] | None:
    """Number and date of a plenum's resolution, where that plenum passed one only."""
    found = plenum_numbers(title)
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=1)
def central_resolutions() -> frozenset[tuple[str, str]]:
    """Symbols, without leading zeros, and dates of the Central Committee's and the Politburo's resolutions."""
    rows = Tables.default().rows("central_resolutions")
    return frozenset((n.strip().lstrip("0"), row["date"]) for row in rows for n in row["numbers"].split(","))


def resolutions_numbered(number: str, own: str | None) -> list[tuple[str, str]]:
    """Symbols and dates of the central resolutions with that number (`18`, `18-NQ/TW`) passed before the day `own`,
    the oldest first."""
    digits = number.partition("-")[0].lstrip("0")
    alike = [(n, d) for n, d in central_resolutions() if n.partition("-")[0] == digits]
    return sorted((pair for pair in alike if own is None or pair[1] <= own), key=lambda pair: pair[1])


def resolution_of(number: str, own: str | None) -> tuple[str, str] | None:
    """The central resolution that an undated symbol means: the one of that number in the last six years, when there is
    no other before (numbers start anew each term of five years, DOMAIN 4.9)."""
    alike = resolutions_numbered(number, own)
    if own is None or len(alike) != 1:
        return None
    return alike[0] if int(own[:4]) - int(alike[0][1][:4]) <= 6 else None
