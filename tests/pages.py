"""Scanned pages by hand: lines of placed words in, a `Scan` as a reader would leave it out, and files to go with it."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Sequence

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image

from docparse.model import Font, Method, Scan, ScanLine, ScanPage, Source, Word
from docparse.spans import Box, Frame, Span

LETTER = """ỦY BAN NHÂN DÂN
TỈNH PHÚ YÊN
Số: 12/CT-UBND
CHỈ THỊ
Về việc tăng cường quản lý giếng khoan
Thực hiện Nghị định số 156/2018/NĐ-CP ngày 16 tháng 11 năm 2018 của Chính phủ
1. Sở Tài nguyên và Môi trường rà soát giếng khoan trước ngày 30/6/2023.
2. Ủy ban nhân dân các huyện – ở từng xã – báo cáo kết quả.""".splitlines()
"""Lines of an invented letter; letters with two marks, a dash alone, words of one letter."""
A4 = (595.0, 842.0)


def a_line(text: str, top: float, left: float = 70.0, confidence: float | None = 0.93, high: float = 12.0) -> ScanLine:
    """A line whose letters are 6 points wide."""
    words, at = [], 0
    for word in text.split(" "):
        box = Box(left + 6.0 * at, top, left + 6.0 * (at + len(word)), top + high)
        words.append(Word(Span(at, at + len(word)), box, confidence))
        at += len(word) + 1
    box = Box(left, top, left + 6.0 * len(text), top + high)
    return ScanLine(text, box, tuple(words), Font(high), confidence)


def a_page(
    lines: Sequence[str],
    number: int = 1,
    method: Method = "ocr",
    frame: Frame | None = None,
    confidence: float | None = 0.93,
) -> ScanPage:
    """A page of A4 with a line every 20 points."""
    placed = tuple(a_line(text, 80.0 + 20 * at, confidence=confidence) for at, text in enumerate(lines))
    return ScanPage(number, *A4, method, placed, confidence, frame=frame)


def a_scan(*pages: ScanPage, data: bytes = b"%PDF-", media_type: str = "application/pdf") -> Scan:
    """A scan of these pages."""
    return Scan(Source("letter.pdf", hashlib.sha256(data).hexdigest(), media_type, len(data)), pages)


def a_picture(mode: str = "L", size: tuple[int, int] = (413, 585)) -> Image.Image:
    """A small grey wedge, so that no two rows are alike."""
    return Image.linear_gradient("L").resize(size).convert(mode)


def image_bytes(image: Image.Image, form: str, **options: object) -> bytes:
    """The file of an image."""
    out = io.BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def image_pdf(pages: int = 1, turn: int = 0, content: bytes = b"", origin: tuple[float, float] = (0, 0)) -> bytes:
    """A PDF whose pages are a JPEG each, and `content` after it."""
    jpeg = image_bytes(a_picture(), "JPEG", quality=80)
    x, y = origin
    with pikepdf.new() as pdf:
        picture = pikepdf.Stream(pdf, jpeg)
        picture.Type, picture.Subtype, picture.Filter = Name.XObject, Name.Image, Name.DCTDecode
        picture.Width, picture.Height, picture.ColorSpace, picture.BitsPerComponent = 413, 585, Name.DeviceGray, 8
        font = pdf.make_indirect(Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        shared = pdf.make_indirect(
            Dictionary(XObject=Dictionary(Im0=pdf.make_indirect(picture)), Font=Dictionary(F1=font))
        )
        width, height = (A4[1], A4[0]) if turn in (90, 270) else A4
        for _ in range(pages):
            pdf.add_blank_page(page_size=(width, height))
            page = pdf.pages[-1]
            page.obj["/MediaBox"] = pikepdf.Array([x, y, x + width, y + height])
            page.obj["/Resources"] = shared
            if turn:
                page.obj["/Rotate"] = turn
            draw = f"q {width} 0 0 {height} {x} {y} cm /Im0 Do Q\n".encode()
            page.Contents = pdf.make_stream(draw + content)
        out = io.BytesIO()
        pdf.save(out, deterministic_id=True)
        return out.getvalue()
