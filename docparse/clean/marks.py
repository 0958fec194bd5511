"""What a converter wrote between the words of a plain text or Markdown file: emphasis, headings, table bars, braces; and the cuts
where one line of text was printed in several columns (DOMAIN.md 1.4: row-wise, glued and table rows)."""

from __future__ import annotations

import re

from docparse.spans import Aligned

_MARKS = re.compile(r"[*_#|}{\\>`~]")
_EMPHASIS = re.compile(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![^\W_])_{1,3}(?=[^\W_])|(?<=[^\s_])_{1,3}(?![^\W_])|`+|~~"
    r"|^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?|\s*[{}](?=\s*(?:$|[(;,.]))|\\(?=[-*_#.()|\[\]{}!+>`~\\])"
)
"""Emphasis touches the words it marks; a brace ends a line of recipients (its purpose stays in brackets); `#` heads a line."""
_STARS = re.compile(r"[*\s]+|[_\s]+")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BAR = re.compile(r"\s*\|\s*")
_GAP = re.compile(r"\t\s*|(?<=\S) {3,}(?=\S)")
_BLANK_BEFORE = re.compile(
    r"(?:[Ss][ốỐ]|SỐ|[Nn]gày|[Tt]háng|[Nn]ăm|^\s*(?:[-+•*]|\(?\w{1,3}[.)]|\d+(?:\.\d+)+\.?))\s*:?$"
)
_AFTER_BLANK = re.compile(r"[/,.;:\d]|-\s?\w|(?:tháng|năm)\b")
_LABEL = re.compile(
    r"\s*(?:[-–+•*]|\(?\w{1,4}[.)]|\d{1,3}(?:\.\d{1,3})+\.?|(?:Điều|Chương|Mục|Phần)\s+\w{1,6}[.:]?)?\s*"
)
"""A label before a tab belongs to the text after it; nothing before a tab is an indent."""
_GLUED_AT = re.compile(r"(?:CỘNG H(?:ÒA|OÀ) XÃ|ĐẢNG CỘNG SẢN VIỆT NAM)")


def present(raw: str) -> bool:
    """Whether a converter's marks may stand in the line."""
    return _MARKS.search(raw) is not None


def without(line: Aligned) -> Aligned:
    """The line without emphasis, heading and quotation marks and braces; a table's bars become tabs."""
    if _STARS.fullmatch(line.text):
        return line  # a rule, not emphasis
    text = line.text.strip()
    if text.startswith("|") or text.endswith("|") or text.count("|") >= 2:
        if _TABLE_RULE.fullmatch(line.text):
            return line.sub(r"\|", "-")
        line = line.strip().sub(r"^\||\|$", "").sub(_BAR, "\t")
    return line.sub(_EMPHASIS, "")


def parts(text: str) -> list[tuple[int, int]]:
    """The ranges of the line that were printed apart: cut at tabs, at gaps of three spaces that no hand-filled blank explains, and
    where the nation's or the Party's title is glued to the organ before it."""
    if "\t" not in text and "   " not in text and (len(text) > 200 or _GLUED_AT.search(text, 1) is None):
        return [(0, len(text))]
    cuts: list[tuple[int, int]] = []
    at = 0
    for match in _GAP.finditer(text):
        if (
            _LABEL.fullmatch(text[at : match.start()])
            or "\t" not in match[0]
            and (
                _BLANK_BEFORE.search(text[max(0, match.start() - 24) : match.start()])
                or _AFTER_BLANK.match(text, match.end())
            )
        ):
            continue
        cuts.append((at, match.start()))
        at = match.end()
    cuts.append((at, len(text)))
    if (
        len(cuts) == 1
        and len(text) <= 200
        and (glued := _GLUED_AT.search(text, 1))
        and (text[: glued.start()].rstrip().isupper() or text[: glued.start()].rstrip().endswith("*"))
    ):
        return [(0, glued.start()), (glued.start(), len(text))]
    return [(a, b) for a, b in cuts if text[a:b].strip()] or [(0, len(text))]
