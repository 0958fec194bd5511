"""An organ of the register as a card: what its code and name mean, when it stood, what came before and after.

In: a code or name, a day and a place. Out: plain values for JSON, or lines of text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from docparse.communes import REDRAWN, communes_after, communes_named
from docparse.errors import InputError
from docparse.register import Body, candidates_at, meanings, nearest, predecessors, successor_today, successors
from docparse.territory import changes, ended

Card = Mapping[str, Any]


def organ_cards(name_or_code: str, day: str | None = None, place: str | None = None) -> list[Card]:
    """The card of each organ that the words mean on a day (ISO), without one of each that they ever meant. Raises
    InputError that names the nearest ones where they mean none."""
    found = candidates_at(name_or_code, day, place) if day else meanings(name_or_code, place)
    if not found:
        when = f" on {day}" if day else ""
        near = meanings(name_or_code, place) if day else ()
        known = [f"{b.full_name} ({_period(b)})" for b in near] or list(nearest(name_or_code))
        hint = (
            f"known: {'; '.join(known)}" if known else "try its code in a number, or its name as letterheads print it"
        )
        raise InputError(f"no organ {name_or_code!r} stood{when} in the register; {hint}")
    cards = [card(body, day or "") for body in found]
    # a kind of organ has a row for all levels and one for each: the place says which
    same = Counter((one["name"], one["since"], one["until"]) for one in cards)
    general = {body.id for body in found if body.level is None}
    return [one for one in cards if one["id"] not in general or same[one["name"], one["since"], one["until"]] == 1]


def card(organ: Body, day: str = "") -> Card:
    """What the register says of an organ; `today` is what does its work now, null where nothing does."""
    now = successor_today(organ, day)
    return {
        **_named(organ),
        "code": organ.code,
        "variants": [code for code in organ.codes if code != organ.code],
        "names": list(organ.names),
        "system": organ.world,
        "level": organ.place.level if organ.place else organ.level,
        "place": None if organ.place is None else {"name": organ.place.name, "kind": organ.place.kind,
                                                   "district": organ.place.district, "province": organ.place.province},
        "predecessors": [_before(body, organ) for body in predecessors(organ)],
        "successors": [_named(body) for body in successors(organ)],
        "today": None if now is None else _named(now),
        "source": organ.source,
    }  # fmt: skip


def _named(organ: Body) -> dict[str, Any]:
    since, until = _life(organ)
    return {"id": organ.id, "name": organ.full_name, "since": since, "until": until}


def _before(body: Body, organ: Body) -> dict[str, Any]:
    """A predecessor; without days where its province stood again later and those are not its own."""
    named, since = _named(body), _life(organ)[0]
    if named["since"] and since and named["since"] > since:
        return {**named, "since": None, "until": None}
    return named


def _life(organ: Body) -> tuple[str | None, str | None]:
    """First and last day: the organ's own, cut at those of its province or of its commune before the redrawing."""
    since, until, place = organ.since, organ.until, organ.place
    if place is not None and place.level == "province":
        born = max((c.day for c in changes() if place.name in c.after and place.name not in c.before), default="")
        since = max(since or "", born) or None
        if (end := ended(place.name)) is not None:
            until = min(until or "9999", _day_before(end.day))
    elif place is not None and place.level == "commune" and until is None:
        name = f"{place.kind} {place.name}"
        if not communes_named(name, place.province) and communes_after(name, place.province, place.district):
            until = _day_before(REDRAWN)
    return since, until


def _day_before(day: str) -> str:
    return (date.fromisoformat(day) - timedelta(1)).isoformat() if len(day) == 10 else day


def _period(organ: Body | Card) -> str:
    since, until = _life(organ) if isinstance(organ, Body) else (organ["since"], organ["until"])
    return f"{since or '…'} to {until or 'today'}"


def lines(cards: Sequence[Card]) -> Iterable[str]:
    """The cards as text, a blank line between two."""
    for index, one in enumerate(cards):
        if index:
            yield ""
        yield f"{one['name']}  ({_period(one)})"
        codes = ", ".join(c for c in (one["code"], *one["variants"]) if c)
        for label, words in (
            ("codes", codes),
            ("names", "; ".join(one["names"])),
            ("level", " ".join(w for w in (one["system"], one["level"]) if w)),
            ("before", "; ".join(f"{b['name']} ({_period(b)})" for b in one["predecessors"])),
            ("after", "; ".join(f"{b['name']} ({_period(b)})" for b in one["successors"])),
            ("today", "itself" if _is_itself(one) else one["today"]["name"] if one["today"] else "nothing took over"),
            ("source", f"{one['source']}; id {one['id']}"),
        ):
            if words:
                yield f"  {label:8}{words}"


def _is_itself(one: Card) -> bool:
    return one["today"] is not None and (one["today"]["id"], one["today"]["name"]) == (one["id"], one["name"])
