"""Reading a page image through a scripted engine: states, second looks, orientation; and the image steps alone."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

from docparse.read import image
from docparse.read.ocr import ScriptedEngine, Seen, levelled
from docparse.read.scanned import FIRST, read_pixels


def seen(text: str, sure: float = 0.95, line: int = 0, x: float = 100.0) -> list[Seen]:
    out = []
    for word in text.split():
        width = 12.0 * len(word)
        y = 200 + 50.0 * line
        out.append(
            Seen(
                word,
                x,
                y,
                x + width,
                y + 30,
                y + 24,
                30,
                sure,
                line,
            )
        )
        x += width + 12
    return out


def a_page(height: int = 2400, width: int = 1700) -> image.Pixels:
    """Rows of letter-like marks on white, at 200 dpi."""
    page = np.full((height, width), 255, np.uint8)
    for y in range(200, height - 200, 60):
        for x in range(150 + y % 23, width - 150 - (y * 7) % 400, 22 + y % 7):
            page[y : y + 22, x : x + 14] = 30
            page[y + 6 : y + 16, x + 4 : x + 10] = 255
    return page


def test_a_good_page_is_read_once() -> None:
    engine = ScriptedEngine([seen("Căn cứ Luật Tổ chức chính quyền địa phương")])
    reading = read_pixels(a_page(), FIRST, engine)
    assert (reading.method, len(engine.shown)) == ("ocr", 1)
    assert [w.text for w in reading.lines[0]][:3] == ["Căn", "cứ", "Luật"]
    assert reading.lines[0][0].box.x0 == pytest.approx(100 * 72 / FIRST)


def test_an_unsure_line_is_looked_at_again_and_the_better_words_are_taken() -> None:
    first = [*seen("Căn cứ Nghị định của Chính phủ"), *seen("tô chức", 0.6, 1)]
    again = [Seen("tổ", 38, 20, 70, 56, 50, 36, 0.95, 0), Seen("chức", 82, 20, 140, 56, 50, 36, 0.5, 0)]
    engine = ScriptedEngine([first, again])
    reading = read_pixels(a_page(), FIRST, engine)
    assert [w.text for w in reading.lines[1]] == ["tổ", "chức"]
    assert [w.confidence for w in reading.lines[1]] == [0.95, 0.6]


def test_an_upside_down_page_is_turned() -> None:
    good = seen("Ủy ban nhân dân tỉnh báo cáo")
    engine = ScriptedEngine([seen("nxq zzw kkj ppd qqv", 0.3), good, (), (), good])  # the page, three strips, the page
    reading = read_pixels(a_page(), FIRST, engine)
    assert (reading.method, reading.rotation) == ("ocr", 180)


def test_a_page_that_reads_as_nothing_is_unreadable_and_keeps_its_turn() -> None:
    reading = read_pixels(a_page(), FIRST, ScriptedEngine([]))
    assert (reading.method, reading.rotation) == ("unreadable", 0)


def test_lines_that_run_up_the_page_are_turned_first() -> None:
    engine = ScriptedEngine([seen("Ủy ban nhân dân tỉnh báo cáo")])
    reading = read_pixels(np.ascontiguousarray(np.rot90(a_page())), FIRST, engine)
    assert (reading.rotation, len(engine.shown)) == (90, 1)


@pytest.mark.parametrize("angle", [-3.0, -0.8, 0.0, 1.2, 4.0])
def test_skew_is_measured(angle: float) -> None:
    assert image.skew_of(image.turned(a_page(), angle)) == pytest.approx(-angle, abs=0.15)


def test_red_is_lifted_and_black_under_it_stays() -> None:
    page = np.full((400, 400, 3), 255, np.uint8)
    page[100:300, 100:300] = (40, 30, 220)
    page[150:160, 50:350] = 0
    grey = image.unsealed(page)
    assert grey[200, 200] > 200
    assert grey[155, 200] < 20


def test_a_tinted_page_becomes_white_and_its_print_stays_dark() -> None:
    shade = np.tile(np.linspace(120, 200, 1700).astype(np.uint8), (2400, 1))
    tinted = np.where(a_page() < 100, shade // 4, shade).astype(np.uint8)
    out = image.even(tinted)
    assert np.median(out) > 240
    assert np.percentile(out, 3) < 100


def test_a_dark_border_goes_and_print_stays() -> None:
    page = a_page()
    page[:, :60] = 10
    out = image.unbordered(page)
    assert out[1200, 20] == 255
    assert np.array_equal(out[:, 140:], page[:, 140:])


def test_specks_are_counted() -> None:
    page = a_page()
    rng = np.random.default_rng(1)
    noisy = page.copy()
    noisy[rng.integers(0, 2400, 20000), rng.integers(0, 1700, 20000)] = 0
    assert image.noise_of(page) < image.NOISY < image.noise_of(noisy)
    assert image.noise_of(cv2.medianBlur(noisy, 3)) < image.NOISY


def test_an_engine_without_baselines_is_given_them() -> None:
    words = [
        Seen("a", 0, 0, 5, 20, 20, 20, 0.9, 0),
        Seen("p", 6, 0, 9, 26, 26, 26, 0.9, 0),
        Seen("b", 9, 0, 12, 20, 20, 20, 0.9, 0),
    ]
    assert [(s.baseline, s.size) for s in levelled(words)] == [(20, 20)] * 3


def test_pale_print_becomes_dark_and_a_dark_page_stays() -> None:
    page = a_page()
    pale = (255 - (255 - page.astype(np.float32)) * 0.35).astype(np.uint8)
    assert image.inked(page) is page
    assert int(image.inked(pale).min()) <= image.INKED
    assert int(image.inked(pale).max()) == 255
    assert image.inked(np.full((400, 300), 240, np.uint8)).min() == 240  # paper alone is no pale print


def test_dots_apart_from_print_go_and_those_beside_it_stay() -> None:
    page = np.full((3508, 2480), 255, np.uint8)
    cv2.putText(page, "i. Dieu 1.", (300, 400), cv2.FONT_HERSHEY_SIMPLEX, 2, 0, 4)
    for x in range(300, 1500, 14):
        cv2.circle(page, (x, 800), 3, 0, -1)  # a dotted line to write on
    printed = page.copy()
    assert image.undotted(page) is page
    for n in range(100):
        cv2.circle(page, (200 + 20 * n, 1200 + 37 * (n % 9) * 3), 3, 0, -1)
    cleaned = image.undotted(page)
    assert cleaned[1100:].min() == 255
    assert np.array_equal(cleaned[:1000], printed[:1000])
