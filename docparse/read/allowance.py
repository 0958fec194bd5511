"""The CPU time that one page may take: an engine and seconds in, an engine out that stops when they are spent."""

from __future__ import annotations

import os
from collections.abc import Sequence

from docparse.read.ocr import Engine, Grey, Seen


class Allowance:
    """An `Engine` for one page; `spent` tells whether it had to stop before all was read."""

    def __init__(self, engine: Engine, seconds: float) -> None:
        self._engine = engine
        self._end = _used() + seconds
        self.spent = False

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        """As `Engine.read`, within what is left of the page's time; nothing when it is over."""
        left = self._end - _used()
        if left > 0:
            words = self._engine.read(image, dpi, psm, left if seconds is None else min(left, seconds), letters)
            if words or _used() < self._end:
                return words
        self.spent = True
        return ()


def _used() -> float:
    """Seconds of CPU that this process and the programs it called have used."""
    return sum(os.times()[:4])
