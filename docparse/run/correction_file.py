"""Corrections as CSV: the log of a corpus goes out as one table, and such a table, or one made by hand, comes in.

A table of another corpus has the hash of each file and when it was said (`COLUMNS`); one made by hand needs `document`
(id, number or hash), `field` and `value`, and may have `quote` and `note`.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from docparse.errors import DocparseError, InputError
from docparse.link.correcting import Correction
from docparse.store.amending import Entry
from docparse.store.corpus import Corpus

COLUMNS = (
    "sha256",
    "path",
    "field",
    "value",
    "machine",
    "quote",
    "start",
    "author",
    "made_at",
    "note",
    "before",
    "after",
    "state",
)


@dataclass(frozen=True, slots=True)
class TakenIn:
    """How many corrections were new, and the lines that could not be used, each with the reason."""

    new: int
    refused: tuple[str, ...]


def dumped(entries: Iterable[Entry]) -> bytes:
    """The log as CSV in UTF-8, a line for each entry."""
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\n")
    table.writerow(COLUMNS)
    for entry in entries:
        one = entry.correction
        table.writerow(
            [
                entry.sha256, entry.path or "", one.field, one.value or "", one.machine or "", one.quote, one.start,
                one.author, one.made_at, one.note, one.before, one.after, entry.state,
            ]
        )  # fmt: skip
    return out.getvalue().encode("utf-8")


def take_in(corpus: Corpus, path: Path, author: str) -> TakenIn:
    """Enter the corrections of a CSV file; `author` is who says those that name nobody. A line that cannot be used does
    not hold up the others. Raises InputError for a file that is no such table."""
    new, refused = 0, []
    for place, row in enumerate(_rows(path), 2):
        try:
            if row.get("sha256") and row.get("made_at"):
                new += corpus.enter([(row["sha256"].lower(), _entry(row))])
            else:
                by, note, quote = row.get("author") or author, row.get("note") or "", row.get("quote") or ""
                called = row.get("document") or row.get("sha256") or ""
                new += len(corpus.correct(called, row["field"], row["value"], by, note, quote).entries)
        except (DocparseError, ValueError) as error:
            refused.append(f"{path}, line {place}: {error}")
    return TakenIn(new, tuple(refused))


def _entry(row: dict[str, str]) -> Correction:
    when = datetime.fromisoformat(row["made_at"]).astimezone(UTC).isoformat(timespec="milliseconds")
    return Correction(
        0, row["field"], row["value"] or None, row.get("machine") or None, row.get("quote") or "",
        int(row.get("start") or -1), row.get("author") or "unknown", when, row.get("note") or "",
        row.get("before") or "", row.get("after") or "",
    )  # fmt: skip


def _rows(path: Path) -> Sequence[dict[str, str]]:
    try:
        text = path.read_text("utf-8-sig")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8; save it as CSV in UTF-8") from error
    try:
        table = csv.DictReader(io.StringIO(text), strict=True)
        rows = [{key: value or "" for key, value in row.items() if isinstance(key, str)} for row in table]
    except csv.Error as error:
        raise InputError(
            f"{path} is no CSV table: {error}; export one with: docparse corrections --csv FILE"
        ) from error
    heads = set(table.fieldnames or ())
    if not heads >= {"field", "value"} or not heads & {"document", "sha256"}:
        raise InputError(f"{path} needs the columns document, field and value; it has {', '.join(sorted(heads))}")
    return rows
