"""Formula words of citations as a scan spells them: the text goes in, a text of the same length with the words mended
comes out.

Only the grammar reads the mended text; spans stay those of the document's text, which never changes.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.authority import fold
from docparse.tables import Tables


@lru_cache(maxsize=1)
def _formulae() -> tuple[re.Pattern[str], dict[str, str]]:
    words: dict[str, str] = {}
    parts: list[str] = []
    rows = [(row["words"], row["only"]) for row in Tables.default().rows("ocr_formulae")]
    rows += [
        (row["name"], "")
        for row in Tables.default().rows("laws")
        if len(row["name"].split()) >= 4 and len(row["name"]) < 90
    ]
    for phrase, only in sorted(dict(rows).items(), key=lambda pair: -len(pair[0])):
        plain = fold(phrase).lower()
        if plain in words:
            continue
        words[plain] = phrase
        ahead = {"number": r"(?=\s*[:.]?\s*\d)", "capital": r"(?=\s+[A-Z])"}.get(only, r"(?!\w)")
        parts.append(_any_case(re.escape(plain)) + ahead)
    return re.compile(r"(?<!\w)(?:" + "|".join(parts) + ")"), words


def _any_case(pattern: str) -> str:
    """The pattern for its words in sentence, title or upper case, letter by letter."""
    return "".join(f"[{c}{c.upper()}]" if c.isalpha() else c for c in pattern)


def mended(text: str) -> str:
    """The text with the formula words in their right spelling, each character in its place; `sô`, `bồ sung` become
    `số`, `bổ sung`."""
    plain = fold(text)
    pattern, words = _formulae()
    parts: list[str] = []
    at = 0
    for match in pattern.finditer(plain):
        start, end = match.span()
        right = words[match[0].lower()]
        old = text[start:end]
        new = "".join(
            r.upper() if o.isupper() else r.lower() if o.islower() else o for r, o in zip(right, old, strict=True)
        )
        if new != old:
            parts.extend((text[at:start], new))
            at = end
    return "".join((*parts, text[at:])) if parts else text
