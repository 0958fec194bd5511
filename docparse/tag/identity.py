"""Identity: a target and the place of the document at hand go in, its URN:LEX name comes out.

Equal ids for equal documents, in one document and in two (CONTRACT, Canonical ids; RFC 9676; DOMAIN 4.8-4.9). An id
is made from what identifies: organ, type, date and number; where the organ's code in the symbol tells the organ, the
code decides, so that a mention with its issuer and one without meet.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.authority import Context, authority_path, expanded, fold, organ_of_code, slug
from docparse.model import Target
from docparse.tables import Tables
from docparse.tag.named_identity import congress_id, law_of, plenum_number, resolution_of
from docparse.tag.symbols import Symbol, parse_symbol
from docparse.tag.type_words import slug_of, type_word

_TWO_LEVELS = {"HU": "huyện", "QU": "quận", "ThU": "thị xã"}


def target_id(target: Target, context: Context) -> str:
    """The URN:LEX name of a target as the document at hand, with its place, means it."""
    number, date = target.number, target.date
    if number is None and target.type in {"L", "PL"} and target.title:
        law = law_of(target.title, date, context.date)
        if law is not None:
            number, date = law.number, law.date or date
        else:
            return _urn(
                (),
                "quoc.hoi",
                "luat" if target.type == "L" else "phap.lenh",
                (date or "")[:4],
                _name_slug(target.title),
            )
    if number is None and target.title:
        special = congress_id(target.title, context)
        if special is not None:
            return special
        number, date = plenum_number(target.title) or (None, date)
    if number is None:
        return _named_id(target, context)
    symbol = parse_symbol(number)
    if symbol is None:
        return _bare_id(target, number, context)
    known = known_date(symbol)
    if date is None and target.type == "NQ" and symbol.shape == "party" and symbol.organs == ("TW",):
        known = (resolution_of(number, context.date) or (None, None))[1]
    if symbol.year and not (known or date):
        known = symbol.year
    if symbol.shape == "assembly":
        organ = "uy.ban.thuong.vu.quoc.hoi" if symbol.organs[-1].startswith("UBTV") else "quoc.hoi"
        return _urn((), organ, slug_of(target.type), known or date or "", _number_slug(symbol))
    places, organ = _authority(symbol, target.issuer, context)
    return _urn(places, organ, slug_of(target.type), known or date or "", _number_slug(symbol))


def _urn(places: tuple[str, ...], authority: str, kind: str, date: str, number: str) -> str:
    place = "".join(f";{p}" for p in places)
    return f"urn:lex:vn{place}:{authority}:{kind}:{date};{number}"


def _number_slug(symbol: Symbol) -> str:
    words = fold(symbol.text.replace("QĐi", "QĐ").replace("QyĐ", "QĐ")).lower().lstrip("0")
    return re.sub(r"[^a-z0-9.]+", "-", words).strip("-")


def _authority(symbol: Symbol, issuer: str | None, context: Context) -> tuple[tuple[str, ...], str]:
    """Places and authority: the code's where it is a known organ, the issuer's words for its place, else the issuer."""
    code = symbol.organs[0] if symbol.organs else ""
    row = _by_code().get(code)
    if row is not None and not row["placed"]:
        return (), row["authority"]
    if issuer:
        places, organ = authority_path(issuer, context)
        if row is not None and organ in {"", "ban.thuong.vu", "thuong.truc", "ban.chap.hanh", "chu.tich"}:
            organ = row["authority"]
        if code in {"UBND", "HĐND", "UB"} and organ not in {"uy.ban.nhan.dan", "hoi.dong.nhan.dan"} and row is not None:
            return places or _default_places(code, context), row["authority"]
        known = organ_of_code(code)
        if known is not None and not known.placed:
            return (), slug(known.name)
        if not places and (row is not None or (known is not None and known.placed)):
            places = _default_places(code, context)
        return places, organ
    if row is not None:
        return _default_places(code, context), row["authority"]
    known = organ_of_code(code)
    if known is not None:
        return (_default_places(code, context) if known.placed else ()), slug(known.name)
    return _default_places(code, context), slug(code)


def _default_places(code: str, context: Context) -> tuple[str, ...]:
    """The place of an organ that the text does not place: the document's own province, and district where the code
    says so."""
    if context.province is None:
        return ()
    places: tuple[str, ...] = (slug(context.province),)
    if (code in _TWO_LEVELS or code.endswith("HU")) and context.district:
        district = re.sub(r"^(?:huyện|quận|thị xã|thành phố|xã|phường|thị trấn|đặc khu)\s+", "", context.district)
        places = (*places, slug(district))
    return places


@lru_cache(maxsize=1)
def _by_code() -> dict[str, dict[str, str]]:
    return {row["code"]: dict(row) for row in Tables.default().rows("organ_slugs")}


@lru_cache(maxsize=1)
def _dates() -> dict[str, str]:
    tables = Tables.default()
    out = {row["number"].lstrip("0"): row["date"] for row in tables.rows("normative_dates")}
    out.update({row["number"].lstrip("0"): row["date"] for row in tables.rows("laws") if row["date"]})
    return out


def known_date(symbol: Symbol) -> str | None:
    """The date of a central normative document by its symbol, where the tables have it."""
    return _dates().get(symbol.text.lstrip("0")) if symbol.year else None


def _bare_id(target: Target, number: str, context: Context) -> str:
    """The id of a bare number (`Chỉ thị 24`) whose issuer tells the rest of its symbol."""
    issuer = expanded(target.issuer or "")
    for row in _by_code().values():
        if any(issuer.startswith(words) for words in row["issuer_words"].split("|")) and target.type:
            joint = f"-{target.type}/{row['code']}" if row["series"] == "party" else f"/{target.type}-{row['code']}"
            symbol = parse_symbol(number + joint)
            if symbol is not None:
                places, organ = _authority(symbol, target.issuer, context)
                return _urn(places, organ, slug_of(target.type), target.date or "", _number_slug(symbol))
    places, organ = authority_path(target.issuer, context) if target.issuer else ((), "")
    return _urn(places, organ, slug_of(target.type), target.date or "", slug(number))


def _named_id(target: Target, context: Context) -> str:
    title = target.title or ""
    if target.type == "HP":
        year = re.search(r"(?:19|20)\d\d", title)
        return _urn((), "quoc.hoi", "hien.phap", year[0] if year and year[0] != "2013" else "2013-11-28", "hien.phap")
    if target.type == "ĐL" and re.match(r"(?i)điều lệ đảng", title):
        name = slug(re.sub(r"\s+Cộng sản Việt Nam", "", title)).replace("khoa.", "khoa.")
        return _urn((), "dang.cong.san.viet.nam", "dieu.le", "", name)
    places, organ = authority_path(target.issuer, context) if target.issuer else ((), "")
    return _urn(places, organ, slug_of(target.type), target.date or "", _name_slug(title))


def _name_slug(title: str) -> str:
    """The slug of a name: without type word, lead word, year and the small words between."""
    words = title.split()
    for size in (4, 3, 2, 1):
        if len(words) > size and type_word(" ".join(words[:size])):
            words = words[size:]
            break
    name = re.sub(r"\s+năm\s+\d{4}$", "", " ".join(words))
    return slug(re.sub(r"(?i)^(?:về việc|về|của)\s+", "", name)).replace(".cua.", ".")
