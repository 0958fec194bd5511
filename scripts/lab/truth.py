"""What is printed on each page of a digital PDF of the corpus: its bytes in, lines and words with their boxes out.

Independent of docparse: the characters come from pdfplumber in the order in which the maker drew them, so a column is
followed from top to bottom and no reader's idea of order enters the truth.
"""

from __future__ import annotations

import io
import unicodedata
from dataclasses import dataclass, field
from typing import Any

import pdfplumber

NEW_LINE, NEW_COLUMN, NEW_WORD = 0.6, 1.9, 0.16
"""In sizes of the font: a step of the baseline, a gap of columns, a gap of words."""

BoxTuple = tuple[float, float, float, float]


@dataclass
class TrueWord:
    """A word, its box (x0, top, x1, bottom) in points from the page's top left; `hand` when a pen wrote it."""

    text: str
    box: BoxTuple
    hand: bool = False


@dataclass
class TrueLine:
    """A printed line of one column."""

    words: list[TrueWord] = field(default_factory=list)
    glued: list[bool] = field(default_factory=list)  # whether a word follows the one before it without a space

    @property
    def text(self) -> str:
        return self._joined(self.words)

    @property
    def printed(self) -> str:
        """Without what was written by hand."""
        return self._joined([w for w in self.words if not w.hand])

    def _joined(self, words: list[TrueWord]) -> str:
        out = ""
        for word, glued in zip(self.words, self.glued, strict=True):
            if word in words:
                out += word.text if glued or not out else " " + word.text
        return unicodedata.normalize("NFC", out)


@dataclass
class TruePage:
    """A page: width and height in points, and its lines in the order in which they were drawn."""

    width: float
    height: float
    lines: list[TrueLine]


def pages_of(data: bytes) -> list[TruePage]:
    """The pages of a digital PDF. White characters hold the place of what a pen writes."""
    with pdfplumber.open(io.BytesIO(data)) as document:
        return [TruePage(float(p.width), float(p.height), _lines(p.chars, float(p.height))) for p in document.pages]


def _lines(chars: list[dict[str, Any]], height: float) -> list[TrueLine]:
    lines: list[TrueLine] = []
    last: dict[str, Any] | None = None
    spaced = False
    for char in chars:
        text = char["text"].replace("\xa0", " ")
        if not text.strip():
            spaced = True
            continue
        size = max(float(char["size"]), float(last["size"]) if last else 0.0)
        hand = _is_white(char["non_stroking_color"])
        box = (float(char["x0"]), float(char["top"]), float(char["x1"]), float(char["bottom"]))
        gap = box[0] - float(last["x1"]) if last else 0.0
        if last is None or _step(char, last) > NEW_LINE * size or not -0.4 * size < gap < NEW_COLUMN * size:
            lines.append(TrueLine())
            _add(lines[-1], text, box, hand, glued=False)
        elif spaced or gap > NEW_WORD * size or hand != lines[-1].words[-1].hand:
            _add(lines[-1], text, box, hand, glued=not spaced and gap <= NEW_WORD * size)
        else:
            word = lines[-1].words[-1]
            a, b = word.box, box
            word.text += text
            word.box = (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
        last, spaced = char, False
    return lines


def _add(line: TrueLine, text: str, box: BoxTuple, hand: bool, glued: bool) -> None:
    line.words.append(TrueWord(text, box, hand))
    line.glued.append(glued)


def _step(char: dict[str, Any], last: dict[str, Any]) -> float:
    return abs(float(char["matrix"][5]) - float(last["matrix"][5]))


def _is_white(colour: Any) -> bool:
    values = colour if isinstance(colour, tuple | list) else (colour,)
    return bool(values) and all(v is not None and float(v) > 0.99 for v in values)
