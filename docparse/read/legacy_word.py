"""Legacy Word files (.doc of Word 6 to 2003): bytes in, a `Scan` of one page without boxes out, through antiword or
LibreOffice.

antiword prints the paragraphs as text and, a second time, the tables as DocBook; the two are put together in order,
since the text loses where a table's rows end and DocBook loses line breaks within a paragraph.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lxml import etree

from docparse.errors import DamagedFile, DependencyError, EncryptedFile, UnsupportedFormat
from docparse.model import Scan, ScanLine, ScanPage, Source
from docparse.read.grid import Box, table_lines
from docparse.read.office import read_docx

SECONDS = 60
"""The time that a converter may take for one file."""

_BARS = re.compile(r"\s*\|\s*")
_ROW_END = re.compile(r"\|\s*\|\s*$")
_LOST = re.compile(r"password|encrypted", re.IGNORECASE)


def read_doc(data: bytes, source: Source) -> Scan:
    """A legacy Word file. Raises EncryptedFile, DamagedFile, UnsupportedFormat, and DependencyError when no converter
    is installed."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise EncryptedFile(f"{source.path}: the document has a password; open it in Word and save it without one")
    antiword, office = shutil.which("antiword"), shutil.which("soffice") or shutil.which("libreoffice")
    if antiword is None and office is None:
        raise DependencyError(
            f"{source.path}: legacy Word files need antiword or LibreOffice; run scripts/setup, "
            "or install the package antiword"
        )
    with tempfile.TemporaryDirectory(prefix="docparse-") as folder:
        path = Path(folder) / "in.doc"
        path.write_bytes(data)
        problem = ""
        if antiword is not None:
            text, problem = _run([antiword, "-m", "UTF-8", "-w", "0", str(path)])
            if text.strip():
                book, _ = _run([antiword, "-m", "UTF-8", "-x", "db", str(path)])
                return Scan(source, (ScanPage(1, 0.0, 0.0, "markup", tuple(_lines(text, book))),))
        if office is not None:
            _run([office, "--headless", "--convert-to", "docx", "--outdir", folder, str(path)], home=folder)
            converted = Path(folder) / "in.docx"
            if converted.is_file():
                return read_docx(converted.read_bytes(), source)
    if _LOST.search(problem):
        raise EncryptedFile(f"{source.path}: the document has a password; open it in Word and save it without one")
    if "is not a Word Document" in problem or "Rich Text Format" in problem:
        raise UnsupportedFormat(f"{source.path}: not a Word document inside; save it as DOCX or PDF")
    reason = problem.strip().splitlines()[-1] if problem.strip() else "no text comes out of it"
    raise DamagedFile(
        f"{source.path}: the Word file is damaged ({reason.replace(str(path), source.path)}); "
        f"open it in Word and save it as DOCX"
    )


def _run(command: Sequence[str], home: str | None = None) -> tuple[str, str]:
    """Standard output and error of a converter; a crash or a timeout gives what was printed until then."""
    environment = None if home is None else {"HOME": home, "PATH": "/usr/local/bin:/usr/bin:/bin"}
    try:
        done = subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, env=environment)
    except subprocess.TimeoutExpired:
        return "", f"{Path(command[0]).name} took longer than {SECONDS} s"
    except OSError as error:
        return "", str(error)
    return done.stdout.decode("utf-8", "replace"), done.stderr.decode("utf-8", "replace")


def _lines(text: str, book: str) -> Iterator[ScanLine]:
    """The text's lines, each block of table rows replaced by the table of the DocBook output when both have as many."""
    printed = text.splitlines()
    first, begin = _lost_row(printed)
    blocks = list(_blocks(printed[begin:]))
    tables = _tables(book)
    paired = sum(1 for is_table, _ in blocks if is_table) == len(tables)
    number = 0
    if first and not (blocks and blocks[0][0]):
        yield from table_lines([first], number)
        first = []
    for is_table, lines in blocks:
        if first:
            yield from table_lines([first, *(tables[number] if paired else _printed(lines))], number)
            first = []
            number += 1
            continue
        if not is_table:
            yield from (ScanLine(part) for line in lines for part in _BARS.split(line) if part.strip())
            continue
        yield from table_lines(tables[number] if paired else _printed(lines), number)
        number += 1


def _lost_row(printed: Sequence[str]) -> tuple[list[Box], int]:
    """The first row of a table with which the file begins, which antiword prints as text with a bar after each cell,
    and where it ends."""
    for index, line in enumerate(printed[:20]):
        if line.startswith("|"):
            break
        if _ROW_END.search(line):
            cells = "\n".join(printed[: index + 1]).split("|")
            boxes = [
                Box(i, tuple(ScanLine(part.strip()) for part in cell.split("\n") if part.strip()))
                for i, cell in enumerate(cells)
                if cell.strip()
            ]
            return boxes, index + 1
    return [], 0


def _blocks(lines: Sequence[str]) -> Iterator[tuple[bool, list[str]]]:
    """Runs of table rows (between bars) and of other lines."""
    block: list[str] = []
    kind = False
    for line in lines:
        row = line.startswith("|") and line.rstrip().endswith("|")
        if row != kind and block:
            yield kind, block
            block = []
        kind = row
        block.append(line)
    if block:
        yield kind, block


def _printed(lines: Sequence[str]) -> list[list[Box]]:
    """Rows as printed: each printed line a row, since the text does not show where rows end."""
    return [
        [Box(i, (ScanLine(cell.strip()),)) for i, cell in enumerate(line.strip().strip("|").split("|")) if cell.strip()]
        for line in lines
    ]


def _tables(book: str) -> list[list[list[Box]]]:
    """The tables of a DocBook text, each as rows of cells; none when it is not well formed."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, recover=True)
    try:
        root = etree.fromstring(book.encode("utf-8"), parser)
    except etree.XMLSyntaxError:
        return []
    if root is None:
        return []
    out: list[list[list[Box]]] = []
    for table in root.iter("informaltable"):
        rows: list[list[Box]] = []
        for row in table.iter("row"):
            cells = ["".join(str(part) for part in entry.itertext()) for entry in row.iter("entry")]
            rows.append(
                [
                    Box(i, tuple(ScanLine(line.strip()) for line in cell.splitlines() if line.strip()))
                    for i, cell in enumerate(cells)
                ]
            )
        out.append(rows)
    return out
