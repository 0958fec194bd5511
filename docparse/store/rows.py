"""What the store keeps of a record: a record and its bytes' fingerprint go in; rows for the tables come out.

Pure: names are given as URNs here, and become row ids when they are written.
"""

from __future__ import annotations

import calendar
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from docparse.places import fold
from docparse.record import Record

_DAY = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_MONTH = re.compile(r"(\d{4})-(\d{2})")
_QUARTER = re.compile(r"(\d{4})-Q([1-4])")
_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class Named:
    """A name as one record states it, with what is printed for people to read."""

    urn: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None


@dataclass(frozen=True, slots=True)
class Rows:
    """All rows of one record; edges carry their target's URN under `target`."""

    own: Named
    document: dict[str, Any]
    targets: tuple[Named, ...]
    edges: tuple[dict[str, Any], ...]
    duties: tuple[dict[str, Any], ...]
    dues: tuple[dict[str, Any], ...]

    @property
    def named(self) -> tuple[Named, ...]:
        """Every name that the record states: its own, then those that it cites."""
        return (self.own, *self.targets)


def rows_of(record: Record, fingerprint: str) -> Rows:
    """The rows of a record that `fingerprint` (stages, tables, models, settings) made."""
    header, source = record.header, record.source
    kind = header.type.code if header else None
    number, day = (header.number, header.date) if header else (None, None)
    issuer, subject = (header.issuer.name, header.subject) if header else (None, None)
    sure = [page.confidence for page in source.pages if page.confidence is not None]
    document = {
        "sha256": source.sha256,
        "newest": newest(day, source.sha256),
        "path": source.path,
        "media_type": source.media_type,
        "kind": record.kind,
        "system": header.system if header else None,
        "type": kind,
        "number": number,
        "date": day,
        "issuer": issuer,
        "level": header.issuer.level if header else None,
        "place": header.issuer.place if header else None,
        "subject": subject,
        "pages": len(source.pages),
        "unreadable": sum(page.method == "unreadable" for page in source.pages),
        "quality": round(sum(sure) / len(sure), 4) if sure else 1.0,
        "warnings": len(record.warnings),
        "fingerprint": fingerprint,
        "record": packed(record),
    }
    return Rows(
        Named(own_urn(record), kind, number, day, issuer, subject),
        document,
        tuple(_targets(record)),
        tuple(_edges(record)),
        tuple(_duties(record)),
        tuple(_dues(record)),
    )


def own_urn(record: Record) -> str:
    """The record's id; one without number and date keeps the whole hash, so that no two files meet by chance."""
    return f"sha256:{record.source.sha256}" if record.id.startswith("sha256:") else record.id


def packed(record: Record) -> bytes:
    """The record as it is stored: canonical JSON, compressed."""
    return zlib.compress(record.to_json().encode("utf-8"), 6)


def unpacked(data: bytes) -> str:
    """The canonical JSON of a stored record."""
    return zlib.decompress(data).decode("utf-8")


def _targets(record: Record) -> Iterator[Named]:
    for citation in record.citations:
        at = citation.target
        if at.id is not None:
            yield Named(at.id, at.type, at.number, at.date, at.issuer, at.title)


def _edges(record: Record) -> Iterator[dict[str, Any]]:
    for citation in record.citations:
        if citation.target.id is not None:
            yield {
                "target": citation.target.id,
                "relation": citation.relation,
                "citation": citation.id,
                "provision": citation.provision,
                "via": citation.via,
                "confidence": citation.confidence,
                "rule": citation.rule,
            }


def _duties(record: Record) -> Iterator[dict[str, Any]]:
    for body in record.bodies:
        yield {
            "task": body.task,
            "body": body.name,
            "folded": folded(body.name),
            "role": body.role,
            "confidence": body.confidence,
        }


def _dues(record: Record) -> Iterator[dict[str, Any]]:
    for deadline in record.deadlines:
        yield {
            "task": deadline.task,
            "deadline": deadline.id,
            "kind": deadline.kind,
            "value": deadline.value,
            "op": deadline.op,
            "last": last_day(deadline.value),
            "confidence": deadline.confidence,
        }


def newest(day: str | None, sha256: str) -> int:
    """A number that is smaller the later the day (ISO 8601), of one day by the hash; those without a day come last.

    It orders documents alike in whatever order they were taken in. 46 bits: short in an index.
    """
    match = _DAY.fullmatch(day or "")
    try:
        ordinal = date.fromisoformat(match[0]).toordinal() if match else 0
    except ValueError:
        ordinal = 0
    return (date.max.toordinal() - ordinal) << 24 | int(sha256[:6], 16)


def folded(words: str) -> str:
    """How names are compared: without diacritics, in lower case, spaces single."""
    return " ".join(fold(words).lower().split())


def last_day(value: str | None) -> str | None:
    """The last day that a fixed deadline or a period allows, ISO 8601; None for recurring and relative ones."""
    if value is None:
        return None
    end = value.rsplit("/", 1)[-1]
    if match := _DAY.fullmatch(end):
        return match[0]
    if match := _MONTH.fullmatch(end):
        return _end_of(int(match[1]), int(match[2]))
    if match := _QUARTER.fullmatch(end):
        return _end_of(int(match[1]), 3 * int(match[2]))
    return f"{end}-12-31" if _YEAR.fullmatch(end) else None


def _end_of(year: int, month: int) -> str | None:
    if not 1 <= month <= 12 or year == 0:
        return None
    return date(year, month, calendar.monthrange(year, month)[1]).isoformat()
