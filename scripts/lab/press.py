"""A source of the corpus, a font and a size in, its printed pages out: drawn, with what is printed on each."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pypdfium2
from corpus_maker import pdf
from corpus_maker.fonts import FILES, HELD_OUT
from corpus_maker.gold import gold_record
from corpus_maker.source import Paper, read_paper

from lab.truth import TruePage, pages_of
from lab.wear import Blank, Image

SOURCES = Path(__file__).resolve().parents[2] / "corpus" / "sources"
FONTS = {"tuning": tuple(FILES), "held-out": tuple(HELD_OUT)}


@dataclass(frozen=True)
class Print:
    """A printed document: digital PDF, true pages, gold record, and (page, x, y from the top) of the seal."""

    name: str
    data: bytes
    pages: tuple[TruePage, ...]
    gold: dict[str, Any]
    seal: tuple[int, float, float] | None

    def blanks(self, page: int) -> list[Blank]:
        """What a pen writes on a page."""
        return [Blank(w.text, w.box) for line in self.pages[page].lines for w in line.words if w.hand]


def papers() -> tuple[str, ...]:
    """The names of all sources."""
    return tuple(path.stem for path in sorted(SOURCES.glob("*.toml")))


@lru_cache(maxsize=64)
def paper(name: str) -> Paper:
    """Raises FileNotFoundError for a name that no source has."""
    return read_paper(SOURCES / f"{name}.toml")


@lru_cache(maxsize=256)
def printed(name: str, font: str, size: float, by_hand: bool) -> Print:
    """Set a source in a font; `by_hand` leaves blanks for number and day."""
    source = paper(name)
    made = pdf.pdf_file(replace(source, meta={**source.meta, "font": font, "size": size, "by_hand": by_hand}))
    pages = tuple(pages_of(made.data))
    seal = None
    if made.seal is not None:
        page, x, y = made.seal
        seal = (page, x, pages[page].height - y)
    return Print(name, made.data, pages, gold_record(source), seal)


@lru_cache(maxsize=32)
def drawn(data: bytes, page: int, dpi: int) -> Image:
    """A page of a digital PDF as BGR pixels."""
    document = pypdfium2.PdfDocument(data)
    try:
        image = document[page].render(scale=dpi / 72, rev_byteorder=False).to_numpy()
        return np.ascontiguousarray(image[:, :, :3])
    finally:
        document.close()
