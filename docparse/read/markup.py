"""Plain text, Markdown and HTML: bytes in, a `Scan` of one page without boxes out."""

from __future__ import annotations

from docparse.model import Scan, ScanLine, ScanPage, Source


def read_text(data: bytes, source: Source) -> Scan:
    """A text file: each of its lines is a line, a tab separates the two columns of a header row."""
    text = data.decode("utf-8-sig", "replace")
    lines = tuple(ScanLine(raw) for raw in text.splitlines())
    return Scan(source, (ScanPage(1, 0.0, 0.0, "markup", lines),))
