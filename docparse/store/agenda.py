"""Who owes what by when: a body and a time go in; tasks with their deadlines, from all records, come out.

A body of an item holds for its sub-items; where neither an item nor those above it name a doer, the default bodies of
the document do it (CONTRACT.md, Responsible bodies).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import sqlalchemy as sa
from dateutil.rrule import rrulestr

from docparse.store import corrections, schema
from docparse.store.rows import folded, last_day

MOST_DAYS = 400
"""How many days of a recurring deadline are counted out at most."""


@dataclass(frozen=True, slots=True)
class Item:
    """A body's task with one of its deadlines, or with none.

    `days` are the last days that the deadline allows within the time asked for, ISO 8601; empty for one that counts
    from an event (`anchor`). `inherited` when the body stands at an item above, or opens the list.
    """

    document: str
    sha256: str
    number: str | None
    date: str | None
    issuer: str | None
    task: str | None
    path: tuple[str, ...]
    text: str
    page: int | None
    body_id: str
    body: str
    role: str
    inherited: bool
    deadline_id: str | None
    deadline: str | None
    kind: str | None
    value: str | None
    anchor: str | None
    days: tuple[str, ...]
    confidence: float


def agenda(
    connection: sa.Connection, body: str | None = None, since: str | None = None, before: str | None = None
) -> list[Item]:
    """The items of a body (its name or a part of it, with or without diacritics; None for all), by day.

    With `since` or `before` (ISO days, both included) only items with a day in that time; recurring deadlines are
    counted out in it, which needs an end: without `before`, a year from `since` or from the document's own day.
    """
    said = corrections.histories(connection)
    items = [
        item
        for row in _documents(connection, body)
        for item in _items(row, corrections.reading(row.record, said.get(row.sha256, ())), body, since, before)
    ]
    if since or before:
        items = [item for item in items if item.days]
    return sorted(items, key=lambda i: (i.days[:1] or ("9999",), i.document, i.task or "", i.body, i.deadline or ""))


def _documents(connection: sa.Connection, body: str | None) -> Iterable[Any]:
    d, duty = schema.document, schema.duty
    own, head = schema.name.alias("own"), schema.name.alias("head")
    statement = (
        sa.select(d.c.sha256, d.c.number, d.c.date, d.c.issuer, d.c.record, head.c.urn)
        .join(own, own.c.id == d.c.name)
        .join(head, head.c.id == own.c.node)
        .order_by(head.c.urn, corrections.looked_at(), d.c.unreadable, d.c.quality.desc(), d.c.sha256)
    )
    if body is not None:
        asked = sa.select(duty.c.document).where(duty.c.folded.contains(folded(body), autoescape=True))
        statement = statement.where(d.c.id.in_(asked))
    seen: set[str] = set()
    for row in connection.execute(statement):
        if row.urn not in seen:  # of several scans of one document the best reading speaks
            seen.add(row.urn)
            yield row


def _items(
    row: Any, record: Mapping[str, Any], body: str | None, since: str | None, before: str | None
) -> Iterator[Item]:
    tasks = {task["id"]: task for task in record["tasks"]}
    bodies: dict[str | None, list[dict[str, Any]]] = {}
    for one in record["bodies"]:
        bodies.setdefault(one["task"], []).append(one)
    deadlines: dict[str | None, list[dict[str, Any] | None]] = {}
    for one in record["deadlines"]:
        deadlines.setdefault(one["task"], []).append(one)
    for key, task in tasks.items():
        responsible, inherited = _responsible(key, tasks, bodies)
        for doer in responsible:
            if body is not None and folded(body) not in folded(doer["name"]):
                continue
            for due in deadlines.get(key) or ([None] if since is None and before is None else []):
                yield _item(row, task, doer, inherited, due, since, before)


def _responsible(
    key: str, tasks: Mapping[str, dict[str, Any]], bodies: Mapping[str | None, list[dict[str, Any]]]
) -> tuple[list[dict[str, Any]], bool]:
    """The bodies of a task: its own, else those of the nearest item around it, else the document's default bodies."""
    around = sorted(
        (t for t in tasks.values() if t["span"][0] <= tasks[key]["span"][0] and tasks[key]["span"][1] <= t["span"][1]),
        key=lambda t: (t["span"][1] - t["span"][0], -len(t["path"])),
    )
    own = bodies.get(key, [])
    for task in around:
        found = bodies.get(task["id"], [])
        if any(one["role"] == "lead" for one in found):
            return [*own, *(one for one in found if one not in own)], task["id"] != key
    return [*own, *bodies.get(None, [])], not own


def _item(
    row: Any,
    task: dict[str, Any],
    doer: dict[str, Any],
    inherited: bool,
    due: dict[str, Any] | None,
    since: str | None,
    before: str | None,
) -> Item:
    return Item(
        row.urn, row.sha256, row.number, row.date, row.issuer, task["id"], tuple(task["path"]), task["text"],
        task["pages"][0] if task["pages"] else None, doer["id"], doer["name"], doer["role"],
        inherited and doer["task"] != task["id"],
        due["id"] if due else None, due["text"] if due else None, due["kind"] if due else None,
        due["value"] if due else None, due["anchor"] if due else None,
        days_of(due, row.date, since, before) if due else (),
        min(doer["confidence"], due["confidence"]) if due else doer["confidence"],
    )  # fmt: skip


def days_of(due: Mapping[str, Any], issued: str | None, since: str | None, before: str | None) -> tuple[str, ...]:
    """The last days that a deadline allows within a time; none for one that counts from an event."""
    if due["kind"] == "recurring":
        return tuple(_counted(due["value"], issued, since, before))
    last = last_day(due["value"]) if due["kind"] in {"fixed", "period"} else None
    within = last is not None and (since is None or last >= since) and (before is None or last <= before)
    return (last,) if within and last is not None else ()


def _counted(rule: str | None, issued: str | None, since: str | None, before: str | None) -> Iterator[str]:
    start = _day(since) or _day(issued)
    if rule is None or start is None:
        return
    first = max(filter(None, (start, _day(issued))))
    end = _day(before) or first + timedelta(days=365)
    try:
        days = rrulestr(_anchored(rule), dtstart=datetime(first.year, first.month, first.day), ignoretz=True)
        found = days.between(
            datetime(first.year, first.month, first.day), datetime(end.year, end.month, end.day), inc=True
        )
    except ValueError:  # a rule that states no day of its own kind
        return
    yield from (day.date().isoformat() for day in found[:MOST_DAYS])


def _anchored(rule: str) -> str:
    """A rule that names no day falls due on the last day of its month, quarter or year."""
    parts = dict(part.split("=", 1) for part in rule.split(";") if "=" in part)
    if "BYMONTHDAY" in parts or "BYDAY" in parts or parts.get("FREQ") in {"DAILY", "WEEKLY"}:
        return rule
    if parts.get("FREQ") == "YEARLY" and "BYMONTH" not in parts:
        rule += ";BYMONTH=12"
    if parts.get("FREQ") == "MONTHLY" and parts.get("INTERVAL") == "3":
        rule = rule.replace(";INTERVAL=3", "") + ";BYMONTH=3,6,9,12"
    return f"{rule};BYMONTHDAY=-1"


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return None
