"""Reading the laboratory's documents: an image-only PDF and its truth in, what was read and how wrong it is out."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from docparse import clean, pipeline, read
from docparse.model import Document
from docparse.settings import Settings
from lab.measure import page_errors


@dataclass(frozen=True)
class PageResult:
    """One page: how it was read, whether a warning names it, errors and length in characters."""

    number: int
    method: str
    warned: bool
    errors: int
    length: int

    @property
    def rate(self) -> float:
        return self.errors / max(1, self.length)

    @property
    def lost(self) -> bool:
        """More than two fifths of its characters wrong, and nothing says so."""
        return self.rate > 0.4 and not self.warned and self.method not in ("unreadable",)


@dataclass(frozen=True)
class Result:
    """One document: its pages, its record as JSON values, and the CPU seconds of its reading."""

    pages: tuple[PageResult, ...]
    record: dict[str, Any]
    seconds: float


def lines_of(document: Document) -> dict[int, list[str]]:
    """The lines of each page as the record has them: those of its text, repaired; page numbers and running heads, which
    are not in the text, as read. What was told to be a stamp or a speck is no print and is left out."""
    out: defaultdict[int, list[str]] = defaultdict(list)
    for line in document.lines:
        if line.span.end > line.span.start:
            out[line.page].append(line.span.of(document.text))
        elif line.role == "running":
            out[line.page].append(line.raw)
    return out


def read_sheet(data: bytes, truth: Mapping[str, Any], settings: Settings | None = None) -> Result:
    """Read a worn document as `docparse parse` does and compare every page with what was printed on it."""
    began = time.process_time()
    scan = read.read_bytes(data, f"{truth['name']}.pdf", settings or Settings())
    seconds = time.process_time() - began
    document = clean.clean(scan)
    record = pipeline.annotate(document).record().model_dump(mode="json", by_alias=True)
    # a warning about a stamp or a blank says nothing about the page as a whole
    warned = {w["page"] for w in record["warnings"] if w["code"].endswith("_page")}
    read_lines = lines_of(document)
    pages = []
    for page, true in zip(scan.pages, truth["pages"], strict=True):
        lines = [(line["text"], line["printed"]) for line in true["lines"]]
        tops = [min(word[2] for word in line["words"]) for line in true["lines"]]
        lefts = [line["words"][0][1] for line in true["lines"]]
        rows = sorted(range(len(lines)), key=lambda i: (round(tops[i] / 8), lefts[i]))
        errors, length = page_errors(lines, read_lines.get(page.number, []), rows)
        pages.append(PageResult(page.number, page.method, page.number in warned, errors, length))
    return Result(tuple(pages), record, seconds)
