"""Pages as archives and senders give them: each kind is built here, and ends in the right state with its warning."""

from __future__ import annotations

import io
import struct
import time
import zlib
from functools import lru_cache
from pathlib import Path

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont, TiffImagePlugin
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen import canvas

import docparse
from docparse.model import Scan
from docparse.read import read_bytes
from docparse.settings import Settings

LINES = [
    "Ủy ban nhân dân huyện yêu cầu các phòng, ban báo cáo",
    "kết quả thực hiện nhiệm vụ trước ngày 15 tháng 6 năm 2023.",
    "Các cơ quan, đơn vị căn cứ nhiệm vụ được giao tổ chức",
    "thực hiện nghiêm túc và gửi kết quả về Văn phòng.",
]
NAMES = ("Tinos-Regular.ttf", "LiberationSerif-Regular.ttf", "NotoSerif-Regular.ttf", "DejaVuSerif.ttf")


def a_font(size: int) -> ImageFont.FreeTypeFont:
    folders = (Path("/usr/share/fonts"), Path("/usr/local/share/fonts"))
    path = next(str(path) for name in NAMES for folder in folders for path in folder.rglob(name))
    return ImageFont.truetype(path, size)


@lru_cache(maxsize=4)
def a_page(dpi: int = 200, color: str = "L") -> Image.Image:
    """Half a page of A4 with three times four lines of 14 points."""
    page = Image.new(color, (round(8.27 * dpi), 6 * dpi), "white")
    pen = ImageDraw.Draw(page)
    for at in range(12):
        pen.text((dpi, dpi * (0.6 + 0.4 * at)), LINES[at % 4], "black", a_font(round(14 * dpi / 72)))
    return page


def as_file(image: Image.Image, kind: str = "PNG", dpi: int = 200, **options: object) -> bytes:
    out = io.BytesIO()
    image.save(out, kind, dpi=(dpi, dpi), **options)
    return out.getvalue()


def a_pdf_of(image: Image.Image, kind: bytes, data: bytes, extra: bytes = b"") -> bytes:
    """A PDF of one page that is one image, its stream encoded as `kind`; `%b` of objects is written here by hand."""
    width, height = image.size
    space = b"/DeviceGray" if image.mode in ("L", "1") else b"/DeviceRGB"
    bits = b"1" if image.mode == "1" else b"8"
    picture = (
        b"<</Type/XObject/Subtype/Image/Width %d/Height %d/ColorSpace %b/BitsPerComponent %b"
        b"/Filter/%b%b/Length %d>>stream\n" % (width, height, space, bits, kind, extra, len(data))
    ) + data
    return a_pdf([picture + b"\nendstream"], b"595 0 0 %d 0 0 cm /I0 Do" % round(595 * height / width))


def a_pdf(pictures: list[bytes], content: bytes, height: int = 432) -> bytes:
    names = b" ".join(b"/I%d %d 0 R" % (n, n + 5) for n in range(len(pictures)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 %d]/Contents 4 0 R/Resources<</XObject<<%b>>>>>>"
        % (height, names),
        b"<</Length %d>>stream\n%b\nendstream" % (len(content), content),
        *pictures,
    ]
    out = b"%PDF-1.7\n"
    places = []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    return out + head + table + b"trailer<</Root 1 0 R/Size %d>>\nstartxref\n%d\n%%%%EOF" % (len(objects) + 1, len(out))


def in_jbig2(image: Image.Image) -> bytes:
    """A bilevel image as a JBIG2 page of one generic region, coded by MMR, which is the fax code of group 4."""
    fax = io.BytesIO()
    turned = image.convert("L").point(lambda v: 255 - v).convert("1")  # in JBIG2 a one is black
    turned.save(fax, "TIFF", compression="group4")
    with TiffImagePlugin.TiffImageFile(io.BytesIO(fax.getvalue())) as tiff:
        (start,), (length,) = tiff.tag_v2[273], tiff.tag_v2[279]
    data = fax.getvalue()[start : start + length]
    width, height = image.size
    page = struct.pack(">IIIIBH", width, height, 0, 0, 0, 0)
    region = struct.pack(">IIIIBB", width, height, 0, 0, 0, 1) + data
    return b"".join(
        struct.pack(">IBBBI", number, kind, 0, 1, len(body)) + body
        for number, kind, body in ((0, 48, page), (1, 38, region))
    )


def read(data: bytes, name: str = "x") -> Scan:
    return read_bytes(data, name, Settings())


def text_of(scan: Scan) -> str:
    return " ".join(line.raw for page in scan.pages for line in page.lines)


def tiles() -> bytes:
    """A page of 25 × 18 images, as some scanners cut it."""
    page = a_page()
    width, height = page.size
    out = io.BytesIO()
    sheet = canvas.Canvas(out, pagesize=(595, 432))
    across, down = -(-width // 18), -(-height // 25)
    k = 595 / width
    for top in range(0, height, down):
        for left in range(0, width, across):
            part = page.crop((left, top, min(width, left + across), min(height, top + down)))
            sheet.drawImage(ImageReader(part), left * k, 432 - (top + part.height) * k, part.width * k, part.height * k)
    sheet.save()
    return out.getvalue()


def inline() -> bytes:
    page = a_page(100)
    head = b"595 0 0 432 0 0 cm BI /W %d /H %d /CS /G /BPC 8 /F /AHx ID " % page.size
    return a_pdf([], head + page.tobytes().hex().encode() + b"> EI")


def with_broken_xref() -> bytes:
    page = a_page()
    whole = a_pdf_of(page, b"FlateDecode", zlib.compress(page.tobytes()))
    at = whole.rindex(b"startxref")
    return whole[:at].replace(b"xref\n0", b"xref\n9") + b"startxref\n7\n%%EOF"


def fax() -> Image.Image:
    return a_page(100).point(lambda v: 255 * (v > 150)).convert("1")


READ = {
    "fax of 100 dpi": lambda: as_file(fax(), "TIFF", 100, compression="group4"),
    "fax without its resolution": lambda: as_file(fax(), "PNG", 1),
    "600 dpi": lambda: as_file(a_page(600)),
    "on its head": lambda: as_file(a_page().rotate(180)),
    "CMYK": lambda: as_file(a_page(200, "RGB").convert("CMYK"), "TIFF"),
    "16 bit": lambda: as_file(Image.fromarray(np.asarray(a_page()).astype(np.uint16) * 257)),
    "JBIG2": lambda: a_pdf_of(fax(), b"JBIG2Decode", in_jbig2(fax())),
    "JPEG 2000": lambda: a_pdf_of(a_page(), b"JPXDecode", as_file(a_page(), "JPEG2000")),
    "inline image": inline,
    "hundreds of tiles": tiles,
    "broken xref": with_broken_xref,
}


@pytest.mark.parametrize("kind", READ)
def test_the_page_is_read(kind: str) -> None:
    scan = read(READ[kind]())
    assert [page.method for page in scan.pages] == ["ocr"]
    words = text_of(scan).split()
    wanted = " ".join(LINES * 3).split()
    assert sum(word in words for word in wanted) >= 0.9 * len(wanted)


def test_a_mirrored_page_is_told() -> None:
    scan = read(as_file(a_page().transpose(Image.Transpose.FLIP_LEFT_RIGHT)))
    assert [page.method for page in scan.pages] == ["unreadable"]
    assert ["mirror" in note.message for note in scan.notes] == [True]


def test_pages_turned_each_its_own_way_are_read_in_one_file() -> None:
    pages = [a_page().rotate(-turn, expand=True) for turn in (0, 90, 180, 270)]
    scan = read(as_file(pages[0], "TIFF", save_all=True, append_images=pages[1:]))
    assert [page.method for page in scan.pages] == ["ocr"] * 4
    assert [page.rotation for page in scan.pages] == [0, 270, 180, 90]


@pytest.mark.parametrize("turn", [0, 90, 180])
def test_boxes_lie_on_the_page_as_given(turn: int) -> None:
    """The first word's box, wherever the page was turned and tilted to, covers its ink."""
    tilted = a_page().rotate(2, resample=Image.Resampling.BICUBIC, fillcolor=255)
    given = tilted.rotate(turn, expand=True)
    record = docparse.parse_bytes(as_file(given)).record()
    page = record.source.pages[0]
    assert (page.width, page.height) == pytest.approx((given.width * 0.36, given.height * 0.36), abs=0.1)
    assert abs(page.skew) == pytest.approx(2, abs=0.15)
    assert page.rotation == turn
    boxes = [box for deadline in record.deadlines for box in deadline.boxes]
    assert boxes
    ink = np.asarray(given) < 128
    for _, x0, y0, x1, y1 in boxes:
        assert ink[int(y0 / 0.36) : int(y1 / 0.36), int(x0 / 0.36) : int(x1 / 0.36)].mean() > 0.05


def test_a_photo_is_cut_out_and_set_straight() -> None:
    sheet = np.asarray(a_page(200, "RGB"))
    height, width = sheet.shape[:2]
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    placed = np.array([[200, 160], [1760, 240], [1900, 1300], [120, 1380]], np.float32)
    forth = cv2.getPerspectiveTransform(corners, placed)
    table = np.full((1500, 2000, 3), (70, 90, 110), np.uint8)
    mask = cv2.warpPerspective(np.full((height, width), 255, np.uint8), forth, (2000, 1500))
    photo = np.where(mask[:, :, None] > 0, cv2.warpPerspective(sheet, forth, (2000, 1500)), table)
    light = np.linspace(0.65, 1.0, 2000)[None, :, None]
    record = docparse.parse_bytes(as_file(Image.fromarray((photo * light).astype(np.uint8)), "JPEG", 72)).record()
    assert [page.method for page in record.source.pages] == ["ocr"]
    assert LINES[0] in record.text
    assert LINES[1] in " ".join(record.text.split())
    _, x0, y0, x1, y1 = record.deadlines[0].boxes[0]
    scale = 2000 / record.source.pages[0].width
    x, y = cv2.perspectiveTransform(np.array([[[x0, y0], [x1, y1]]]) * scale, np.linalg.inv(forth))[0].mean(axis=0)
    assert 200 < x < 1500
    assert 200 * 1.0 - 30 < y < 200 * 1.0 + 60


def a_scrawl() -> Image.Image:
    """Strokes of a pen all over the page, none of them a letter of print."""
    rng = np.random.default_rng(5)
    page = np.full((2000, 1600), 255, np.uint8)
    for line in range(18):
        points = [(100 + 12 * n, int(150 + 100 * line + 28 * np.sin(n * 0.9) + rng.normal(0, 16))) for n in range(115)]
        cv2.polylines(page, [np.array(points, np.int32)], False, 40, 4, cv2.LINE_AA)
    return Image.fromarray(page)


def a_view() -> Image.Image:
    """Hills under a sky, with grass."""
    rng = np.random.default_rng(9)
    y, x = np.mgrid[0:900, 0:1200]
    picture = np.stack([120 + y / 9, 150 + y / 12, 235 - y / 6], axis=2)
    for height, shade in ((420, 0.8), (560, 0.6), (680, 0.4)):
        hill = y > height + 70 * np.sin(x / 160 + height)
        picture[hill] = np.array([90, 140, 60]) * shade
    picture += cv2.GaussianBlur(rng.normal(0, 90, (900, 1200, 1)), (0, 0), 2)[:, :, None] * 2
    return Image.fromarray(np.clip(picture, 0, 255).astype(np.uint8))


@pytest.mark.parametrize("picture", [a_scrawl, a_view])
def test_what_is_no_print_is_reported(picture: object) -> None:
    assert callable(picture)
    scan = read(as_file(picture(), "PNG", 150))
    assert [page.method for page in scan.pages] == ["unreadable"]
    assert [note.code for note in scan.notes] == ["unreadable_page"]


def test_a_page_that_is_half_dark_is_doubtful() -> None:
    """Half of the lines drown in the dark: what was read reads well, and the rest is told."""
    page = np.asarray(a_page()).copy()
    rng = np.random.default_rng(2)
    lower = page[620:]
    lower[:] = np.where(rng.random(lower.shape) < 0.42, 255 - lower, lower)
    scan = read(as_file(Image.fromarray(page)))
    assert scan.pages[0].method in ("ocr", "unreadable")
    assert {note.code for note in scan.notes} & {"doubtful_page", "unreadable_page"}


def test_red_stamps_are_facts_and_not_text() -> None:
    page = Image.new("RGB", (1654, 1600), "white")
    page.paste(a_page(200, "RGB"), (0, 400))
    pen = ImageDraw.Draw(page)
    pen.rectangle((200, 150, 520, 240), outline=(215, 40, 50), width=5)
    pen.text((235, 160), "HỎA TỐC", (215, 40, 50), a_font(60))
    pen.ellipse((1000, 1150, 1300, 1450), outline=(215, 40, 50), width=9)
    record = docparse.parse_bytes(as_file(page)).record()
    assert [(stamp.kind, stamp.text) for stamp in record.stamps] == [("urgency", "HỎA TỐC")]
    assert "TỐC" not in record.text
    kinds = {mark.kind: mark.box for mark in record.source.pages[0].marks}
    assert kinds["seal"][1:] == pytest.approx((360, 414, 468, 522), abs=4)
    assert kinds["red"][1:] == pytest.approx((72, 54, 187, 86), abs=4)


def test_a_page_has_its_time() -> None:
    settings = Settings.model_validate({"ocr": {"page_seconds": 0.05}})
    began = time.process_time()
    scan = read_bytes(as_file(a_page()), "x", settings)
    assert time.process_time() - began < 3
    assert [page.method for page in scan.pages] == ["unreadable"]
    assert "page_seconds" in scan.notes[0].message
