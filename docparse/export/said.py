"""Corrections and doubts for people: entries of the log and doubts go in; lines, and values for JSON, come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from docparse.store.amending import Amended, Entry
from docparse.store.doubts import Doubt


def amended_value(done: Amended) -> dict[str, Any]:
    """What a correction did, as JSON says it."""
    return {"id": done.id, "entries": [entry_value(one) for one in done.entries], "not_in": list(done.not_in)}


def amended_lines(done: Amended) -> Iterator[str]:
    """What a correction did: the document's id now, and each file with what was and is said."""
    yield done.id
    yield from (entry_line(entry) for entry in done.entries)


def entry_value(entry: Entry) -> dict[str, Any]:
    """An entry as JSON says it."""
    return {"sha256": entry.sha256, "path": entry.path, "state": entry.state} | asdict(entry.correction)


def entry_line(entry: Entry) -> str:
    """An entry in a line: the file, its number, what was and what is said, who and when, and what became of it."""
    one = entry.correction
    said = f"{one.machine or 'nothing'} -> {one.value if one.value is not None else 'none'}"
    if one.field == "undo":
        said = f"{one.value} of {one.machine} taken back"
    words = f" on {' '.join(one.quote[:60].split())!r}" if one.quote else ""
    note = f" ({one.note})" if one.note else ""
    return (
        f"{entry.path or entry.sha256[:16]} {one.number}. {one.field}: {said}{words}  "
        f"{one.author} {one.made_at[:19]}  {entry.state}{note}"
    )


def doubt_line(one: Doubt) -> str:
    """A doubt in a line: its worth, why, where, what."""
    page = f" p. {one.page}" if one.page is not None else ""
    sure = f" ({one.confidence:.2f})" if one.confidence is not None else ""
    field = f" {one.field}" if one.field else ""
    return f"{one.worth:7.2f}  {one.reason}  {one.path}{page}{field}{sure}: {one.message}"
