"""OCR with the real engine on a page drawn here: text, places, orientation, and the two bindings alike."""

from __future__ import annotations

import io
from functools import lru_cache
from pathlib import Path

import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont

from docparse.read import read_bytes
from docparse.settings import Settings

LINES = ["Ủy ban nhân dân huyện yêu cầu các phòng, ban", "báo cáo kết quả trước ngày 15 tháng 6 năm 2023."]
NAMES = ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf", "DejaVuSerif.ttf")
"""Fonts with all Vietnamese letters, one of which the set-up installs."""


def a_font() -> str:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    return next(str(path) for name in NAMES for folder in folders for path in folder.rglob(name))


@lru_cache(maxsize=1)
def a_page() -> Image.Image:
    page = Image.new("L", (1654, 1200), 255)
    pen = ImageDraw.Draw(page)
    font = ImageFont.truetype(a_font(), 40)
    for at, line in enumerate([*LINES, *LINES, *LINES]):
        pen.text((200, 200 + 90 * at), line, 0, font)
    return page


def as_png(page: Image.Image) -> bytes:
    out = io.BytesIO()
    page.save(out, "PNG", dpi=(200, 200))
    return out.getvalue()


@pytest.mark.parametrize("engine", ["tesserocr", "pytesseract"])
def test_a_clean_page_is_read_with_places(engine: str) -> None:
    settings = Settings.model_validate({"ocr": {"engine": engine}})
    (page,) = read_bytes(as_png(a_page()), "x.png", settings).pages
    assert [line.raw for line in page.lines][:2] == LINES
    assert page.confidence is not None
    assert page.confidence > 0.85
    first = page.lines[0].words[0]
    assert first.box.x0 == pytest.approx(200 * 72 / 200, abs=3)


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_turned_page_is_read_upright(turn: int) -> None:
    (page,) = read_bytes(as_png(a_page().rotate(turn, expand=True)), "x.png", Settings()).pages
    assert page.rotation == turn
    assert page.lines[0].raw == LINES[0]


def test_a_scan_in_a_pdf_is_read(tmp_path: Path) -> None:
    a_page().save(tmp_path / "x.pdf", "PDF", resolution=200)
    (page,) = read_bytes((tmp_path / "x.pdf").read_bytes(), "x.pdf", Settings()).pages
    assert page.method == "ocr"
    assert page.lines[1].raw == LINES[1]


def test_noise_and_skew_are_borne() -> None:
    pixels = np.array(a_page().rotate(1.5, fillcolor=255, resample=Image.Resampling.BICUBIC))
    rng = np.random.default_rng(3)
    pixels[rng.integers(0, pixels.shape[0], 12_000), rng.integers(0, pixels.shape[1], 12_000)] = 0
    (page,) = read_bytes(as_png(Image.fromarray(pixels)), "x.png", Settings()).pages
    assert LINES[0] in [line.raw for line in page.lines]
