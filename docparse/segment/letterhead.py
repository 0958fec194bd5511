"""The lines of a letterhead by their job: paragraphs in, pieces (organ, number, date, type, subject …) and its end out.

NĐ 30/2020 Annex I (boxes 2 to 5) and HD 36-HD/VPTW set two columns over the title; extraction gives them in any order
and sometimes on one line, so parts are found by pattern, not by position (DOMAIN.md 1.3, 1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from docparse.authority import fold
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables

PieceRole = Literal[
    "nation", "motto", "party", "number", "date", "about", "stamp", "draft", "organ", "type", "subject", "other"
]
LIMIT = 60  # a letterhead and its title take fewer paragraphs than this, even column by column


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a paragraph with one job; `index` is the paragraph's place in the sequence given."""

    role: PieceRole
    span: Span
    text: str
    index: int


@dataclass(frozen=True, slots=True)
class Letterhead:
    """The pieces in the order of the text, the paragraph where the body begins, and where the type line stands."""

    pieces: tuple[Piece, ...]
    end: int
    type_index: int | None

    def of(self, *roles: PieceRole) -> Iterator[Piece]:
        """The pieces with one of these jobs."""
        return (p for p in self.pieces if p.role in roles)

    @property
    def printed(self) -> bool:
        """Whether any part of a letterhead proper was found."""
        return any(p.role in ("nation", "motto", "party", "number") for p in self.pieces)


@lru_cache(maxsize=4)
def _type_line(tables: Tables) -> re.Pattern[str]:
    words = {fold(row["name"]).upper() for row in tables.rows("doc_types") if row["title"] == "yes"}
    return re.compile(
        r"^\W{0,3}("
        + "|".join(re.escape(w).replace(r"\ ", r"\s+") for w in sorted(words, key=len, reverse=True))
        + r")\b"
    )


def type_line(text: str, tables: Tables) -> str | None:
    """The type word in capitals that opens a title line, as written; None for any other line.

    What follows on the line must be nothing, capitals (`CHỈ THỊ CỦA BAN THƯỜNG VỤ`), or a subject in small letters;
    `QUYẾT ĐỊNH:` alone is the operative formula, not the title, and is told apart by its colon.
    """
    plain = fold(_unspaced(text))
    match = _type_line(tables).match(plain)
    if match is None:
        return None
    rest = plain[match.end() :].strip()
    if rest.startswith(":") or re.match(r"[\d.,;)]", rest):
        return None
    return match[1]


def _unspaced(text: str) -> str:
    """`Q U Y Ế T  Đ Ị N H` set wide becomes words again."""
    if not re.match(r"^\W*(?:\w ){4,}", text):
        return text
    return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text.strip()))


def is_upper(text: str) -> bool:
    """Whether most letters are capitals (OCR may spoil a few)."""
    upper = sum(c.isupper() for c in text)
    lower = sum(c.islower() for c in text)
    return upper >= 3 and upper >= 4 * lower


def pieces_of(paragraph: Paragraph, index: int, tables: Tables) -> list[Piece]:
    """The parts of one letterhead line: known titles, number and date are cut out, what is left is an organ or other."""
    rules = tables.rules("letterhead")
    folded = fold(paragraph.text)
    cuts: list[tuple[int, int, PieceRole]] = []
    roles: tuple[PieceRole, ...] = ("nation", "motto", "party", "date")
    for role in roles:
        match = rules[role].pattern.search(folded)
        if match and not any(s < match.end() and match.start() < e for s, e, _ in cuts):
            cuts.append((match.start(), match.end(), role))
    cuts.sort()
    out: list[Piece] = []
    at = 0
    for start, end, cut in [*cuts, (len(folded), len(folded), "other")]:
        rest = folded[at:start]
        if rest.strip(" \t,;|*_-–—.:"):
            out.extend(_rest(paragraph, at, start, index, tables))
        if end > start:
            out.append(_piece(cut, paragraph, start, end, index))
        at = end
    return out


def _rest(paragraph: Paragraph, start: int, end: int, index: int, tables: Tables) -> Iterator[Piece]:
    rules = tables.rules("letterhead")
    folded = fold(paragraph.text[start:end]).strip()
    offset = start + len(paragraph.text[start:end]) - len(paragraph.text[start:end].lstrip())
    end = offset + len(folded)
    for role in ("stamp", "draft", "about", "number"):
        if rules[role].pattern.search(folded):
            yield _piece(role, paragraph, offset, end, index)  # type: ignore[arg-type]
            return
    inner = re.search(r"(?<=[A-Z*_)])\s+(?=S[oO06]\s*:?\s*\d)", folded)
    if inner:
        yield from _rest(paragraph, offset, offset + inner.start(), index, tables)
        yield from _rest(paragraph, offset + inner.end(), end, index, tables)
    else:
        yield _piece("organ" if is_upper(folded) else "other", paragraph, offset, end, index)


def _piece(role: PieceRole, paragraph: Paragraph, start: int, end: int, index: int) -> Piece:
    span = Span(paragraph.span.start + start, paragraph.span.start + end)
    return Piece(role, span, paragraph.text[start:end], index)


def read_letterhead(paras: Sequence[Paragraph], tables: Tables) -> Letterhead:
    """The letterhead and title that `paras` begin with; empty with end 0 where the text starts with its body."""
    rules = tables.rules("letterhead")
    opening = rules["opening"].pattern
    pieces: list[Piece] = []
    at = 0
    while at < min(len(paras), LIMIT):
        text = paras[at].text
        if not text.strip():
            at += 1
            continue
        if type_line(text, tables) is not None and len(text) < 600:
            return _with_title(paras, at, pieces, tables)
        if opening.match(fold(text)) or len(text) > 400:
            break
        pieces.extend(pieces_of(paras[at], at, tables))
        at += 1
    return _without_title(paras, at, pieces, tables)


def _with_title(paras: Sequence[Paragraph], at: int, pieces: list[Piece], tables: Tables) -> Letterhead:
    title = paras[at]
    word = type_line(title.text, tables) or ""
    folded = fold(_unspaced(title.text))
    split = folded.find(word) + len(word) if _unspaced(title.text) == title.text else len(title.text)
    pieces.append(_piece("type", title, 0, split, at))
    own = title.text[split:].strip()
    if own.strip(" .:*-–—"):
        start = split + len(title.text[split:]) - len(title.text[split:].lstrip())
        pieces.append(_piece("subject", title, start, len(title.text.rstrip()), at))
    end = at + 1
    while end < min(len(paras), at + 14):
        text = paras[end].text.strip()
        if text and not _continues_subject(paras, end, at, bool(own), tables):
            break
        if text and not re.fullmatch(r"[\W_]+", text):
            late = [
                p
                for p in pieces_of(paras[end], end, tables)
                if p.role in ("nation", "motto", "party", "number", "date", "stamp")
            ]
            if late and len(text) < 90 and not re.match(r"(?i)(về|quy định|sửa đổi|ban hành|v/v)\b", text):
                pieces.extend(pieces_of(paras[end], end, tables))
            else:
                pieces.append(_piece("subject", paras[end], 0, len(paras[end].text), end))
        end += 1
    return Letterhead(tuple(pieces), end, at)


def _continues_subject(paras: Sequence[Paragraph], at: int, title: int, own: bool, tables: Tables) -> bool:
    """Whether paragraph `at` still belongs to the subject under the title line.

    A subject is set in short lines or one paragraph and, unlike the body, ends without a full stop; the bases, the
    address, the competence line or the first sentence follow (NĐ 30 Annex I, box 5a).
    """
    text = paras[at].text.strip()
    folded = fold(text)
    if tables.rules("letterhead")["opening"].pattern.match(folded) and not (
        at == title + 1 and not own and len(text) < 160 and re.match(r"(?:Thuc hien|Theo) ", folded)
    ):
        return False
    if re.fullmatch(r"[\W_]+", text):
        return True
    first = at == title + 1 and not own
    if is_competence(text, tables) and not first:
        return False
    if is_competence(text, tables) and at + 1 < len(paras) and re.match(r"\W{0,3}Can cu", fold(paras[at + 1].text)):
        return False
    if first:
        return len(text) < 1500
    if len(text) > 220 and not is_upper(text):
        return False
    if (
        re.search(r"(?:ban hanh (?:Thong tu|Nghi dinh|Nghi quyet|Quyet dinh|Luat|Phap lenh|Lenh)|nhu sau\s*:)", folded)
        and folded[:1].isupper()
        and not is_upper(text)
    ):
        return bool(text[0].islower())
    if text.endswith((".", ":", ";")) and not text[0].islower() and not is_upper(text):
        before = next((paras[i].text.strip() for i in range(at - 1, title, -1) if paras[i].text.strip()), "")
        return bool(before) and not before.endswith(".") and len(text) < 120 and before.endswith((",", ";", " và"))
    return not paras[at - 1].text.rstrip().endswith(".")


def is_competence(text: str, tables: Tables) -> bool:
    """Whether the line names in capitals the organ or office that decides, between title and bases (NĐ 30, Annex III)."""
    stripped = text.strip(" *_:.")
    if not is_upper(stripped) or len(stripped) > 140:
        return False
    pattern = (
        r"(?:PHO )?(?:CHU TICH|UY BAN|HOI DONG|THU TUONG|CHINH PHU|BO TRUONG|BO |BAN |GIAM DOC|TONG |CHANH |VIEN TRUONG"
        r"|THONG DOC|QUOC HOI|CUC TRUONG|HIEU TRUONG|SO |TINH UY|THANH UY|HUYEN UY|DANG UY|TRUONG |CHU NHIEM|THUONG TRUC)"
    )
    return re.match(pattern, fold(stripped)) is not None


def _without_title(paras: Sequence[Paragraph], at: int, pieces: list[Piece], tables: Tables) -> Letterhead:
    """An official letter (subject under the number) or a text without a letterhead."""
    roles = {p.role for p in pieces}
    if not roles & {"nation", "motto", "party", "number", "about"}:
        return Letterhead((), 0, None)
    last = max(
        p.index
        for p in pieces
        if p.role in ("nation", "motto", "party", "number", "date", "about", "organ", "stamp", "draft")
    )
    out: list[Piece] = []
    about = False
    for piece in pieces:
        # the lines after `V/v` that are no part of the other column continue it
        if piece.role == "about":
            about = True
        elif about and piece.role in ("other", "organ") and not (piece.role == "organ" and _organ_like(piece.text)):
            if len(piece.text) < 120 and (piece.index < last or piece.index < at):
                piece = Piece("subject", piece.span, piece.text, piece.index)
                last = max(last, piece.index)
        elif piece.role in ("number", "nation", "party"):
            about = about and piece.role != "number"
        out.append(piece)
    return Letterhead(tuple(p for p in out if p.index <= last), last + 1, None)


def _organ_like(text: str) -> bool:
    return is_upper(text) and len(text) > 6
