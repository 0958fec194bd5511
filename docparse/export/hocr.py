"""hOCR 1.2: a document's pages of words in, one XHTML file out, boxes in pixels of 300 dots per inch."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from docparse.export.pages import PageLine, PageWord, WordPage, paragraphs
from docparse.spans import Box

DPI = 300
_K = DPI / 72
_CLASSES = {"running": "ocr_header", "footnote": "ocr_caption", "stamp": "ocr_textfloat", "esign": "ocr_textfloat"}
"""Line classes other than ocr_line, as Tesseract writes them."""
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html>
<html xmlns="http://www.w3.org/1999/xhtml" lang="vi" xml:lang="vi">
 <head>
  <title>{title}</title>
  <meta charset="utf-8"/>
  <meta name="ocr-system" content="docparse {version}"/>
  <meta name="ocr-capabilities" content="ocr_page ocr_par ocr_line ocrx_word"/>
  <meta name="ocr-langs" content="vi"/>
 </head>
 <body>
"""


def written(pages: Sequence[WordPage], name: str, version: str) -> bytes:
    """The hOCR of all pages; `name` is what the source is called."""
    out = [_HEAD.format(title=escape(name), version=escape(version))]
    for page in pages:
        size = _box(Box(0, 0, page.width, page.height))
        title = f"image {_quoted(name)}; {size}; ppageno {page.number - 1}; scan_res {DPI} {DPI}"
        out.append(f'  <div class="ocr_page" id="page_{page.number}" title={quoteattr(title)}>\n')
        at = 0
        for count, lines in enumerate(paragraphs(page), 1):
            box = lines[0].box
            for line in lines[1:]:
                box = box.union(line.box)
            identity = f"par_{page.number}_{count}"
            out.append(f'   <p class="ocr_par" lang="vi" id="{identity}" title="{_box(box)}">\n')
            for line in lines:
                at += 1
                out.append(_line(line, f"{page.number}_{at}"))
            out.append("   </p>\n")
        out.append("  </div>\n")
    return "".join([*out, " </body>\n</html>\n"]).encode("utf-8")


def _line(line: PageLine, identity: str) -> str:
    name = _CLASSES.get(line.role, "ocr_line")
    words = "".join(
        ("" if word.glued or not at else " ") + _word(word, f"{identity}_{at + 1}")
        for at, word in enumerate(line.words)
    )
    return f'    <span class="{name}" id="line_{identity}" title="{_box(line.box)}{_baseline(line)}">{words}</span>\n'


def _word(word: PageWord, identity: str) -> str:
    sure = "" if word.confidence is None else f"; x_wconf {round(100 * word.confidence)}"
    return f'<span class="ocrx_word" id="word_{identity}" title="{_box(word.box)}{sure}">{escape(word.text)}</span>'


def _baseline(line: PageLine) -> str:
    """Slope of the line's foot, and its height at the left edge above the box's bottom (hOCR 1.2, baseline)."""
    (ax, ay), (bx, by) = line.words[0].start, line.words[-1].end
    slope = (by - ay) / (bx - ax) if bx - ax > 1 else 0.0
    rise = ay + slope * (line.box.x0 - ax) - line.box.bottom
    return f"; baseline {slope:.4f} {round(rise * _K)}"


def _box(box: Box) -> str:
    return f"bbox {round(box.x0 * _K)} {round(box.top * _K)} {round(box.x1 * _K)} {round(box.bottom * _K)}"


def _quoted(name: str) -> str:
    """A string of a title property: quotes and the separator would end it."""
    return '"' + name.replace('"', "'").replace(";", ",") + '"'
