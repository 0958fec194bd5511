"""Registers of an archive: a corpus goes in; a row for each document held, under the columns that the regulations name,
comes out as CSV or XLSX.

The columns are in data/register_columns.tsv: documents sent and received after Nghị định 30/2020/NĐ-CP, annex VI, those
of a digital archive's files after Thông tư 02/2019/TT-BNV. Of several scans of a document the best reading speaks. What
only the archive knows stays empty; so does what the document does not state.
"""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache, partial

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from docparse.record import Record
from docparse.store.corpus import Corpus
from docparse.tables import Tables

Cell = str | int | date | None
_SYMBOL = re.compile(r"(\d+[a-zA-Z]?)[-/]?(.*)")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STAMP_NUMBER = re.compile(r"(?i)số(?:\s+đến)?\s*[:.]?\s*(\d+)")
_STAMP_DATE = re.compile(r"(?i)ngày(?:\s+đến)?\s*[:.]?\s*(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_WIDTH = {"Subject": 60, "To": 50, "OrganName": 34, "SignerInfo": 30}
_LONG_AGO = datetime(2000, 1, 1)
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*(</dcterms:modified>)")


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its key and heading in the regulation, the characters it may have, what fills it."""

    key: str
    heading: str
    most: int
    source: str


@lru_cache(maxsize=8)
def columns(register: str) -> tuple[Column, ...]:
    """The columns of a register (`outgoing`, `incoming`, `archive`), in order."""
    rows = Tables.default().rows("register_columns")
    return tuple(
        Column(row["key"], row["heading"], int(row["most"]), row["source"])
        for row in rows
        if row["register"] == register
    )


def rows(register: str, corpus: Corpus) -> Iterator[list[Cell]]:
    """A row for each document held, by date, then number, then id."""
    for urn, record in sorted(corpus.best(), key=_order):
        yield [_cell(column, urn, record) for column in columns(register)]


def _order(pair: tuple[str, Record]) -> tuple[str, int, str]:
    header = pair[1].header
    match = _SYMBOL.match(header.number or "") if header else None
    number = int(re.sub(r"\D", "", match[1])) if match else 0
    return (header.date or "" if header else "", number, pair[0])


def _cell(column: Column, urn: str, record: Record) -> Cell:
    if column.source == "id":
        return urn
    value = _SOURCES[column.source](record) if column.source else None
    return value[: column.most] if isinstance(value, str) else value


def _number(record: Record) -> tuple[str | None, str | None]:
    number = record.header.number if record.header else None
    match = _SYMBOL.fullmatch(number) if number else None
    return (match[1], match[2] or None) if match else (None, number)


def _signer(record: Record) -> str | None:
    at = record.signature
    return ", ".join(words for words in (at.position, at.name) if words) or None if at else None


def _day(text: str | None) -> Cell:
    """A whole day as a date; a month or a year as written."""
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        return text


def _due(record: Record) -> Cell:
    """The first fixed day by which the document wants something."""
    return _day(min((d.value for d in record.deadlines if d.kind == "fixed" and d.value), default=None))


def _stamped(record: Record, pattern: re.Pattern[str]) -> re.Match[str] | None:
    found = (pattern.search(stamp.text) for stamp in record.stamps if "đến" in stamp.text.lower())
    return next(filter(None, found), None)


def _arrival_number(record: Record) -> Cell:
    match = _stamped(record, _STAMP_NUMBER)
    return match[1] if match else None


def _arrival_date(record: Record) -> Cell:
    match = _stamped(record, _STAMP_DATE)
    return _day(f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}") if match else None


def _note(record: Record) -> str | None:
    """What a person should look at."""
    return "; ".join(dict.fromkeys(warning.message for warning in record.warnings)) or None


def _copy(record: Record) -> str | None:
    """Bản sao where a stamp says so; what the paper is otherwise only the archive knows."""
    return "Bản sao" if any(re.search(r"(?i)\bsao\b", stamp.text) for stamp in record.stamps) else None


_SOURCES: Mapping[str, Callable[[Record], Cell]] = {
    "type": lambda r: r.header.type.name if r.header else None,
    "code_number": lambda r: _number(r)[0],
    "code_notation": lambda r: _number(r)[1],
    "date": lambda r: _day(r.header.date) if r.header else None,
    "issuer": lambda r: r.header.issuer.name if r.header else None,
    "subject": lambda r: r.header.subject if r.header else None,
    "language": lambda r: "Tiếng Việt",
    "pages": lambda r: len(r.source.pages),
    "note": _note,
    "signer": _signer,
    "recipients": lambda r: "; ".join(one.text for one in r.recipients) or None,
    "priority": lambda r: ", ".join(filter(None, (r.header.urgency, r.header.secrecy))) or None if r.header else None,
    "due": _due,
    "arrival_date": _arrival_date,
    "arrival_number": _arrival_number,
    "copy": _copy,
}


def as_csv(register: str, corpus: Corpus) -> bytes:
    """The register as CSV: UTF-8 with a mark that spreadsheets know it by, days as dd/mm/yyyy."""
    stream = io.StringIO(newline="")
    writer = csv.writer(stream, lineterminator="\r\n")
    writer.writerow([column.heading for column in columns(register)])
    writer.writerows([[_plain(cell) for cell in row] for row in rows(register, corpus)])
    return stream.getvalue().encode("utf-8-sig")


def _plain(cell: Cell) -> str:
    if isinstance(cell, date):
        return cell.strftime("%d/%m/%Y")
    return _harmless(str(cell)) if cell is not None else ""


def _harmless(text: str) -> str:
    """Words that a spreadsheet would take for a formula are quoted."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def as_xlsx(register: str, corpus: Corpus) -> bytes:
    """The register as a workbook: days as days, the heading frozen. The same corpus gives the same bytes."""
    book = Workbook()
    book.properties.created = book.properties.modified = _LONG_AGO
    sheet = book.active
    assert sheet is not None
    sheet.title = register
    sheet.append([column.heading for column in columns(register)])
    for cell in sheet[1]:
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="top")
    for row in rows(register, corpus):
        sheet.append([_harmless(cell) if isinstance(cell, str) else cell for cell in row])
    for place, column in enumerate(columns(register), 1):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = _WIDTH.get(column.key, 14)
        if column.key in {"IssuedDate", "ArrivalDate", "DueDate"}:
            for (cell,) in sheet.iter_rows(min_row=2, min_col=place, max_col=place):
                cell.number_format = "dd/mm/yyyy"
    sheet.freeze_panes = "A2"
    return _timeless(book)


def _timeless(book: Workbook) -> bytes:
    """The workbook's bytes without the moment at which it was written."""
    first, out = io.BytesIO(), io.BytesIO()
    book.save(first)
    with zipfile.ZipFile(first) as written, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as anew:
        for name in written.namelist():
            data = _MODIFIED.sub(rb"\g<1>2000-01-01T00:00:00Z\g<2>", written.read(name))
            anew.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


outgoing_csv, outgoing_xlsx = partial(as_csv, "outgoing"), partial(as_xlsx, "outgoing")
incoming_csv, incoming_xlsx = partial(as_csv, "incoming"), partial(as_xlsx, "incoming")
archive_csv, archive_xlsx = partial(as_csv, "archive"), partial(as_xlsx, "archive")
