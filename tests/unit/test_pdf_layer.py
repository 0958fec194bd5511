"""Searchable PDF: the layer says what was read, where it stands, and leaves everything else alone."""

from __future__ import annotations

import io
import math
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pikepdf
import pypdfium2
import pytest
from pages import A4, LETTER, a_line, a_page, a_picture, a_scan, image_bytes, image_pdf
from pikepdf import Name
from PIL import Image
from typer.testing import CliRunner

from docparse import Settings
from docparse.clean import clean
from docparse.cli import app
from docparse.export import pdf_layer, pdf_notes
from docparse.export.glyphless import truetype
from docparse.export.pages import WordPage, word_pages
from docparse.model import Scan
from docparse.pipeline import annotate
from docparse.read import read_bytes
from docparse.spans import Box, Frame

RUNNER = CliRunner()


def layered(data: bytes, scan: Scan) -> tuple[bytes, tuple[WordPage, ...]]:
    pages = word_pages(scan, clean(scan))
    with pdf_layer.opened(data, scan.source.media_type, pages, "letter") as pdf:
        pdf_layer.add_layer(pdf, pages)
        return pdf_layer.saved(pdf), pages


def by_pdfium(data: bytes, page: int = 0) -> list[str]:
    document = pypdfium2.PdfDocument(data)
    text: str = document[page].get_textpage().get_text_range()
    return text.replace("\x02", "-").split("\r\n")


def by_plumber(data: bytes, page: int = 0) -> list[dict[str, float | str]]:
    with pdfplumber.open(io.BytesIO(data)) as document:
        words: list[dict[str, float | str]] = document.pages[page].extract_words(use_text_flow=True)
        return words


def test_two_readers_find_the_words_that_were_read() -> None:
    made, pages = layered(image_pdf(), a_scan(a_page(LETTER)))
    wanted = [line.text for line in pages[0].lines]
    assert sorted(wanted) == sorted(LETTER)
    assert by_pdfium(made) == wanted
    assert [w["text"] for w in by_plumber(made)] == " ".join(wanted).split()


def test_words_lie_where_they_stand() -> None:
    made, pages = layered(image_pdf(), a_scan(a_page(LETTER)))
    words = [word for line in pages[0].lines for word in line.words]
    for word, found in zip(words, by_plumber(made), strict=True):
        assert abs(word.box.x0 - float(found["x0"])) < 0.1, word.text
        assert abs(word.box.x1 - float(found["x1"])) < 0.1, word.text
        assert word.box.top - 2 < float(found["top"]) < float(found["bottom"]) < word.box.bottom + 2, word.text


def tilted(degrees: float) -> Frame:
    """A page that was turned around its middle to be straight."""
    turn, (mx, my) = math.radians(degrees), (A4[0] / 2, A4[1] / 2)
    c, s = math.cos(turn), math.sin(turn)
    return Frame(A4[0], A4[1], (c, -s, mx - c * mx + s * my, s, c, my - s * mx - c * my, 0.0, 0.0, 1.0))


def test_words_of_a_tilted_page_keep_its_tilt() -> None:
    frame = tilted(2.0)
    made, pages = layered(image_pdf(), a_scan(a_page(LETTER, frame=frame)))
    assert by_pdfium(made) == [line.text for line in pages[0].lines]
    words = [word for line in pages[0].lines for word in line.words]
    with pdfplumber.open(io.BytesIO(made)) as document:
        chars = document.pages[0].chars
    at = 0
    for word in words:
        first, last = chars[at], chars[at + len(word.text) - 1]
        assert first["text"] == word.text[0]
        x, y = first["matrix"][4], A4[1] - first["matrix"][5]
        assert math.dist((x, y), word.start) < 0.1
        assert abs(last["x1"] - word.box.x1) < 2
        at += len(word.text) + (chars[at + len(word.text)]["text"] == " " if at + len(word.text) < len(chars) else 0)
    assert words[0].start[1] != words[0].end[1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_turned_page_is_read_back_where_it_is_shown(turn: int) -> None:
    data = image_pdf(turn=turn, origin=(30, -20))
    made, pages = layered(data, a_scan(a_page(LETTER)))
    back = read_bytes(made, "made.pdf", Settings.load(environment={}, overrides=["read.layer=text"])).pages[0]
    assert (back.width, back.height) == pytest.approx(A4, abs=0.5)
    found = {word.span.of(line.raw): word.box for line in back.lines for word in line.words}
    for word in (word for line in pages[0].lines for word in line.words):
        if sum(w.text == word.text for line in pages[0].lines for w in line.words) == 1:
            assert abs(found[word.text].x0 - word.box.x0) < 2, word.text
            assert abs(found[word.text].middle - word.box.middle) < 2, word.text
            assert word.box.top - 2 < found[word.text].bottom < word.box.bottom + 2, word.text


def test_the_picture_keeps_its_bytes_and_looks_the_same() -> None:
    data = image_pdf()
    made, _ = layered(data, a_scan(a_page(LETTER)))
    images = []
    for each in (data, made):
        with pikepdf.open(io.BytesIO(each)) as pdf:
            images.append(pdf.pages[0].obj["/Resources"]["/XObject"]["/Im0"].read_raw_bytes())
    assert images[0] == images[1]
    before, after = (pypdfium2.PdfDocument(each)[0].render(scale=1).to_numpy() for each in (data, made))
    assert (before == after).all()


def test_same_input_same_bytes() -> None:
    scan = a_scan(a_page(LETTER))
    assert layered(image_pdf(), scan)[0] == layered(image_pdf(), scan)[0]


def test_pages_with_text_and_words_of_the_file_itself_are_left_alone() -> None:
    data = image_pdf(2)
    mixed = replace(a_page(LETTER, 2), lines=(a_line("Phòng Nội vụ", 80), a_line("Ký bởi máy", 120, confidence=None)))
    made, _ = layered(data, a_scan(a_page(LETTER, 1, "text", confidence=None), mixed))
    assert by_pdfium(made, 0) == [""]
    assert by_pdfium(made, 1) == ["Phòng Nội vụ"]


def test_a_file_without_scans_is_written_as_it_was() -> None:
    made, _ = layered(image_pdf(), a_scan(a_page(LETTER, 1, "text", confidence=None)))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert "/DocparseOcr" not in pdf.pages[0].obj["/Resources"]["/Font"]


def test_an_old_invisible_layer_goes_and_what_shows_stays() -> None:
    old = b"BT /F1 12 Tf 3 Tr 70 700 Td (garbage) Tj 0 Tr 0 -20 Td (visible) Tj ET"
    made, _ = layered(image_pdf(content=old), a_scan(a_page(["Phòng Nội vụ"])))
    text = " ".join(by_pdfium(made))
    assert "garbage" not in text
    assert "visible" in text
    assert "Phòng Nội vụ" in text


def test_specks_and_rules_are_no_words_of_the_layer() -> None:
    scan = a_scan(a_page([*LETTER, "_________", "~ ¬"]))
    assert not any(set(line.text) <= set("_~¬ ") for line in word_pages(scan, clean(scan))[0].lines)


@pytest.mark.parametrize("mode", ["1", "L", "RGB", "P", "RGBA", "I;16"])
def test_an_image_becomes_a_page_without_loss(mode: str) -> None:
    picture = Image.new("I;16", (413, 585), 257 * 99) if mode == "I;16" else a_picture(mode)
    data = image_bytes(picture, "PNG", dpi=(50, 50))
    scan = a_scan(a_page(LETTER), media_type="image/png")
    made, pages = layered(data, scan)
    assert by_pdfium(made) == [line.text for line in pages[0].lines]
    with pikepdf.open(io.BytesIO(made)) as pdf:
        inside = pdf.pages[0].obj["/Resources"]["/XObject"]["/Im0"]
        assert isinstance(inside, pikepdf.Stream)
        back = pikepdf.PdfImage(inside).as_pil_image()
        assert [float(v) for v in pdf.pages[0].mediabox.as_list()] == [0, 0, *A4]
    wanted = Image.new("L", (413, 585), 99) if mode == "I;16" else picture
    assert back.convert("RGB").tobytes() == wanted.convert("RGB").tobytes()


def test_a_jpeg_keeps_its_bytes() -> None:
    data = image_bytes(a_picture("RGB"), "JPEG")
    made, _ = layered(data, a_scan(a_page(LETTER), media_type="image/jpeg"))
    with pikepdf.open(io.BytesIO(made)) as pdf:
        assert pdf.pages[0].obj["/Resources"]["/XObject"]["/Im0"].read_raw_bytes() == data


def test_each_frame_of_a_tiff_is_a_page() -> None:
    frames = [a_picture("1"), a_picture("L")]
    data = image_bytes(frames[0], "TIFF", save_all=True, append_images=frames[1:])
    made, _ = layered(data, a_scan(a_page(["Trang một"]), a_page(["Trang hai"], 2), media_type="image/tiff"))
    assert [by_pdfium(made, at) for at in (0, 1)] == [["Trang một"], ["Trang hai"]]


def test_the_font_is_a_whole_file_of_its_kind() -> None:
    data = truetype()
    assert data[:4] == b"\0\1\0\0"
    words = [int.from_bytes(data[at : at + 4], "big") for at in range(0, len(data), 4)]
    assert sum(words) & 0xFFFFFFFF == 0xB1B0AFBA  # the checksum of a whole font (OpenType, head)


def annotated(data: bytes, scan: Scan) -> tuple[bytes, int]:
    pages = word_pages(scan, clean(scan))
    record = annotate(clean(scan)).record()
    with pdf_layer.opened(data, scan.source.media_type, pages, "letter") as pdf:
        count = pdf_notes.annotate(pdf, record)
        return pdf_layer.saved(pdf), count


def test_citations_deadlines_and_tasks_become_annotations() -> None:
    scan = a_scan(a_page(LETTER))
    made, count = annotated(image_pdf(), scan)
    with pikepdf.open(io.BytesIO(made)) as pdf:
        notes = [dict(a.items()) for a in pdf.pages[0].obj["/Annots"].as_list()]
        said = {str(n["/NM"]).split(":")[0]: str(n["/Contents"]) for n in notes}
        boxes = {str(n["/NM"]).split(":")[0]: [float(v) for v in n["/Rect"].as_list()] for n in notes}
    assert count == len(notes)
    assert "156/2018/NĐ-CP" in said["citation"]
    assert "2023-06-30" in said["deadline"]
    assert set(said) >= {"citation", "deadline", "task"}
    line = next(n.box for n in scan.pages[0].lines if "156/2018" in n.raw)
    assert line is not None
    x0, bottom, x1, top = boxes["citation"]
    shown = Box(x0, A4[1] - top, x1, A4[1] - bottom)
    assert line.x0 - 1 < shown.x0 < shown.x1 < line.x1 + 1
    assert abs(shown.top - line.top) < 1
    assert boxes["task"][2] < 75


def test_annotations_of_an_earlier_run_are_replaced_and_others_kept() -> None:
    scan = a_scan(a_page(LETTER))
    with pikepdf.open(io.BytesIO(image_pdf())) as pdf:
        theirs = pikepdf.Dictionary(Type=Name.Annot, Subtype=Name.Text, Rect=[0, 0, 9, 9], Contents="mine")
        pdf.pages[0].obj["/Annots"] = pikepdf.Array([pdf.make_indirect(theirs)])
        data = pdf_layer.saved(pdf)
    once, count = annotated(data, scan)
    twice, again = annotated(once, scan)
    assert count == again
    with pikepdf.open(io.BytesIO(twice)) as pdf:
        found = [str(a.get("/Contents")) for a in pdf.pages[0].obj["/Annots"].as_list()]
    assert len(found) == count + 1
    assert "mine" in found


def test_what_has_no_pages_is_refused(tmp_path: Path) -> None:
    source = tmp_path / "letter.txt"
    source.write_text("Kính gửi: Sở Nội vụ", "utf-8")
    result = RUNNER.invoke(app, ["pdf", str(source), "-o", str(tmp_path / "out.pdf")])
    assert result.exit_code == 3
    assert "PNG, JPEG and TIFF" in result.output
    assert not (tmp_path / "out.pdf").exists()


def test_a_source_is_never_overwritten(tmp_path: Path) -> None:
    source = tmp_path / "letter.pdf"
    source.write_bytes(image_pdf())
    result = RUNNER.invoke(app, ["pdf", str(source), "-o", str(source)])
    assert result.exit_code == 2
    assert "the source itself" in result.output
