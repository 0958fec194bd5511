"""What a person may correct: the name of a field and a value as typed go in; the value as it is kept comes out.

Fields are named as in the record (`header.number`, `citation:16-24.target.number`); a claim is named by its id. What no
value can be is refused here, before it is stored.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final, get_args

from dateutil.rrule import rrulestr

from docparse import model
from docparse.authority import doc_type, doc_types, type_of_code
from docparse.errors import ConfigError

LISTS: Final = {"citation": "citations", "deadline": "deadlines", "body": "bodies", "task": "tasks"}
"""Kinds of claims that can be corrected one by one, with their list in the record."""
CHECKED: Final = (
    "kind", "header", "signature", "addressees", "recipients", "tasks", "citations", "deadlines", "bodies",
)  # fmt: skip
"""What a person may call right as a whole, once corrected: the keys that gold scores."""
UNDO: Final = "undo"
REMOVE: Final = "remove"

_CLAIM = re.compile(r"(?P<id>(?P<kind>citation|deadline|body|task):\d+-\d+(?:~\d+)?)(?:\.(?P<part>.+))?")
_NEW = re.compile(r"(?P<kind>citation|deadline|body|task)\.add")
_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
_MOMENT = r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?|-Q[1-4])?"
_DURATION = re.compile(r"-?P(?=\d|T)(?:\d+Y)?(?:\d+M)?(?:\d+W)?(?:\d+BD|\d+D)?(?:T(?=\d)(?:\d+H)?(?:\d+M)?)?")

Check = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Named:
    """A field's name in its parts: of a claim its kind, id (empty for one to be added) and part."""

    field: str
    kind: str = ""
    id: str = ""
    part: str = ""


def _one_of(*words: str) -> Check:
    def check(value: str) -> str:
        if value not in words:
            near = difflib.get_close_matches(value, words, 1, 0.5)
            hint = f"; did you mean {near[0]}?" if near else ""
            raise ConfigError(f"{value!r} is none of {', '.join(words)}{hint}")
        return value

    return check


def _words(value: str) -> str:
    return " ".join(value.split())


def _number(value: str) -> str:
    number = "".join(value.split())
    if not re.search(r"\d", number):
        raise ConfigError(f"{value!r} is no document number; write it as printed, as in 24-CT/TU")
    return number


def _day(value: str) -> str:
    match = _DAY.fullmatch(value)
    iso = f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}" if match else value
    try:
        return date.fromisoformat(iso).isoformat()
    except ValueError as error:
        raise ConfigError(f"{value!r} is no day; write it as 2021-01-31 or 31/01/2021") from error


def _day_or_less(value: str) -> str:
    return value if re.fullmatch(r"\d{4}(?:-(?:0[1-9]|1[0-2]))?", value) else _day(value)


def _type(value: str) -> str:
    known = type_of_code(value) if value.isupper() or len(value) <= 4 else None
    codes = {one.code for one in doc_types()}
    found = value if value in codes else known.code if known else None
    if found is None and (word := doc_type(value)) is not None:
        found = word.code
    if found is None:
        near = difflib.get_close_matches(value.upper(), sorted(codes), 3, 0.3)
        raise ConfigError(f"{value!r} is no type of document; write a code or a word, as {', '.join(near or ['CT'])}")
    return found


def _yes(value: str) -> str:
    return _one_of("yes", "no")(value.lower())


def _deadline(value: str) -> str:
    kind_of_deadline(value)
    return value


def _path(value: str) -> str:
    return "|".join(_words(label) for label in value.split("|") if label.strip())


def _checked(value: str) -> str:
    keys = CHECKED if value == "all" else tuple(key.strip() for key in value.split(","))
    for key in keys:
        _one_of(*CHECKED)(key)
    return ",".join(key for key in CHECKED if key in keys)


def kind_of_deadline(value: str) -> str:
    """The kind that a deadline's value has by its form. Raises ConfigError for one of no form."""
    if re.fullmatch(_MOMENT, value):
        if len(value) == 10:
            _day(value)
        return "fixed"
    if re.fullmatch(f"{_MOMENT}/{_MOMENT}", value):
        return "period"
    if _DURATION.fullmatch(value) and re.search(r"\d", value):
        return "relative"
    if value.startswith("FREQ="):
        try:
            rrulestr(value)
            return "recurring"
        except (ValueError, KeyError) as error:
            raise ConfigError(f"{value!r} is no rule of RFC 5545: {error}; write it as FREQ=MONTHLY") from error
    raise ConfigError(
        f"{value!r} is no deadline; write a day (2021-12-15, 2021-12, 2022-Q2), a period (2021/2025), a duration "
        "(P15D, P15BD) or a rule (FREQ=MONTHLY;BYMONTHDAY=25)"
    )


WHOLE: Final[Mapping[str, Check]] = {
    "kind": _one_of(*get_args(model.Kind)),
    "header.system": _one_of("party", "state", "mass_organization"),
    "header.type": _type,
    "header.number": _number,
    "header.date": _day,
    "header.issuer": _words,
    "header.issuer.parent": _words,
    "header.issuer.level": _one_of("central", "province", "district", "commune"),
    "header.issuer.place": _words,
    "header.place": _words,
    "header.subject": _words,
    "header.secrecy": _words,
    "header.urgency": _words,
    "header.draft": _yes,
    "signature.capacity": _one_of(*get_args(model.Capacity)),
    "signature.authority": _words,
    "signature.position": _words,
    "signature.name": _words,
    "checked": _checked,
}
"""Fields of a whole document."""

OF_CLAIMS: Final[Mapping[str, Mapping[str, Check]]] = {
    "citation": {
        "relation": _one_of(*get_args(model.Relation)),
        "via": _one_of(*get_args(model.Via)),
        "provision": _words,
        "target.type": _type,
        "target.number": _number,
        "target.date": _day_or_less,
        "target.issuer": _words,
        "target.title": _words,
    },
    "deadline": {"value": _deadline, "op": _one_of(*get_args(model.Op)), "anchor": _words},
    "body": {"name": _words, "role": _one_of(*get_args(model.BodyRole))},
    "task": {"path": _path, "label": _words},
}
"""Fields of claims by their kind."""

NEVER_EMPTY: Final = {
    "kind", "header.draft", "checked", "relation", "via", "op", "name", "role", "value",
}  # fmt: skip
"""What always has a value; `header.subject` and the like may be set to none."""


def named(field: str) -> Named:
    """The field that is meant. Raises ConfigError, naming the nearest ones, for one that cannot be corrected."""
    if field in WHOLE:
        return Named(field)
    if match := _NEW.fullmatch(field):
        return Named(field, match["kind"], part="add")
    match = _CLAIM.fullmatch(field)
    if match and (match["part"] is None or match["part"] in OF_CLAIMS[match["kind"]]):
        return Named(field, match["kind"], match["id"], match["part"] or "")
    if match:
        known = [f"{match['id']}.{part}" for part in OF_CLAIMS[match["kind"]]]
    else:
        known = [*WHOLE, *(f"{kind}:START-END.{part}" for kind, parts in OF_CLAIMS.items() for part in parts)]
        known += [f"{kind}.add" for kind in OF_CLAIMS]
    near = difflib.get_close_matches(field, known, 3, 0.4) or known[:3]
    raise ConfigError(f"there is no field {field!r} to correct; the nearest are {', '.join(near)}")


def kept(field: Named, value: str) -> str | None:
    """The value as it is kept; None for `''`, which says that the document states none. Raises ConfigError for a value
    that the field cannot have."""
    value = value.strip()
    if field.kind and not field.part:
        if value != REMOVE:
            raise ConfigError(f"{field.field} is a whole claim: write {REMOVE}, or name one of its fields")
        return REMOVE
    if field.part == "add":
        if not value:
            raise ConfigError(f"{field.field} needs the words of the document that are meant")
        return value
    if not value:
        if field.field in NEVER_EMPTY or field.part in NEVER_EMPTY:
            raise ConfigError(f"{field.field} always has a value; write one")
        return None
    check = OF_CLAIMS[field.kind][field.part] if field.kind else WHOLE[field.field]
    try:
        return check(value)
    except ConfigError as error:
        raise ConfigError(f"{field.field}: {error}") from error
