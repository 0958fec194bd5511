"""What a reading left out, what is a page of print at all, and the time a page may take on a busy machine."""

from __future__ import annotations

import time
from collections.abc import Sequence

import numpy as np

from docparse.read.allowance import Allowance
from docparse.read.covered import left_over, printed
from docparse.read.image import Pixels
from docparse.read.ocr import Grey, Seen
from docparse.spans import Box


def page(ink: int = 30, grain: float = 0.0, paper: int = 255) -> Pixels:
    """Twenty lines of forty letters, of 7 by 8 points, at 100 dots per inch on A4."""
    grey = np.full((1169, 827), paper, np.float64)
    for row in range(20):
        for letter in range(40):
            grey[100 + 30 * row : 112 + 30 * row, 80 + 16 * letter : 89 + 16 * letter] = ink
    noise = np.random.default_rng(7).normal(0, grain, grey.shape) if grain else 0.0
    out: Pixels = np.clip(grey + noise, 0, 255).astype(np.uint8)
    return out


def rows(first: int, last: int) -> list[Box]:
    """The boxes of lines `first` to `last`, in points."""
    return [Box(57, (100 + 30 * r) * 0.72, 520, (112 + 30 * r) * 0.72) for r in range(first, last)]


def test_lines_that_were_not_read_are_left_over() -> None:
    assert left_over(page(), 100, rows(0, 20)) == 0
    assert 0.2 < left_over(page(), 100, rows(0, 15)) < 0.3
    assert 0.2 < left_over(page(ink=200), 100, rows(0, 15)) < 0.3


def test_grain_of_paper_is_no_print() -> None:
    assert left_over(page(grain=20, paper=225), 100, rows(0, 20)) < 0.02
    assert left_over(page(grain=20, paper=225), 100, rows(0, 15)) > 0.15


def test_print_stands_in_lines() -> None:
    assert printed(page(grain=15, paper=225), 100) > 700
    assert printed(page(ink=225, grain=15, paper=225), 100) < 5


class Slow:
    """An engine that sleeps through its limit, as one on a busy machine, and answers at the second call."""

    def __init__(self, answers: bool) -> None:
        self.limits: list[float] = []
        self._answers = answers

    def read(
        self, image: Grey, dpi: int, psm: int = 3, seconds: float | None = None, letters: str = ""
    ) -> Sequence[Seen]:
        self.limits.append(seconds or 0.0)
        if len(self.limits) == 2 and self._answers:
            return (Seen("có", 0, 0, 9, 9, 9, 9, 0.9, 0),)
        time.sleep(seconds or 0.0)
        return ()


def test_a_busy_machine_is_given_longer_and_silence_is_told() -> None:
    engine = Slow(answers=True)
    timed = Allowance(engine, 0.2)
    assert timed.read(page(), 100)
    assert not timed.spent
    assert engine.limits[1] > 2 * engine.limits[0]
    silent = Allowance(Slow(answers=False), 0.05)
    assert not silent.read(page(), 100)
    assert silent.spent
