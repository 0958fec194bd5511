"""E-signatures as pages show them: the `esign` lines in, `DigitalSignature`s out (signer, organisation, ISO 8601
time)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from docparse.clean.pieces import Piece
from docparse.model import DigitalSignature

_SIGNER = re.compile(
    r"^(?:K[ýí] bởi|Người k[ýí]|K[ýí] số bởi|Được k[ýí] bởi|Digitally signed by|Signed by)\s*:?\s*(.*)$", re.I
)
_ORGAN = re.compile(r"^(?:Cơ quan|Tổ chức|Đơn vị)\s*:\s*(.*)$", re.I)
_TIME = re.compile(r"^(?:Thời gian k[ýí]|Ngày k[ýí]|K[ýí] ngày|Giờ k[ýí]|Date)\s*:\s*(.*)$", re.I)
_DAY = re.compile(r"(?:(\d{1,2})[./-](\d{1,2})[./-](\d{4})|(\d{4})[./-](\d{1,2})[./-](\d{1,2}))")
_HOUR = re.compile(r"(\d{1,2}):\s?(\d{2})(?::\s?(\d{2}))?\s*([+-]\d{2}[:']?\d{2})?")
_LABEL = re.compile(r"^[^\W\d]{1,12}(?: [^\W\d]{1,8}){0,3}\s*:")


@dataclass(slots=True)
class _Draft:
    signer: str | None = None
    organization: str | None = None
    time: str | None = None
    open: str | None = None
    """Which value the next line may continue."""


def found(known: tuple[DigitalSignature, ...], pieces: Iterable[Piece]) -> tuple[DigitalSignature, ...]:
    """The file's own signatures when the reader found any, else those that its pages show."""
    if known:
        return known
    lines = [p for p in pieces if p.role == "esign"]
    drawn = [p for p in lines if p.line.widget]
    return tuple(_of(drawn)) or tuple(_of(lines))


def _of(lines: Sequence[Piece]) -> Iterable[DigitalSignature]:
    drafts: list[_Draft] = []
    for piece in lines:
        text = piece.text
        if (match := _SIGNER.match(text)) is not None:
            drafts.append(_Draft(signer=match[1].strip() or None, open="signer"))
            continue
        if not drafts:
            drafts.append(_Draft())
        draft = drafts[-1]
        if (match := _ORGAN.match(text)) is not None:
            draft.organization, draft.open = match[1].strip() or None, "organization"
        elif (match := _TIME.match(text)) is not None:
            draft.time, draft.open = iso(match[1]), None
        elif draft.open and not _LABEL.match(text) and not any(c.isdigit() for c in text):
            before: str | None = getattr(draft, draft.open)
            setattr(draft, draft.open, f"{before} {text}" if before else text)
    for draft in drafts:
        if draft.signer or draft.time:
            yield DigitalSignature(draft.signer, draft.organization, draft.time)


def iso(text: str) -> str | None:
    """A date with its hour as ISO 8601, as far as stated: `09/02/2022 09:29:19` → `2022-02-09T09:29:19`."""
    day = _DAY.search(text)
    if day is None:
        return None
    d, m, y = (day[1], day[2], day[3]) if day[1] else (day[6], day[5], day[4])
    date = f"{int(y):04}-{int(m):02}-{int(d):02}"
    hour = _HOUR.search(text, day.end())
    if hour is None:
        return date
    zone = hour[4] or ""
    if zone and zone[3] not in ":'":
        zone = f"{zone[:3]}:{zone[3:]}"
    return f"{date}T{int(hour[1]):02}:{hour[2]}:{hour[3] or '00'}{zone.replace(chr(39), ':')}"
