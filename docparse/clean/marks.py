"""What a converter wrote between the words of a plain text or Markdown file: emphasis, headings, table bars, braces;
and the cuts where one line of text was printed in several columns (DOMAIN.md 1.4: row-wise, glued and table rows)."""

from __future__ import annotations

import re

from docparse.spans import Aligned

_MARKS = re.compile(r"[*_#|}{\\>`~]")
_EMPHASIS = re.compile(
    r"\*{1,3}(?=\S)|(?<=\S)\*{1,3}|(?<![^\W_])_{1,3}(?=[^\W_])|(?<=[^\s_])_{1,3}(?![^\W_])|`+|~~"
    r"|^\s{0,3}#{1,6}\s+|^\s{0,3}>\s?|\s*[{}](?=\s*(?:$|[(;,.]))|\\(?=[-*_#.()|\[\]{}!+>`~\\])"
)
"""Emphasis touches the words it marks; a brace ends a line of recipients (its purpose stays in brackets); `#` heads a
line."""
_STARS = re.compile(r"[*\s]+|[_\s]+")
_TABLE_RULE = re.compile(r"\s*\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?\s*")
_BAR = re.compile(r"\|")
_BARS = re.compile(r"\|[^\S|]*")
_EDGE_BARS = re.compile(r"^\||\|$")
_GAP = re.compile(r"\t\s*|(?<=\S) {3,}(?=\S)")
_BLANK_BEFORE = re.compile(
    r"(?:[Ss][ốỐ]|SỐ|[Nn]gày|[Tt]háng|[Nn]ăm|^\s*(?:[-+•*]|\(?\w{1,3}[.)]|\d+(?:\.\d+)+\.?))\s*:?$"
)
_AFTER_BLANK = re.compile(r"[/,.;:\d]|-\s?\w|(?:tháng|năm)\b")
ROW = 200
"""Letters of the longest row: two columns of letterhead or closing with the spaces between them."""
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
    if _is_row(line.text):
        if _TABLE_RULE.fullmatch(line.text):
            return line.sub(_BAR, "-")
        line = line.strip().sub(_EDGE_BARS, "").sub(_BARS, "\t")
    return line.sub(_EMPHASIS, "")


def text_without(text: str) -> str:
    """As `without`, for text whose characters need not know where they came from."""
    if _STARS.fullmatch(text):
        return text
    if _is_row(text):
        if _TABLE_RULE.fullmatch(text):
            return _BAR.sub("-", text)
        text = _BARS.sub("\t", _EDGE_BARS.sub("", text.strip()))
    return _EMPHASIS.sub("", text)


def _is_row(text: str) -> bool:
    bars = text.count("|")
    return bars >= 2 or (bars == 1 and (text.lstrip().startswith("|") or text.rstrip().endswith("|")))


def parts(text: str) -> list[tuple[int, int]]:
    """The ranges of the line that were printed apart: cut at tabs, at gaps of three spaces that no hand-filled blank
    explains, and where the nation's or the Party's title is glued to the organ before it. Lines too long for one
    printed row stay whole."""
    if len(text) > ROW or ("\t" not in text and "   " not in text and "CỘNG" not in text):
        return [(0, len(text))]
    cuts: list[tuple[int, int]] = []
    at = 0
    for match in _GAP.finditer(text):
        before = text[at : match.start()]
        if _LABEL.fullmatch(before) or (
            "\t" not in match[0] and (_BLANK_BEFORE.search(before[-24:]) or _AFTER_BLANK.match(text, match.end()))
        ):
            continue
        cuts.append((at, match.start()))
        at = match.end()
    cuts.append((at, len(text)))
    glued = _GLUED_AT.search(text, 1)
    if len(cuts) == 1 and glued and text[: glued.start()].rstrip(" *_-").isupper():
        return [(0, glued.start()), (glued.start(), len(text))]
    return [(a, b) for a, b in cuts if text[a:b].strip()] or [(0, len(text))]
