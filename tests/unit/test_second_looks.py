"""Second looks at symbols and dates: what is looked at again, and when the look is believed."""

from __future__ import annotations

import numpy as np
import pytest

from docparse.read.ocr import ScriptedEngine, Seen
from docparse.read.second import MOST, Looks

GREY = np.full((300, 900), 255, np.uint8)


def a_word(text: str, confidence: float) -> Seen:
    return Seen(text, 100, 100, 300, 130, 128, 20, confidence, 0)


def looked(text: str, sure: float, *looks: tuple[str, float]) -> tuple[str, int]:
    """What becomes of a word when the engine answers so, and how often it was asked."""
    engine = ScriptedEngine([[a_word(t, c)] if t else [] for t, c in looks])
    (word,) = Looks(GREY, 300, 200 / 300, engine).line([a_word(text, sure)])
    return word.text, len(engine.shown)


@pytest.mark.parametrize(
    ("name", "text", "sure", "looks", "becomes", "asked"),
    [
        ("two agree", "09/CT-LIBNID", 0.5, (("09/CT-UBND", 0.8), ("09/CT-UBND", 0.9)), "09/CT-UBND", 2),
        ("with its comma", "(12-HI/TU,", 0.5, (("12-HD/TU", 0.8), ("12-HD/TU", 0.9)), "(12-HD/TU,", 2),
        ("two differ", "12-HI/TU", 0.5, (("12-HD/TU", 0.8), ("12-HP/TU", 0.9)), "12-HI/TU", 2),
        ("both unsure", "12-HI/TU", 0.5, (("12-HD/TU", 0.1), ("12-HD/TU", 0.2)), "12-HI/TU", 2),
        ("no symbol seen", "12-HI/TU", 0.5, (("I2HITU", 0.9),), "12-HI/TU", 1),
        ("nothing seen", "12-HI/TU", 0.5, (("", 0.0),), "12-HI/TU", 1),
        ("a sure word stands", "12-HI/TU", 0.95, (), "12-HI/TU", 0),
        ("a date", "I5/3/2O24", 0.6, (("15/3/2024", 0.8), ("15/3/2024", 0.8)), "15/3/2024", 2),
        ("an impossible date", "I5/3/2O24", 0.6, (("45/3/2024", 0.8),), "I5/3/2O24", 1),
        ("a year", "2O24", 0.6, (("2024", 0.8), ("2024", 0.8)), "2024", 2),
        ("a year that is one", "2024", 0.6, (), "2024", 0),
        ("a word", "nghiệp", 0.3, (), "nghiệp", 0),
    ],
)
def test_a_look_is_believed_when_two_agree(
    name: str, text: str, sure: float, looks: tuple[tuple[str, float], ...], becomes: str, asked: int
) -> None:
    assert looked(text, sure, *looks) == (becomes, asked), name


def test_a_page_of_rubbish_is_not_looked_at_for_ever() -> None:
    engine = ScriptedEngine([])
    Looks(GREY, 300, 1.0, engine).line([a_word("1x/-A", 0.2) for _ in range(200)])
    assert len(engine.shown) == MOST
