"""Second looks at symbols and dates: a line's words in, those that hold figures and are unsure read again out.

An engine of language reads `09/CT-UBND` worse than words. The word alone is read twice more, at two resolutions, with
the letters that such a thing may have and no others; where the two agree on something of the right form, it is taken
(worn pages: half of the misread symbols right, none spoilt; docs/scans.md).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from docparse.read.image import Pixels
from docparse.read.ocr import Engine, Seen

UNSURE = 0.9
"""Confidence below which a word with figures is looked at again."""
ENOUGH = 0.5
"""Mean confidence of the two looks from which they are believed."""
LOOKS = (200, 300)
"""Dots per inch of the two looks."""
MOST = 12
"""Words of one page that are looked at again, so that a page of rubbish costs no more."""
MARGIN = 12
_OUTER = ".,;:()[]'\"“”"


@dataclass(frozen=True, slots=True)
class _Form:
    """What a word may be: how it looks when misread, how it looks in print, and the letters it is made of."""

    seems: re.Pattern[str]
    is_one: re.Pattern[str]
    letters: str


_CODE = r"[A-ZĐ][A-Za-zĐ&]*\d{0,2}"
_FORMS = (
    _Form(
        re.compile(r"\w{1,2}[/.]\w{1,2}[/.][12]\w{3}$"),
        re.compile(r"(?:0?[1-9]|[12]\d|3[01])([/.])(?:0?[1-9]|1[0-2])\1(?:19|20)\d\d"),
        "0123456789/.",
    ),
    _Form(
        re.compile(r"\W?\w?\d.*[-/:.].*[A-ZĐÐ]"),
        re.compile(rf"\d{{1,5}}[a-z]?(?:/(?:19|20)\d\d)?[-/]{_CODE}(?:[-/]{_CODE}){{0,3}}"),
        "0123456789ABCDEGHIKLMNOPQRSTUVXYWĐƯrgyi/-&.",
    ),
    _Form(re.compile(r"[12]\w{3}\b"), re.compile(r"(?:19|20)\d\d"), "0123456789"),
)


class Looks:
    """The second looks at one page: `grey` at `dpi`, the words' pixels being `scale` times those of `grey`."""

    def __init__(self, grey: Pixels, dpi: float, scale: float, engine: Engine) -> None:
        self._grey, self._dpi, self._scale, self._engine = grey, dpi, scale, engine
        self._left = MOST

    def line(self, words: Sequence[Seen]) -> list[Seen]:
        """The line, its unsure symbols and dates read again where that is surely better."""
        return [self._better(word) if self._worth_it(word) else word for word in words]

    def _worth_it(self, word: Seen) -> bool:
        return word.confidence < UNSURE and 4 <= len(word.text) <= 30 and any(c.isdigit() for c in word.text)

    def _better(self, word: Seen) -> Seen:
        core = word.text.strip(_OUTER)
        form = next((f for f in _FORMS if f.seems.match(core)), None)
        if form is None or self._left == 0 or (form.letters == "0123456789" and form.is_one.fullmatch(core)):
            return word
        self._left -= 1
        found: list[tuple[str, float]] = []
        for dpi in LOOKS:
            seen = self._engine.read(self._crop(word, dpi), dpi, 7, None, form.letters)
            text = "".join(s.text for s in seen).strip(_OUTER)
            if not seen or form.is_one.fullmatch(text) is None or (found and found[0][0] != text):
                return word
            found.append((text, min(s.confidence for s in seen)))
        text, sure = found[0][0], sum(c for _, c in found) / len(found)
        if sure < ENOUGH or text == core:
            return word
        head = word.text[: len(word.text) - len(word.text.lstrip(_OUTER))] if text[0] == core[:1] else ""
        tail = word.text[len(word.text.rstrip(_OUTER)) :]
        return replace(word, text=head + text + tail, confidence=sure)

    def _crop(self, word: Seen, dpi: int) -> Pixels:
        k, pad = 1 / self._scale, int(0.028 * self._dpi)
        top, left = max(0, int(word.top * k) - pad), max(0, int(word.x0 * k) - pad)
        cut = self._grey[top : int(word.bottom * k) + pad, left : int(word.x1 * k) + pad]
        zoom = dpi / self._dpi
        method = cv2.INTER_AREA if zoom < 1 else cv2.INTER_CUBIC
        sized = cv2.resize(cut, None, fx=zoom, fy=zoom, interpolation=method)
        return np.ascontiguousarray(
            cv2.copyMakeBorder(sized, MARGIN, MARGIN, MARGIN, MARGIN, cv2.BORDER_CONSTANT, value=255)
        )
