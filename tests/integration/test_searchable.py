"""A scan of known truth goes through Tesseract into a searchable PDF; its words lie where they were printed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import numpy as np
import pdfplumber
import pypdfium2
from lab import recipes, sheets
from lab.measure import page_errors
from lab.sheets import Sheet
from typer.testing import CliRunner

from docparse.cli import app

RUNNER = CliRunner()


def a_sheet(dpi: int = 150) -> Sheet:
    """A page of the corpus, tilted by two degrees."""
    ranges = {**recipes.RECIPES["clean"], "dpi": dpi, "skew": 2.0}
    return next(iter(sheets.sheets(["ct-21-tu-hoa-binh-2022"], ("Tinos",), ranges, 4)))


def test_a_tilted_scan_becomes_searchable(tmp_path: Path) -> None:
    sheet = a_sheet()
    source, made = tmp_path / "scan.pdf", tmp_path / "made.pdf"
    source.write_bytes(sheets.pdf(sheet))
    result = RUNNER.invoke(app, ["pdf", str(source), "-o", str(made), "--annotate"])
    assert result.exit_code == 0, result.output
    data = made.read_bytes()
    page = sheet.truth()["pages"][0]
    by_pdfium = pypdfium2.PdfDocument(data)[0].get_textpage().get_text_range().replace("\x02", "-").split("\r\n")
    errors, length = page_errors([(line["text"],) for line in page["lines"]], by_pdfium)
    assert errors / length < 0.03
    with pdfplumber.open(io.BytesIO(data)) as document:
        words = document.pages[0].extract_words(use_text_flow=True)
        assert len(document.pages[0].annots) > 3
    assert [w["text"] for w in words] == " ".join(by_pdfium).split()
    _near(words, page, sheet.wear.dpi)


def _near(words: list[dict[str, float | str]], page: dict[str, object], dpi: int) -> None:
    """Every word that is printed once and read once lies within two points of where it was printed."""
    matrix = np.array(page["matrix"]).reshape(3, 3)
    printed: dict[str, list[float]] = {}
    seen: set[str] = set()
    lines = json.loads(json.dumps(page["lines"]))
    for text, x0, top, x1, bottom in (word for line in lines for word in line["words"]):
        corners = matrix @ np.array([[x0, x1, x0, x1], [top, top, bottom, bottom], [1, 1, 1, 1]])
        places = corners[:2] / corners[2] * 72 / dpi
        box = [places[0].min(), places[0].max(), places[1].min(), places[1].max()]
        printed[text] = [] if text in seen else box
        seen.add(text)
    compared = 0
    for word in words:
        text = str(word["text"])
        box = printed.get(text) or []
        if not box or sum(w["text"] == text for w in words) > 1:
            continue
        compared += 1
        assert abs(float(word["x0"]) - box[0]) < 2, text
        assert abs(float(word["x1"]) - box[1]) < 2, text
        assert box[2] - 2 < (float(word["top"]) + float(word["bottom"])) / 2 < box[3] + 2, text
    assert compared > 40
