"""An agenda as a calendar: items go in; iCalendar (RFC 5545) bytes, one event for each day, come out."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime

from icalendar import Calendar, Event

from docparse.store.agenda import Item

LONG = 400
"""Characters of a task's text that an event repeats."""


def calendar(items: Iterable[Item]) -> bytes:
    """One all-day event for each day of each item. The same items give the same bytes."""
    out = Calendar()
    out.add("prodid", "-//docparse//tasks//VI")
    out.add("version", "2.0")
    for item in items:
        for day in item.days:
            out.add_component(_event(item, day))
    return bytes(out.to_ical())


def _event(item: Item, day: str) -> Event:
    event = Event()
    at = date.fromisoformat(day)
    event.add("uid", f"{item.sha256[:16]}-{item.task}-{item.deadline_id}-{item.body_id}-{day}@docparse")
    event.add("dtstamp", datetime(at.year, at.month, at.day, tzinfo=UTC))
    event.add("dtstart", at)
    event.add("summary", f"{item.body}: {item.number or item.document}")
    event.add("description", f"{item.text[:LONG]}\n{item.deadline or ''}\n{item.document}".strip())
    return event
