"""A searchable PDF: a scan's bytes and the words of its pages in, the same pages with an invisible text layer out.

Only pages that were read by OCR get one; what they show is not touched: images keep their bytes, pages with good text
stay as they are. The same input gives the same bytes.
"""

from __future__ import annotations

import io
import math
from collections.abc import Sequence
from dataclasses import dataclass

import pikepdf
from pikepdf import Dictionary, Name
from PIL import Image, UnidentifiedImageError

from docparse.errors import DamagedFile, EncryptedFile
from docparse.export.glyphless import WIDTH, Font, embedded
from docparse.export.pages import PageLine, PageWord, Point, WordPage

_FONT = "/DocparseOcr"
_INVISIBLE = 3  # text rendering mode: neither fill nor stroke (PDF 32000-1, 9.3.6)
_SHOWING = frozenset({"Tj", "TJ", "'", '"'})


@dataclass(frozen=True, slots=True)
class Upright:
    """From points of the page as shown, from its top left, to the page's own coordinates, turned pages included."""

    x0: float
    y0: float
    x1: float
    y1: float
    turn: int

    def __call__(self, point: Point) -> Point:
        x, y = point
        match self.turn:
            case 90:
                return self.x0 + y, self.y0 + x
            case 180:
                return self.x1 - x, self.y0 + y
            case 270:
                return self.x1 - y, self.y1 - x
        return self.x0 + x, self.y1 - y


def opened(data: bytes, media_type: str, pages: Sequence[WordPage], name: str) -> pikepdf.Pdf:
    """The PDF itself, or for an image a new one with a page for each of its frames, its pixels as they are."""
    if media_type != "application/pdf":
        return _of_images(data, pages, name)
    try:
        pdf = pikepdf.open(io.BytesIO(data))
    except pikepdf.PasswordError as error:
        raise EncryptedFile(
            f"{name}: the PDF has a password; remove it with: qpdf --decrypt --password=… in.pdf out.pdf"
        ) from error
    except pikepdf.PdfError as error:
        raise DamagedFile(f"{name}: the PDF cannot be rewritten ({error}); try: qpdf in.pdf repaired.pdf") from error
    if len(pdf.pages) != len(pages):
        raise DamagedFile(f"{name}: the PDF is damaged, its pages cannot be told apart; try: qpdf in.pdf repaired.pdf")
    return pdf


def add_layer(pdf: pikepdf.Pdf, pages: Sequence[WordPage]) -> int:
    """Put the text layers in place; returns on how many pages."""
    layered = [page for page in pages if page.method == "ocr" and _own(page)]
    if not layered:
        return 0
    font = embedded(pdf, (c for page in layered for line in _own(page) for w in line.words for c in w.text))
    for page in layered:
        target = pdf.pages[page.number - 1]
        _without_invisible(pdf, target)
        target.contents_add(pikepdf.Stream(pdf, _content(page, font, upright(target))), prepend=True)
        _use(target, font)
    return len(layered)


def saved(pdf: pikepdf.Pdf) -> bytes:
    """The bytes of the file; the same document gives the same bytes."""
    out = io.BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        stream_decode_level=pikepdf.StreamDecodeLevel.none,
        object_stream_mode=pikepdf.ObjectStreamMode.preserve,
    )
    return out.getvalue()


def _use(page: pikepdf.Page, font: Font) -> None:
    """Name the font in the page's resources, in a copy: pages may share theirs."""
    resources = dict(page.resources.items())
    fonts = resources.get("/Font")
    named = dict(fonts.items()) if isinstance(fonts, Dictionary) else {}
    page.obj["/Resources"] = Dictionary({**resources, "/Font": Dictionary({**named, _FONT: font.reference})})


def upright(page: pikepdf.Page) -> Upright:
    """The map of a page: its visible box (the crop box within the media box) and its rotation."""
    media, crop = _box(page.mediabox), _box(page.cropbox)
    x0, y0 = max(media[0], crop[0]), max(media[1], crop[1])
    x1, y1 = min(media[2], crop[2]), min(media[3], crop[3])
    if x1 <= x0 or y1 <= y0:
        x0, y0, x1, y1 = media
    return Upright(x0, y0, x1, y1, int(page.obj.get("/Rotate", _inherited(page, "/Rotate", 0))) % 360)


def _box(values: pikepdf.Array) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (float(v) for v in values.as_list())
    return min(x0, x1), min(y0, y1), max(x0, x1), max(y0, y1)


def _inherited(page: pikepdf.Page, key: str, default: int) -> int:
    node = page.obj.get("/Parent")
    for _ in range(50):
        if node is None:
            break
        if key in node:
            return int(node[key])
        node = node.get("/Parent")
    return default


def _own(page: WordPage) -> list[PageLine]:
    """The lines of words that OCR read; what the file itself says is there already."""
    out = []
    for line in page.lines:
        words = tuple(w for w in line.words if w.confidence is not None)
        if words:
            out.append(PageLine(words, line.paragraph, line.role))
    return out


def _content(page: WordPage, font: Font, place: Upright) -> bytes:
    parts = [b"q BT", f"{_FONT} 1 Tf {_INVISIBLE} Tr".encode()]
    for line in _own(page):
        for word, following in zip(line.words, [*line.words[1:], None], strict=True):
            parts.append(_word(word, following, font, place))
    parts.append(b"ET Q\n")
    return b"\n".join(parts)


def _word(word: PageWord, following: PageWord | None, font: Font, place: Upright) -> bytes:
    """A word stretched between its ends, with the space after it."""
    (sx, sy), (ex, ey), (ux, uy) = place(word.start), place(word.end), place(word.up)
    along, high = math.hypot(ex - sx, ey - sy), max(1.0, math.hypot(ux - sx, uy - sy))
    if along < 0.1:
        return b""
    cos, sin = (ex - sx) / along, (ey - sy) / along
    stretch = 100 * along / (len(word.text) * WIDTH * high)
    matrix = " ".join(_number(v) for v in (high * cos, high * sin, -high * sin, high * cos, sx, sy))
    # the space belongs to the word's own string: pdfium takes short strings that repeat close by for one printed twice
    text = word.text if following is None or following.glued else word.text + " "
    return f"{matrix} Tm {_number(stretch)} Tz <{font.encoded(text).hex()}> Tj".encode("ascii")


def _number(value: float) -> str:
    return f"{value:.3f}".rstrip("0").rstrip(".") if abs(value) >= 0.0005 else "0"


def _without_invisible(pdf: pikepdf.Pdf, page: pikepdf.Page) -> None:
    """Take an older invisible layer away: it was not good, or the page would not have been read again."""
    try:
        operations = list(pikepdf.parse_content_stream(page))
    except pikepdf.PdfError:
        return
    mode, kept, stack = 0, [], []
    for operation in operations:
        operator = str(operation.operator)
        if operator == "q":
            stack.append(mode)
        elif operator == "Q" and stack:
            mode = stack.pop()
        elif operator == "Tr" and operation.operands:
            mode = int(operation.operands[0])
        if not (operator in _SHOWING and mode == _INVISIBLE):
            kept.append(operation)
    if len(kept) < len(operations):
        page.Contents = pdf.make_stream(pikepdf.unparse_content_stream(kept))


def _of_images(data: bytes, pages: Sequence[WordPage], name: str) -> pikepdf.Pdf:
    pdf = pikepdf.new()
    try:
        image = Image.open(io.BytesIO(data))
        for page, index in zip(pages, range(len(pages)), strict=True):
            image.seek(index)
            pdf.add_blank_page(page_size=(page.width, page.height))
            target = pdf.pages[-1]
            whole = image.format == "JPEG" and image.mode in ("L", "RGB") and len(pages) == 1
            target.Resources = Dictionary(XObject=Dictionary({"/Im0": _picture(pdf, image, data if whole else None)}))
            draw = f"q {_number(page.width)} 0 0 {_number(page.height)} 0 0 cm /Im0 Do Q\n"
            target.Contents = pdf.make_stream(draw.encode("ascii"))
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError) as error:
        raise DamagedFile(f"{name}: the image is damaged or cut short ({error}); scan or save it again") from error
    return pdf


def _picture(pdf: pikepdf.Pdf, image: Image.Image, jpeg: bytes | None) -> pikepdf.Object:
    """An image object: a JPEG as it is, everything else without loss."""
    if jpeg is None and image.mode not in ("1", "L", "RGB"):
        deep = image.mode.startswith("I;16") or image.mode == "I"
        image = image.point(lambda v: v / 257).convert("L") if deep else _flat(image)
    bits, space = (1 if image.mode == "1" else 8), (Name.DeviceRGB if image.mode == "RGB" else Name.DeviceGray)
    stream = pikepdf.Stream(pdf, image.tobytes() if jpeg is None else jpeg)
    stream.Type, stream.Subtype = Name.XObject, Name.Image
    stream.Width, stream.Height = image.size
    stream.ColorSpace, stream.BitsPerComponent = space, bits
    if jpeg is not None:
        stream.Filter = Name.DCTDecode
    return pdf.make_indirect(stream)


def _flat(image: Image.Image) -> Image.Image:
    """Palettes and transparency on white paper."""
    if "A" in image.mode or "transparency" in image.info:
        see_through = image.convert("RGBA")
        return Image.alpha_composite(Image.new("RGBA", image.size, "white"), see_through).convert("RGB")
    return image.convert("RGB")
