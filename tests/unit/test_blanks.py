"""Number and day filled in by hand: found between their print, read as digits, left empty when unsure."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docparse.errors import ConfigError
from docparse.model import ScanLine, ScanPage, Word
from docparse.read.blanks import Blank, choose, find_blanks, read_blanks
from docparse.read.digits import DigitModel, Pixels, Reading, load_model, read_digits
from docparse.spans import Box, Span
from docparse.weights import weights_folder

FONT = next(Path("/usr/share/fonts").rglob("Tinos-Regular.ttf"))
EM, K = 14.0, 4.0


def model() -> DigitModel:
    folder = weights_folder("handwriting")
    assert folder is not None
    loaded = load_model(folder)
    assert loaded is not None
    return loaded


def written(text: str, width: int = 300, height: int = 120, x: int = 30) -> Pixels:
    image = Image.new("L", (width, height), 255)
    ImageDraw.Draw(image).text((x, 20), text, fill=20, font=ImageFont.truetype(str(FONT), 64))
    return np.asarray(image, np.uint8)


def a_line(*words: tuple[str, float, float], top: float = 100.0) -> ScanLine:
    raw, parts = "", []
    for text, x0, x1 in words:
        start = len(raw) + (1 if raw else 0)
        raw = f"{raw} {text}" if raw else text
        parts.append(Word(Span(start, start + len(text)), Box(x0, top, x1, top + EM), 0.5))
    return ScanLine(raw, Box(words[0][1], top, words[-1][2], top + EM), tuple(parts), confidence=0.5)


NUMBER = a_line(("Số:", 100, 118.7), ("4†", 122, 140), ("/CT-UBND", 150, 216), top=120)
DATE = a_line(
    ("Huế,", 300, 322), ("ngày", 326, 353.2), ("‡", 356, 370), ("tháng", 376, 376 + 2.278 * EM), ("3", 412, 419),
    ("năm", 423, 447), ("2024", 451, 479), top=120,
)  # fmt: skip


@pytest.mark.parametrize("digits", ["47", "280", "5", "1936"])
def test_digits_are_read(digits: str) -> None:
    reading = read_digits(written(digits), model())
    assert reading is not None
    assert reading.digits == digits


def test_nothing_written_is_nothing_read() -> None:
    assert read_digits(np.full((60, 120), 250, np.uint8), model()) is None
    assert read_digits(np.zeros((0, 40), np.uint8), model()) is None


def test_blanks_stand_between_their_print() -> None:
    number, day = find_blanks([DATE, NUMBER], 842)
    assert (number.what, number.seen, day.what, day.seen) == ("number", "4†", "day", "‡")
    assert 118 < number.box.x0 < 124
    assert number.box.x1 == 150  # the symbol begins there
    assert 352 < day.box.x0 < 356
    assert 374 < day.box.x1 < 376


def test_only_the_head_of_the_page_has_them() -> None:
    low = a_line(("Số:", 100, 118.7), ("4†", 122, 140), ("/CT-UBND", 150, 216), top=700)
    assert [b.what for b in find_blanks([DATE, low], 842)] == ["day"]


def page_with(number: str, day: str) -> tuple[ScanPage, Pixels]:
    image = Image.new("L", (int(595 * K), int(300 * K)), 255)
    pen = ImageFont.truetype(str(FONT), int(EM * K))
    ImageDraw.Draw(image).text((124 * K, 118 * K), number, fill=10, font=pen)
    ImageDraw.Draw(image).text((356 * K, 118 * K), day, fill=10, font=pen)
    return ScanPage(1, 595, 842, "ocr", (NUMBER, DATE)), np.asarray(image, np.uint8)


def test_what_is_sure_takes_the_place_of_what_ocr_saw() -> None:
    page, image = page_with("47", "19")
    done, notes = read_blanks(page, image, 72 * K, model())
    assert [n.raw for n in done.lines] == ["Số: 47 /CT-UBND", "Huế, ngày 19 tháng 3 năm 2024"]
    assert notes == ()
    for line in done.lines:
        assert [line.raw[w.span.start : w.span.end] for w in line.words] == line.raw.split()


def test_what_is_unsure_is_left_empty_and_said() -> None:
    page, image = page_with("#&", "19")
    done, notes = read_blanks(page, image, 72 * K, model())
    assert "4†" not in done.lines[0].raw
    assert done.lines[0].raw.split() == ["Số:", "/CT-UBND"]
    assert [n.code for n in notes] == ["unread_number"]
    assert "4†" in notes[0].message


@pytest.mark.parametrize(
    ("seen", "digits", "confidence", "chosen"),
    [
        ("31", "31", 0.5, "31"),  # two readers agree
        ("37", "31", 0.5, None),  # they do not, and the model is not sure
        ("37", "31", 0.95, "31"),
        ("", "39", 0.99, None),  # no month has such a day
        ("", "00", 0.99, None),
    ],
)
def test_a_day_is_believed_when_sure_or_agreed(seen: str, digits: str, confidence: float, chosen: str | None) -> None:
    blank = Blank(0, "day", "ngày ", seen, " tháng", Box(0, 0, 1, 1), 0.2)
    assert choose(blank, Reading(digits, confidence)) == chosen


def test_print_stays_as_it_is() -> None:
    sure = tuple(Word(w.span, w.box, 0.97) for w in NUMBER.words)
    printed = ScanLine("Số: 47 /CT-UBND", NUMBER.box, sure)
    page = ScanPage(1, 595, 842, "ocr", (printed, DATE))
    done, _ = read_blanks(page, np.full((1200, 2380), 255, np.uint8), 72 * K, model())
    assert done.lines[0] is printed


def test_a_missing_model_is_none_and_a_wrong_version_an_error(tmp_path: Path) -> None:
    assert weights_folder("handwriting", tmp_path) is None
    (tmp_path / "current.toml").write_text('handwriting = "9"\n', "utf-8")
    weights_folder.cache_clear()
    with pytest.raises(ConfigError, match="docparse train handwriting"):
        weights_folder("handwriting", tmp_path)
