"""Target states: a target with its id goes in; how well it is known comes out, with the documents that it may be.

`resolved` where a table decides, `attested` where what is stated names one document, `ambiguous` where it fits several
(the numbers of the Party start anew each term, those of the State each year: DOMAIN 4.8), `unparsed` where a number is
no symbol and nothing completes it. Equal targets have equal states.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from docparse.authority import Context, organ_of_code
from docparse.model import Target, TargetState
from docparse.tag.identity import known_date, target_id
from docparse.tag.named_identity import (
    central_resolutions,
    law_of,
    laws_named,
    plenum_numbers,
    resolution_of,
    resolutions_numbered,
)
from docparse.tag.symbols import Symbol, parse_symbol

State = tuple[TargetState, tuple[str, ...]]
_ATTESTED: State = ("attested", ())
_UNKNOWN: State = ("ambiguous", ())


def state_of(target: Target, name: str, context: Context) -> State:
    """The state of a target whose id is `name`, and the ids that it may have when it is ambiguous."""
    if target.number is None:
        return _by_name(target, context)
    symbol = parse_symbol(target.number)
    if symbol is None:
        candidates = _central(target, context, target.number)
        return ("ambiguous", candidates) if candidates and target.date is None else ("unparsed", ())
    if symbol.year:
        return ("resolved", ()) if known_date(symbol) else _ATTESTED
    if target.date is None or len(target.date) < 10:
        if target.type == "NQ" and symbol.organs == ("TW",) and resolution_of(target.number, context.date):
            return "resolved", ()
        return "ambiguous", _central(target, context, symbol.number) if symbol.organs[-1:] == ("TW",) else ()
    if (symbol.text.lstrip("0"), target.date) in central_resolutions():
        return "resolved", ()
    return _ATTESTED if _placed(symbol, target, name) else _UNKNOWN


def _placed(symbol: Symbol, target: Target, name: str) -> bool:
    """Whether symbol, issuer and place tell the organ."""
    organ = organ_of_code(symbol.organs[0]) if symbol.organs else None
    if organ is not None and not organ.placed:
        return True
    return target.issuer is not None and (name.startswith("urn:lex:vn;") or organ is None)


def _by_name(target: Target, context: Context) -> State:
    title = target.title
    if not title:
        return _UNKNOWN
    if target.type in {"L", "PL"}:
        if law_of(title, target.date, context.date) is not None:
            return "resolved", ()
        if target.date is not None:
            return _ATTESTED
        return "ambiguous", _ids((replace(target, number=m.number, date=m.date) for m in laws_named(title)), context)
    passed = plenum_numbers(title) if target.type in {"NQ", "KL"} else []
    if passed:
        names = _ids((replace(target, number=n, date=d) for n, d in passed), context)
        return ("resolved", ()) if len(passed) == 1 else ("ambiguous", names)
    if target.type == "HP":
        return ("resolved", ()) if target.date else _ATTESTED
    named = "Đại hội" in title or target.type == "ĐL"
    return _ATTESTED if named or target.date or target.issuer else _UNKNOWN


def _ids(targets: Iterable[Target], context: Context) -> tuple[str, ...]:
    return tuple(dict.fromkeys(target_id(t, context) for t in targets))


def _central(target: Target, context: Context, number: str) -> tuple[str, ...]:
    """The central resolutions that a number without its date may mean: `Nghị quyết 18`, `18-NQ/TW`."""
    issuer = target.issuer or "Trung ương"
    if target.type != "NQ" or not ("Trung ương" in issuer or "Chính trị" in issuer):
        return ()
    before = resolutions_numbered(number, context.date)
    return _ids((Target("NQ", n, d, "Ban Chấp hành Trung ương") for n, d in before), context)
