"""The scan laboratory: truth is exact, wear is seeded, errors are counted as they should be."""

from __future__ import annotations

import json
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
import pytest
from lab import curves, hand, measure, press, recipes, runs, sheets
from lab.wear import Blank, Wear, worn

ROOT = Path(__file__).resolve().parents[2]
SOURCE = "ct-21-tu-hoa-binh-2022"


def naive(a: str, b: str) -> int:
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        last, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            last, row[j] = row[j], min(row[j] + 1, row[j - 1] + 1, last + (x != y))
    return row[-1]


def test_edit_distance_is_levenshteins() -> None:
    chance = random.Random(7)
    for _ in range(300):
        a, b = ("".join(chance.choices("aăâb ", k=chance.randrange(90))) for _ in range(2))
        assert measure.distance(a, b) == naive(a, b)


def test_errors_count_diacritics_but_not_the_order_of_columns() -> None:
    true = [("TỈNH ỦY",), ("ĐẢNG CỘNG SẢN",), ("Số 5",), ("ngày 6",), ("-----",)]
    assert measure.page_errors(true, ["TỈNH ỦY", "ĐẢNG CỘNG SẢN", "Số 5", "ngày 6"])[0] == 0
    assert measure.page_errors(true, ["ĐẢNG CỘNG SẢN", "TỈNH ỦY", "ngày 6", "Số 5"])[0] == 0
    assert measure.page_errors(true, ["TỈNH UY", "ĐẢNG CỘNG SẢN", "Số 5", "ngày 6"])[0] == 1
    assert measure.page_errors(true, []) == (len("TỈNH ỦY ĐẢNG CỘNG SẢN Số 5 ngày 6"),) * 2


def test_handwriting_may_be_read_or_not() -> None:
    true = [("Số: 21 -CT/TU", "Số: -CT/TU"), ("Chỉ thị",)]
    assert measure.page_errors(true, ["Số: 21 -CT/TU", "Chỉ thị"])[0] == 0
    assert measure.page_errors(true, ["Số: -CT/TU", "Chỉ thị"])[0] == 0


def test_truth_has_every_word_printed() -> None:
    printed = press.printed(SOURCE, "Tinos", 13, True)
    text = "\n".join(line.text for page in printed.pages for line in page.lines)
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in text
    assert " ".join(text.split()).count("trước ngày 20/12/2022") == 1
    number = next(line for line in printed.pages[0].lines if "CT/TU" in line.text)
    assert (number.text, number.printed) == ("Số 21 -CT/TU", "Số -CT/TU")
    assert [b.text for b in printed.blanks(0)] == ["21", "30"]


def test_fonts_held_out_are_not_those_of_the_corpus() -> None:
    assert not set(press.FONTS["tuning"]) & set(press.FONTS["held-out"])
    used = {press.paper(name).meta.get("font", "Tinos") for name in press.papers()}
    assert used <= set(press.FONTS["tuning"])


WEARS = [
    Wear(),
    Wear(skew=3.0),
    Wear(skew=-1.5, turn=90),
    Wear(turn=180, photo=0.03),
    Wear(turn=270, skew=2.0, photo=0.02),
]


@pytest.mark.parametrize("wear", WEARS, ids=lambda w: f"{w.skew}-{w.turn}-{w.photo}")
def test_the_map_leads_to_the_pixel(wear: Wear) -> None:
    wear = replace(wear, dpi=100)
    page = np.full((1169, 827, 3), 255, np.uint8)
    point = (200.0, 300.0)  # in points
    cv2.circle(page, (round(point[0] * 100 / 72), round(point[1] * 100 / 72)), 4, (0, 0, 0), -1)
    made = worn(page, wear, [], None, np.random.default_rng(3))
    x, y, w = made.matrix @ np.array([*point, 1.0])
    found = made.pixels[max(0, round(y / w) - 1) : round(y / w) + 2, max(0, round(x / w) - 1) : round(x / w) + 2]
    assert found.size
    assert int(found.max()) < 120


def test_the_same_seed_gives_the_same_bytes() -> None:
    ranges = {**recipes.RECIPES["mixed"], "dpi": 72}
    one, two = (list(sheets.sheets([SOURCE], ("Tinos",), ranges, 5)) for _ in range(2))
    assert [sheets.pdf(s) for s in one] == [sheets.pdf(s) for s in two]
    assert one[0].truth() == two[0].truth()
    other = next(iter(sheets.sheets([SOURCE], ("Tinos",), ranges, 6)))
    assert sheets.pdf(other) != sheets.pdf(one[0])


def test_each_kind_of_wear_changes_the_page() -> None:
    page = press.drawn(press.printed(SOURCE, "Tinos", 13, True).data, 0, 72)
    plain = worn(page, Wear(dpi=72), [], (0.0, 0.0), np.random.default_rng(1)).pixels
    assert (plain == page).all()
    blanks = [Blank("21", (150.0, 120.0, 165.0, 134.0))]
    for change in (
        {"skew": 2.0}, {"blur": 6.0}, {"noise": 20.0}, {"specks": 0.01}, {"bilevel": 150}, {"shading": 60.0},
        {"tint": 40.0}, {"fade": 0.5}, {"seal": "both"}, {"hand": True}, {"folds": 1}, {"photo": 0.02}, {"turn": 90},
    ):  # fmt: skip
        wear = replace(Wear(dpi=72), **change)
        made = worn(page, wear, blanks, (300.0, 500.0), np.random.default_rng(1)).pixels
        assert made.shape != page.shape or (made != page).any(), change


@pytest.mark.parametrize("digit", "0123456789")
def test_a_pen_writes_every_digit(digit: str) -> None:
    ink = np.full((60, 60, 3), 255, np.uint8)
    hand.write_digits(ink, digit, 12, 50, 40, np.random.default_rng(2))
    dark = np.argwhere(ink.min(axis=2) < 128)
    assert 60 < len(dark) < 1200
    assert np.ptp(dark[:, 0]) > 30


@pytest.mark.parametrize(
    ("given", "wanted"),
    [("dpi=150", ("dpi", 150)), ("skew=-2..2", ("skew", (-2.0, 2.0))), ("jpeg=none,40", ("jpeg", [None, 40])),
     ("hand=true", ("hand", True)), ("seal=both", ("seal", "both"))],
)  # fmt: skip
def test_ranges_are_read(given: str, wanted: tuple[str, object]) -> None:
    assert recipes.parsed(given) == wanted


def test_every_recipe_can_be_drawn() -> None:
    for ranges in recipes.RECIPES.values():
        assert set(ranges) <= set(recipes.NAMES)
        wear = recipes.draw(ranges, np.random.default_rng(1))
        assert wear.photo == 0 or wear.bilevel is None


def test_the_command_writes_image_truth_and_gold(tmp_path: Path) -> None:
    command = [sys.executable, "scripts/degrade.py", SOURCE, "-o", str(tmp_path), "--set", "dpi=72", "--fonts", "Tinos"]
    subprocess.run([*command, "--png"], cwd=ROOT, check=True, capture_output=True)
    names = {path.name.split("0000")[1] for path in tmp_path.iterdir()}
    assert names >= {".gold.json", ".p1.png", ".pdf", ".truth.json"}
    truth = json.loads(next(tmp_path.glob("*.truth.json")).read_text("utf-8"))
    assert truth["wear"]["dpi"] == 72
    assert len(truth["pages"][0]["matrix"]) == 9
    wrong = subprocess.run([*command[:-2], "--set", "smell=3"], cwd=ROOT, check=False, capture_output=True, text=True)
    assert wrong.returncode == 2
    assert "dpi=" in wrong.stderr


def test_the_report_says_what_was_lost_in_silence() -> None:
    def row(run: str, value: float | None, errors: int, warned: bool) -> dict[str, object]:
        counts = {name: [9, 0, 1] for name in runs.COUNTED}
        return {"key": f"{run}{value}{errors}", "run": run, "value": value, "font": "Tinos", "counts": counts,
                "pages": [["ocr", warned, errors, 1000]], "seconds": 1.0}  # fmt: skip

    rows = [row("target", None, 12, False), *(row("dpi", dpi, 5000 // dpi, False) for dpi in (100, 200))]
    rows += [row("mixed", None, 500, False), row("hard", None, 900, True)]
    text = curves.report(rows, "images")
    assert "| mixed | 1 | 50.00 % | 1 | 1 |" in text
    assert "| hard | 1 | 90.00 % | 1 | 0 |" in text
    assert "| 100 | 1 | 5.00 % | 0.947 | 0.947 |" in text
    drawings = curves.drawings(rows)
    assert set(drawings) == {"lab-dpi.svg", "lab-citations.svg"}
    assert all(d.startswith("<svg") and "polyline" in d for d in drawings.values())
