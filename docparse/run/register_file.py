"""A register's file: CSV or TSV in whatever encoding and with whatever headings; its rows come out, bad lines named."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from docparse.errors import ConfigError, DamagedFile, InputError
from docparse.link.reconciling import Row
from docparse.places import fold

ENCODINGS = ("utf-8-sig", "utf-16", "cp1258")
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "number": (
        "so ky hieu",
        "so va ky hieu",
        "so, ky hieu",
        "so/ky hieu",
        "so hieu",
        "number",
        "ky hieu",
        "so van ban",
    ),
    "date": (
        "ngay, thang, nam van ban",
        "ngay thang",
        "ngay van ban",
        "ngay ban hanh",
        "ngay thang nam",
        "date",
        "ngay",
    ),
    "subject": ("trich yeu noi dung", "trich yeu", "noi dung", "ten loai va trich yeu noi dung", "subject", "tieu de"),
    "code": ("so cua van ban",),
    "notation": ("ky hieu cua van ban",),
}
"""Headings by which a column is known, folded; those of our own registers split number and notation."""
_DAY = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})")
_ISO = re.compile(r"(\d{4})-(\d{2})-(\d{2})")


@dataclass(frozen=True, slots=True)
class RegisterFile:
    """The rows that name a number, and the lines (from 1, the heading included) that cannot be used, each with why."""

    rows: tuple[Row, ...]
    refused: tuple[tuple[int, str], ...]


def read_register(path: Path, named: Mapping[str, str] | None = None) -> RegisterFile:
    """Read a register; `named` says which column holds `number`, `date`, `subject` where the headings do not.

    Raises InputError for a file that cannot be read, DamagedFile for one without text, ConfigError for columns that
    are not there.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check the path and its permissions") from error
    text = _decoded(path, data)
    lines = list(csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text)))
    if not lines or not any(lines[0]):
        raise DamagedFile(f"{path} has no line of headings; save it as CSV with headings")
    columns = _columns(path, lines[0], named or {})
    rows, refused = [], []
    for number, line in enumerate(lines[1:], 2):
        if not any(cell.strip() for cell in line):
            continue
        row = _row(number, line, columns)
        if row is None:
            refused.append((number, "no number"))
        elif row.date is None and _cell(line, columns.get("date")):
            refused.append((number, f"{_cell(line, columns.get('date'))!r} is no day; the row is compared without it"))
            rows.append(row)
        else:
            rows.append(row)
    return RegisterFile(tuple(rows), tuple(refused))


def named_columns(pairs: Iterable[str]) -> dict[str, str]:
    """`number=Số hiệu` as a mapping. Raises ConfigError for what is no such pair."""
    out = {}
    for pair in pairs:
        field, sign, head = pair.partition("=")
        if not sign or field not in HEADINGS:
            raise ConfigError(f"--column takes FIELD=HEADING, not {pair!r}; FIELD is number, date or subject")
        out[field] = head
    return out


def _decoded(path: Path, data: bytes) -> str:
    if b"\0" in data[:4096] and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DamagedFile(f"{path} is no text; export it as CSV (UTF-8) from your spreadsheet")
    for encoding in ENCODINGS:
        if encoding == "utf-16" and not data.startswith((b"\xff\xfe", b"\xfe\xff")):
            continue
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise DamagedFile(f"{path} is in no known encoding; save it as UTF-8")


def _delimiter(text: str) -> str:
    head = text.split("\n", 1)[0]
    return max("\t;,", key=head.count)


def _columns(path: Path, heads: Sequence[str], named: Mapping[str, str]) -> dict[str, int]:
    folded = [" ".join(fold(head).lower().split()) for head in heads]
    out: dict[str, int] = {}
    for field, head in named.items():
        wanted = " ".join(fold(head).lower().split())
        if field not in HEADINGS or wanted not in folded:
            known = ", ".join(head for head in heads if head)
            raise ConfigError(f"{path} has no column {head!r} for {field}; its columns are: {known}")
        out[field] = folded.index(wanted)
    for field, usual in HEADINGS.items():
        if field not in out:
            found = next((folded.index(head) for head in usual if head in folded), None)
            if found is not None:
                out[field] = found
    if "number" not in out and not {"code", "notation"} <= out.keys():
        raise ConfigError(f"{path} has no column of numbers; say which with --column number=HEADING")
    return out


def _cell(line: Sequence[str], column: int | None) -> str:
    return line[column].strip() if column is not None and column < len(line) else ""


def _row(where: int, line: Sequence[str], columns: Mapping[str, int]) -> Row | None:
    number = _cell(line, columns.get("number"))
    if "code" in columns and "notation" in columns:
        number = f"{_cell(line, columns['code'])}/{_cell(line, columns['notation'])}".strip("/")
    if not number:
        return None
    return Row(
        f"line {where}", number, _day(_cell(line, columns.get("date"))), _cell(line, columns.get("subject")) or None
    )


def _day(text: str) -> str | None:
    if match := _DAY.fullmatch(text):
        return f"{match[3]}-{int(match[2]):02}-{int(match[1]):02}"
    return text if _ISO.fullmatch(text) else None
