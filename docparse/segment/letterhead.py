"""The lines of a letterhead by their job: paragraphs in, pieces (organ, number, date, type, subject …) and its end out.

NĐ 30/2020 Annex I (boxes 2 to 5) and HD 36-HD/VPTW set two columns over the title; extraction gives them in any order
and sometimes on one line, so parts are found by pattern, not by position (DOMAIN.md 1.3, 1.4).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Literal

from docparse.authority import fold
from docparse.segment.paragraphs import Paragraph
from docparse.spans import Span
from docparse.tables import Tables
from docparse.values import dataclass

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
    """The parts of one letterhead line: titles, number and date are cut out, what is left is an organ or other."""
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
            yield _piece(role, paragraph, offset, end, index)
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


def opens_body(text: str, tables: Tables) -> bool:
    """Whether a paragraph begins the body: the address, a legal basis, a first item, or a whole first sentence."""
    rules = tables.rules("letterhead")
    folded = fold(text[:160])
    if rules["opening"].pattern.match(folded):
        return True
    return len(text) > 110 and rules["opening-sentence"].pattern.match(folded) is not None


def read_letterhead(paras: Sequence[Paragraph], tables: Tables) -> Letterhead:
    """The letterhead and title that `paras` begin with; empty with end 0 where the text starts with its body."""
    pieces: list[Piece] = []
    at = 0
    while at < min(len(paras), LIMIT):
        text = paras[at].text
        if not text.strip():
            at += 1
            continue
        if len(text) < 600 and type_line(text, tables) is not None:
            return _with_title(paras, at, pieces, tables)
        if len(text) > 400 or opens_body(text, tables):
            break
        pieces.extend(pieces_of(paras[at], at, tables))
        at += 1
    return _without_title(paras, at, pieces, tables)


def _with_title(paras: Sequence[Paragraph], at: int, pieces: list[Piece], tables: Tables) -> Letterhead:
    title = paras[at]
    word = type_line(title.text, tables) or ""
    spaced = _unspaced(title.text) != title.text
    split = len(title.text) if spaced else fold(title.text).find(word) + len(word)
    pieces.append(_piece("type", title, 0, split, at))
    own = title.text[split:].strip(" .:*-–—")
    if own:
        start = split + len(title.text[split:]) - len(title.text[split:].lstrip())
        pieces.append(_piece("subject", title, start, len(title.text.rstrip()), at))
    end = at + 1
    subject: list[str] = [own] if own else []
    while end < min(len(paras), at + 16):
        text = paras[end].text.strip()
        late = _late(paras[end], end, pieces, tables)
        if late:
            pieces.extend(late)
        elif text and not _is_rule(text) and not is_noise(text):
            following = next((p.text for p in paras[end + 1 : end + 3] if p.text.strip()), "")
            if not _continues_subject(text, subject, following, tables):
                break
            pieces.append(_piece("subject", paras[end], 0, len(paras[end].text), end))
            subject.append(text)
        end += 1
    while end > at + 1 and not any(p.index == end - 1 for p in pieces):
        end -= 1
    return Letterhead(tuple(pieces), end, at)


def _late(paragraph: Paragraph, index: int, pieces: Sequence[Piece], tables: Tables) -> list[Piece]:
    """Parts of the other column that extraction gives after the title; only those that the letterhead still lacks, for
    a line of the subject may be a date or a number as well (`ngày 16 tháng 11 năm 2018 của Chính phủ`)."""
    if len(paragraph.text) > 90 or not paragraph.text[:1].strip(" *_").isupper():
        return []
    have = {p.role for p in pieces}
    found = pieces_of(paragraph, index, tables)
    roles = {p.role for p in found}
    if roles and roles <= {"nation", "motto", "party", "number", "date", "stamp"} and not roles & have:
        return found
    return []


def _is_rule(text: str) -> bool:
    return re.fullmatch(r"[\W_]+", text) is not None


def is_noise(text: str) -> bool:
    """Whether a line is specks that OCR read as letters: few of its characters stand in words of three or more."""
    letters = sum(len(w) for w in re.findall(r"[^\W\d_]{3,}", text))
    return letters < 0.4 * len(re.sub(r"[\s\d/.,;:()-]", "", text))


def _continues_subject(text: str, subject: Sequence[str], following: str, tables: Tables) -> bool:
    """Whether a line still belongs to the subject under the title line, of which `subject` was read.

    A subject is set in short lines or in one paragraph and, unlike the body, ends without a full stop; the bases, the
    address, the competence line or the first sentence follow (NĐ 30 Annex I, box 5a).
    """
    folded = fold(text)
    if tables.rules("letterhead")["opening"].pattern.match(folded):
        return False
    if is_competence(text, tables) and (
        (subject and not is_upper(subject[-1]))
        or re.match(r"\W{0,3}(?:Can cu|Theo|Xet|KHOA|KY HOP)\b", fold(following))
    ):
        return False
    if re.match(r"\W{0,3}[-–+•]\s", text):
        return False
    if not subject:
        return len(text) < 1500 and not opens_body(text, tables)
    if opens_body(text, tables) or subject[-1].rstrip(" *_").endswith("."):
        return False
    if is_upper(text):
        return is_upper(subject[-1]) or len(subject[-1]) < 120
    if len(text) > 220:
        return text[0].islower() and not is_upper(subject[-1])
    if re.search(
        r"ban hanh (?:Thong tu|Nghi dinh|Nghi quyet|Quyet dinh|Luat|Phap lenh|Lenh)|nhu sau\s*:|tran trong .{0,6}moi",
        folded,
    ):
        return text[0].islower()
    if text.endswith((".", ":")) and not text[0].islower():
        return len(text) < 120 and subject[-1].endswith((",", ";", " và", "-")) and not text.endswith(":")
    return True


def is_competence(text: str, tables: Tables) -> bool:
    """Whether a line names in capitals the organ or office that decides, between title and bases (NĐ 30 Annex III)."""
    stripped = text.strip(" *_:.")
    if not is_upper(stripped) or len(stripped) > 140:
        return False
    return tables.rules("letterhead")["competence"].pattern.match(fold(stripped)) is not None


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
        goes_on = about and len(piece.text) < 120 and (piece.index < last or piece.index < at)
        if piece.role == "about":
            about = True
        elif piece.role in ("other", "organ") and goes_on and not _organ_like(piece.text):
            out.append(Piece("subject", piece.span, piece.text, piece.index))
            last = max(last, piece.index)
            continue
        elif piece.role == "number":
            about = False
        out.append(piece)
    return Letterhead(tuple(p for p in out if p.index <= last), last + 1, None)


def _organ_like(text: str) -> bool:
    return is_upper(text) and len(text) > 6
