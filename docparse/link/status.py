"""Status: what later documents do to one goes in; whether it is in force on a day, and by what, comes out.

A document is taken to be in force until another says otherwise: `replaces` and `repeals` end it, whole or, where a
provision is named, in part; `amends`, `extends` and `corrects` change it (DOMAIN 5, column effect). The day is the one
on which the acting document was issued: the day of its effect is not read from its text.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final, Literal

from docparse.model import Relation

State = Literal["in_force", "changed", "partly_ended", "replaced", "repealed"]

ACTING: Final[tuple[Relation, ...]] = ("replaces", "repeals", "amends", "extends", "corrects")
"""The relations that change what they are about."""
_ORDER: Final[tuple[State, ...]] = ("in_force", "changed", "partly_ended", "replaced", "repealed")


@dataclass(frozen=True, slots=True)
class Act:
    """What one document does to another: by its id and day, to which provision (None for the whole)."""

    by: str
    date: str | None
    relation: str
    provision: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Status:
    """The state on a day, since when, and every act behind it, in order of their days; acts without a day are counted
    and listed, for they may be of that time."""

    state: State
    as_of: str | None
    since: str | None
    acts: tuple[Act, ...]
    undated: int


def status_of(acts: Iterable[Act], as_of: str | None = None) -> Status:
    """The status that the acts up to a day (ISO 8601, None for all) give."""
    known = [act for act in acts if act.date is None or as_of is None or act.date <= as_of]
    ordered = tuple(sorted(known, key=lambda act: (act.date or "", act.by, act.relation, act.provision or "")))
    state: State = max(map(_state, ordered), key=_ORDER.index, default="in_force")
    since = min((act.date for act in ordered if act.date and _state(act) == state), default=None)
    return Status(state, as_of, since if state != "in_force" else None, ordered, sum(a.date is None for a in ordered))


def _state(act: Act) -> State:
    if act.relation in {"replaces", "repeals"}:
        if act.provision:
            return "partly_ended"
        return "replaced" if act.relation == "replaces" else "repealed"
    return "changed"
