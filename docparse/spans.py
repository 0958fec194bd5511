"""Positions: spans of text, boxes on a page, and `Aligned`, the one type through which text is rewritten.

In: a string and where its characters came from. Out: a rewritten string that still knows where each came from.
"""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Mapping

from docparse.values import dataclass

INSERTED = -1
"""Origin of a character that no source character stands for (a joining space, a paragraph's end)."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Half-open range `[start, end)` in Unicode code points of a text."""

    start: int
    end: int

    def __len__(self) -> int:
        return self.end - self.start

    def of(self, text: str) -> str:
        """The words that the span marks in `text`."""
        return text[self.start : self.end]

    def holds(self, other: Span) -> bool:
        """Whether `other` lies within this span."""
        return self.start <= other.start and other.end <= self.end

    def meets(self, other: Span) -> bool:
        """Whether the two share at least one character."""
        return self.start < other.end and other.start < self.end

    def trimmed(self, text: str) -> Span:
        """The span without white space at its ends."""
        start, end = self.start, self.end
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        return Span(start, end)


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page in PDF points, the origin at the page's top left corner."""

    x0: float
    top: float
    x1: float
    bottom: float

    @property
    def width(self) -> float:
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        return self.bottom - self.top

    @property
    def middle(self) -> float:
        """The x of the vertical centre line."""
        return (self.x0 + self.x1) / 2

    def union(self, other: Box) -> Box:
        """The smallest box around both."""
        x0, top = min(self.x0, other.x0), min(self.top, other.top)
        return Box(x0, top, max(self.x1, other.x1), max(self.bottom, other.bottom))

    @staticmethod
    def around(boxes: Iterable[Box]) -> Box | None:
        """The smallest box around all, None for none."""
        whole: Box | None = None
        for box in boxes:
            whole = box if whole is None else whole.union(box)
        return whole


@dataclass(frozen=True, slots=True)
class Frame:
    """The way from a page made straight for reading back to the page as given, both in points from the top left.

    `width` and `height` are those of the page as given; `matrix` is the homography, nine numbers row by row, that takes
    a point of the straight page to where it lay.
    """

    width: float
    height: float
    matrix: tuple[float, ...]

    def given(self, box: Box) -> Box:
        """The smallest upright box around a straight page's box on the page as given, within its edges."""
        a, b, c, d, e, f, g, h, i = self.matrix
        xs: list[float] = []
        ys: list[float] = []
        for x, y in ((box.x0, box.top), (box.x1, box.top), (box.x0, box.bottom), (box.x1, box.bottom)):
            w = g * x + h * y + i or 1.0
            xs.append(min(max((a * x + b * y + c) / w, 0.0), self.width))
            ys.append(min(max((d * x + e * y + f) / w, 0.0), self.height))
        return Box(min(xs), min(ys), max(xs), max(ys))


class Aligned:
    """A text whose every character knows its origin: an index into the raw stream it was made from, or `INSERTED`.

    Immutable: each rewriting returns a new `Aligned`. `origins` has one entry for each code point of `text`.
    """

    __slots__ = ("origins", "text")

    def __init__(self, text: str, origins: array[int]) -> None:
        if len(text) != len(origins):
            raise ValueError(f"{len(text)} characters with {len(origins)} origins")
        self.text = text
        self.origins = origins

    @classmethod
    def of(cls, text: str, start: int = 0) -> Aligned:
        """A raw text whose first character stands at `start` of the raw stream."""
        return cls(text, array("q", range(start, start + len(text))))

    @classmethod
    def inserted(cls, text: str) -> Aligned:
        """A text that stands for nothing in the source."""
        return cls(text, array("q", [INSERTED]) * len(text))

    @classmethod
    def join(cls, parts: Iterable[Aligned]) -> Aligned:
        """All parts one after the other."""
        texts: list[str] = []
        origins = array("q")
        for part in parts:
            texts.append(part.text)
            origins.extend(part.origins)
        return cls("".join(texts), origins)

    def __len__(self) -> int:
        return len(self.text)

    def __bool__(self) -> bool:
        return bool(self.text)

    def __add__(self, other: Aligned) -> Aligned:
        return Aligned(self.text + other.text, self.origins + other.origins)

    def __getitem__(self, at: slice) -> Aligned:
        return Aligned(self.text[at], self.origins[at])

    def __repr__(self) -> str:
        return f"Aligned({self.text!r})"

    def strip(self) -> Aligned:
        """Without white space at both ends."""
        span = Span(0, len(self.text)).trimmed(self.text)
        return self[span.start : span.end]

    def sub(self, pattern: str | re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> Aligned:
        """Replace each match, as `re.sub` does.

        The characters of a replacement take the origins of the match in order; the surplus of a longer replacement
        takes the last one's, so that no rewritten character loses its place on the page.
        """
        compiled = re.compile(pattern) if isinstance(pattern, str) else pattern
        parts: list[str] = []
        origins = array("q")
        at = 0
        for match in compiled.finditer(self.text):
            new = replacement(match) if callable(replacement) else match.expand(replacement)
            start, end = match.span()
            if new == match[0]:
                continue
            parts.append(self.text[at:start])
            origins.extend(self.origins[at:start])
            parts.append(new)
            origins.extend(_spread(self.origins[start:end], len(new)))
            at = end
        if not parts:
            return self
        parts.append(self.text[at:])
        origins.extend(self.origins[at:])
        return Aligned("".join(parts), origins)

    def translate(self, table: Mapping[int, str | int | None]) -> Aligned:
        """Replace single characters by `str.translate`'s rules; a removed or expanded one keeps the origins right."""
        text = self.text.translate(dict(table))
        if text == self.text:
            return self
        one_to_one = all(isinstance(v, int) or (v is not None and len(v) == 1) for v in table.values())
        if len(text) == len(self.text) and one_to_one:
            return Aligned(text, self.origins)
        members = "".join(re.escape(chr(c)) for c in table)
        return self.sub(f"[{members}]", lambda m: m[0].translate(dict(table)))

    def nfc(self) -> Aligned:
        """In Unicode normalisation form C; a composed character has the origin of its base letter."""
        if unicodedata.is_normalized("NFC", self.text):
            return self
        # a base character with the marks after it: composing never reaches beyond such a cluster in this script
        return self.sub(
            r"[^\u0300-\u036f][\u0300-\u036f]+|[\u0340-\u0344\u1100-\u11ff\u2126-\u212b\uf900-\ufaff]",
            lambda m: unicodedata.normalize("NFC", m[0]),
        )._settled()

    def _settled(self) -> Aligned:
        """Whole-text NFC for what lies outside the clusters above, when they were not all there was."""
        if unicodedata.is_normalized("NFC", self.text):
            return self
        pieces: list[Aligned] = []
        at = 0
        for end in [i for i in range(1, len(self.text)) if not unicodedata.combining(self.text[i])] + [len(self.text)]:
            cluster = self[at:end]
            text = unicodedata.normalize("NFC", cluster.text)
            pieces.append(Aligned(text, _spread(cluster.origins, len(text))))
            at = end
        whole = Aligned.join(pieces)
        text = unicodedata.normalize("NFC", whole.text)
        return whole if text == whole.text else Aligned(text, _spread(whole.origins, len(text)))


def _spread(origins: array[int], length: int) -> array[int]:
    """`length` origins out of those of a replaced text: cut when shorter, the last repeated when longer."""
    if length <= len(origins):
        return origins[:length]
    return origins + array("q", [origins[-1] if origins else INSERTED]) * (length - len(origins))
