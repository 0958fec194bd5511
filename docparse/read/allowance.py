"""The CPU time that one page may take: an engine and seconds in, an engine out that stops when they are spent."""

from __future__ import annotations

import os
import time
from collections.abc import Sequence

from docparse.read.ocr import Engine, Grey, Seen

LEAST_SHARE = 0.25
"""Of a core: an engine counts its limit by the clock, and on a busy machine it is given up to four times as long."""


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
        share = 1.0
        for _ in range(2):
            used, began = _used(), time.monotonic()
            left = self._end - used
            if left <= 0:
                break
            granted = (left if seconds is None else min(left, seconds)) / share
            words = self._engine.read(image, dpi, psm, granted, letters)
            took = time.monotonic() - began
            if words or (took < 0.95 * granted and _used() < self._end):
                return words
            share = min(1.0, max(LEAST_SHARE, (_used() - used) / took if took > 0 else 1.0))
        self.spent = True
        return ()


def _used() -> float:
    """Seconds of CPU that this process and the programs it called have used."""
    return sum(os.times()[:4])
