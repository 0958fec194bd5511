"""The smallest documents by hand: words in, a `Document` as `clean` would leave it out; and an invented directive."""

from __future__ import annotations

import hashlib

from docparse.model import Document, Line, Page, Source, Word
from docparse.spans import Box, Span

DIRECTIVE = """ỦY BAN NHÂN DÂN\tCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
TỈNH LÂM ĐỒNG\tĐộc lập - Tự do - Hạnh phúc
Số: 19/CT-UBND\tLâm Đồng, ngày 12 tháng 5 năm 2023

CHỈ THỊ
Về việc tăng cường quản lý giếng khoan

Thực hiện Luật Tài nguyên nước năm 2012, Chủ tịch Ủy ban nhân dân tỉnh yêu cầu:

1. Sở Tài nguyên và Môi trường chủ trì, phối hợp với Sở Tài chính rà soát giếng khoan trước ngày 30/6/2023.

2. Ủy ban nhân dân các huyện báo cáo kết quả định kỳ hằng năm.

Nơi nhận:
- Các sở, ban, ngành;
- Lưu: VT.

CHỦ TỊCH
Trần Văn Thử
"""
"""An invented directive with something for every stage."""


def a_source(text: str, path: str = "-") -> Source:
    """The source of a text in memory."""
    data = text.encode()
    return Source(path, hashlib.sha256(data).hexdigest(), "text/plain", len(data))


def a_document(text: str, boxes: bool = False, lines_a_page: int = 40) -> Document:
    """A cleaned document whose paragraphs are printed on one line each; with `boxes` it has pages of a fixed size."""
    lines: list[Line] = []
    pages: list[Page] = []
    at = page_start = 0
    paragraphs = text.split("\n")
    for index, words in enumerate(paragraphs):
        page = index // lines_a_page + 1
        top = 50.0 + 15 * (index % lines_a_page)
        box = Box(50, top, 50 + 6.0 * len(words), top + 12) if boxes else None
        lines.append(
            Line(Span(at, at + len(words)), words, page, box=box, words=_words(words, at, top) if boxes else ())
        )
        at += len(words) + 1
        if index + 1 == len(paragraphs) or (index + 1) % lines_a_page == 0:
            size = (595.0, 842.0) if boxes else (0.0, 0.0)
            pages.append(Page(page, *size, Span(page_start, at - 1), "text" if boxes else "markup"))
            page_start = at
    return Document(a_source(text), text, tuple(pages), tuple(lines))


def _words(line: str, start: int, top: float) -> tuple[Word, ...]:
    words: list[Word] = []
    at = 0
    for word in line.split(" "):
        box = Box(50 + 6.0 * at, top, 50 + 6.0 * (at + len(word)), top + 12)
        words.append(Word(Span(start + at, start + at + len(word)), box))
        at += len(word) + 1
    return tuple(words)
