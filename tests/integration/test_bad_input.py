"""Bad input: each kind gives one clear DocparseError with its exit code and what to do next, or a page's state."""

from __future__ import annotations

import io
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen import canvas

from docparse.errors import DamagedFile, DependencyError, EncryptedFile, InputError, TooLarge, UnsupportedFormat
from docparse.read import read_bytes, read_file
from docparse.read.ocr import engine_for
from docparse.settings import LimitSettings, OcrSettings, Settings

SETTINGS = Settings()


def a_pdf(pages: int = 1, password: str | None = None) -> bytes:
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=A4, encrypt=password)
    for number in range(pages):
        sheet.drawString(72, 720, f"Quy che lam viec cua ban thi dua trang {number}")
        sheet.showPage()
    sheet.save()
    return out.getvalue()


def an_image(pixels: np.ndarray, kind: str = "PNG", **options: object) -> bytes:
    out = io.BytesIO()
    Image.fromarray(pixels).save(out, kind, **options)
    return out.getvalue()


@pytest.fixture(autouse=True)
def fresh_engines() -> Iterator[None]:
    yield
    engine_for.cache_clear()


REFUSED = [
    ("empty", b"", InputError, "empty"),
    ("truncated PDF", a_pdf()[:300], DamagedFile, "damaged"),
    ("PDF with a password", a_pdf(password="x"), EncryptedFile, "qpdf --decrypt"),
    ("PDF without pages", b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj "
     b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF", DamagedFile, "qpdf"),
    ("random bytes", bytes(range(256)) * 20, UnsupportedFormat, "give PDF"),
    ("zip that is no document", b"PK\x03\x04" + b"\0" * 80, UnsupportedFormat, "give PDF"),
    ("truncated PNG", an_image(np.full((300, 300), 200, np.uint8))[:90], DamagedFile, "again"),
    ("PNG without its pixels", b"\x89PNG\r\n\x1a\n" + b"\0" * 40, InputError, "PNG"),
]  # fmt: skip


@pytest.mark.parametrize(("data", "kind", "said"), [r[1:] for r in REFUSED], ids=[r[0] for r in REFUSED])
def test_refused_with_a_clear_error(data: bytes, kind: type[InputError], said: str) -> None:
    with pytest.raises(kind, match=said) as caught:
        read_bytes(data, "x.bin", SETTINGS)
    assert caught.value.exit_code == 3
    assert "x.bin" in str(caught.value)


def test_too_many_pages_are_refused_before_any_is_read() -> None:
    with pytest.raises(TooLarge, match=r"limits\.pages"):
        read_bytes(a_pdf(40), "long.pdf", Settings(limits=LimitSettings(pages=39)))


def test_a_ten_thousand_page_pdf_is_refused_at_once() -> None:
    kids = b" ".join(b"3 0 R" for _ in range(10_000))
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids["
        + kids
        + b"]/Count 10000>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )
    with pytest.raises(TooLarge, match="split"):
        read_bytes(data, "huge.pdf", SETTINGS)


def test_a_huge_image_is_refused_by_its_header() -> None:
    image = Image.new("1", (20_000, 20_000))
    out = io.BytesIO()
    image.save(out, "PNG")
    with pytest.raises(TooLarge, match="300 dpi"):
        read_bytes(out.getvalue(), "wall.png", SETTINGS)


def test_too_many_bytes_are_refused() -> None:
    with pytest.raises(TooLarge, match=r"limits\.bytes"):
        read_bytes(b"a" * 20, "x.txt", Settings(limits=LimitSettings(bytes=10)))


def test_a_directory_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="directory"):
        read_file(tmp_path, SETTINGS)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="check the path"):
        read_file(tmp_path / "none.pdf", SETTINGS)


def test_unreadable_permissions_say_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "closed.txt"
    path.write_text("Kính gửi")
    path.chmod(0)
    if os.access(path, os.R_OK):  # the superuser may read everything

        def refuse(_: Path) -> bytes:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "read_bytes", refuse)
    with pytest.raises(InputError, match="permissions"):
        read_file(path, SETTINGS)


def test_the_content_decides_and_not_the_suffix(tmp_path: Path) -> None:
    path = tmp_path / "quyết định.docx"
    path.write_bytes(a_pdf())
    assert read_file(path, SETTINGS).source.media_type == "application/pdf"


def test_names_with_spaces_and_decomposed_letters(tmp_path: Path) -> None:
    path = tmp_path / unicodedata.normalize("NFD", "Chỉ thị số 5.txt")
    path.write_text("Kính gửi: các sở", "utf-8")
    assert read_file(path, SETTINGS).source.path == str(path)


WHITE, BLACK = np.full((1200, 900), 255, np.uint8), np.zeros((1200, 900), np.uint8)
STATES = [
    ("all white", an_image(WHITE), "blank"),
    ("all black", an_image(BLACK), ("blank", "unreadable")),
    ("one pixel wide", an_image(np.full((400, 1), 255, np.uint8)), ("blank", "unreadable")),
    ("one pixel", an_image(np.full((1, 1), 0, np.uint8)), ("blank", "unreadable")),
    ("16 bit", an_image(np.full((300, 300), 60_000, np.uint16)), "blank"),
    ("CMYK", an_image(np.zeros((300, 300, 4), np.uint8), "TIFF"), "blank"),
    ("transparent", an_image(np.zeros((300, 300, 4), np.uint8)), "blank"),
]


@pytest.mark.parametrize(("data", "states"), [s[1:] for s in STATES], ids=[s[0] for s in STATES])
def test_odd_images_end_in_a_state(data: bytes, states: str | tuple[str, ...]) -> None:
    scan = read_bytes(data, "x.png", SETTINGS)
    assert [p.method in states for p in scan.pages] == [True]


def test_noise_without_text_is_reported_as_unreadable() -> None:
    rng = np.random.default_rng(7)
    blots = np.kron(rng.integers(0, 2, (150, 110)), np.ones((12, 12))) * 255
    scan = read_bytes(an_image(blots.astype(np.uint8)), "x.png", SETTINGS)
    assert scan.pages[0].method == "unreadable"
    assert [(n.code, n.page) for n in scan.notes] == [("unreadable_page", 1)]


def test_a_tiff_of_fifty_pages_is_read_page_by_page() -> None:
    frames = [Image.new("1", (300, 400), 1) for _ in range(50)]
    out = io.BytesIO()
    frames[0].save(out, "TIFF", save_all=True, append_images=frames[1:], compression="group4")
    scan = read_bytes(out.getvalue(), "x.tif", SETTINGS)
    assert [p.number for p in scan.pages] == list(range(1, 51))
    assert scan.source.media_type == "image/tiff"


@pytest.mark.parametrize("engine", ["tesserocr", "pytesseract"])
def test_missing_language_data_says_what_to_install(engine: str, tmp_path: Path) -> None:
    settings = OcrSettings.model_validate({"engine": engine, "tessdata": str(tmp_path)})
    with pytest.raises(DependencyError, match=r"scripts/setup.*tesseract-ocr-vie") as caught:
        engine_for(settings)
    assert caught.value.exit_code == 4


def test_text_pages_need_no_ocr(tmp_path: Path) -> None:
    settings = Settings.model_validate({"ocr": {"tessdata": str(tmp_path)}})
    assert read_bytes(a_pdf(), "x.pdf", settings).pages[0].method == "text"
