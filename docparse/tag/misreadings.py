"""Misreadings: a document goes in, its text as most likely printed comes out, one character for each.

Tesseract reads `tô chức` for `tổ chức` and `thành phó` for `thành phố`. Where a phrase of `ocr_phrases.tsv` stands
letter for letter but for its marks, the marks are restored. Only taggers look at it; spans point into the document's
own text, which stays as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.model import Document
from docparse.places import bare_letter
from docparse.tables import Tables


def legible(doc: Document, tables: Tables) -> str:
    """The text to recognise words in; the document's own where no page was read by OCR."""
    if not any(page.method == "ocr" for page in doc.pages):
        return doc.text
    pattern, right = _phrases(tables)
    return _restored(doc.text, pattern, right)


def _restored(text: str, pattern: re.Pattern[str], right: dict[str, str]) -> str:
    bare = "".join(map(bare_letter, text))
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(bare):
        meant = right[match[0]]
        found = text[match.start() : match.end()]
        if found.lower() == meant:
            continue
        parts.append(text[at : match.start()])
        parts.append("".join(m.upper() if c.isupper() else m for m, c in zip(meant, found, strict=True)))
        at = match.end()
    parts.append(text[at:])
    return "".join(parts)


@lru_cache(maxsize=2)
def _phrases(tables: Tables) -> tuple[re.Pattern[str], dict[str, str]]:
    right = {"".join(map(bare_letter, row["phrase"])): row["phrase"] for row in tables.rows("ocr_phrases")}
    listed = "|".join(re.escape(bare) for bare in sorted(right, key=len, reverse=True))
    return re.compile(rf"(?<!\w)(?:{listed})(?!\w)"), right
