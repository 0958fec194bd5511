"""Finds text quoted to amend another document: paragraphs in, the indices of those that stand inside a quotation out.

Numbering in such text is the other document's (CONTRACT.md, Tasks and paths).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

_OPENS = re.compile(r"[“\"«]|''|‘‘|``")
_CLOSES = re.compile(r"(?:[”\"»]|''|’’)[.;,:)]*\s*$")
_MARKS = ("“", '"', "«", "''", "‘‘", "``")
"""What opens a quotation: paragraphs without one are done after one look."""
_MARK = re.compile(r"[“\"«”»]|''|‘‘|``")
_LABEL = r"(?:(?:Điều\s+)?\d{1,3}[a-zđ]?\s?[.):]|[a-zđ]\s?[.)]|[IVX]{1,5}\s?[.)])?\s*"
_AMENDS = re.compile(
    rf"{_LABEL}(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay (?:thế|cụm từ|từ)|[Bb]ãi bỏ|[Bb]ỏ (?:cụm từ|từ|khoản|điểm)|"
    r"[Đđ]ính chính)\b"
)
# one provision is named, and its new words follow
_AMENDS_ONE = re.compile(
    rf"{_LABEL}(?:[Ss]ửa đổi|[Bb]ổ sung|[Tt]hay thế)\b(?=[^“\"]{{0,400}}\b(?:[Đđ]iều|[Kk]hoản|[Đđ]iểm)\s+\w+)"
    r"[^“\"]{0,600}\b(?:như sau|sau đây)\s*:\s*$"
)
_AMENDED = re.compile(r"(?:được|như) (?:sửa đổi|bổ sung|thay thế|sau\s*:)|như sau\s*:")
_ARTICLE = re.compile(r"(?:Điều|ĐIỀU)\s+(?P<n>\d{1,3})\s*[.:]")
REACH = 400
"""A quotation that has not ended after so many paragraphs was never opened: a mark is missing."""


def quoted_paragraphs(texts: Sequence[str]) -> frozenset[int]:
    """Which paragraphs are quoted: those that a quotation mark opens, up to the one that ends it, and what follows a
    mark left open inside a paragraph. Linear: a search that fails is not repeated over the same paragraphs."""
    return _quoted(tuple(texts))


@lru_cache(maxsize=4)  # the stages ask about the same paragraphs of one document
def _quoted(texts: tuple[str, ...]) -> frozenset[int]:
    inside: set[int] = set(_unmarked(texts))
    whole = "\n".join(texts)
    marks = [mark for mark in _MARKS if mark in whole]
    given_up = -1
    at = 0
    while at < len(texts):
        text = texts[at]
        if not any(map(text.__contains__, marks)):
            at += 1
            continue
        opens = _OPENS.match(text) is not None
        if not opens and not _left_open(text):
            at += 1
            continue
        last = at if not _left_open(text) else _end(texts, at) if at > given_up else None
        if last is None:
            given_up = max(given_up, at + REACH)
            last = at
        if opens:
            inside.add(at)
        inside.update(range(at + 1, last + 1))
        at = last + 1
    return frozenset(inside)


def _unmarked(texts: Sequence[str]) -> Iterator[int]:
    """The paragraphs of text quoted without marks: behind `Sửa đổi Điều 5 như sau:`, up to the next amendment or the
    article that this document's own count expects. Nothing where neither comes."""
    article = given_up = 0
    at = 0
    while at < len(texts):
        own = _ARTICLE.match(texts[at]) if texts[at].startswith("Đ") else None
        if own is not None and int(own["n"]) == article + 1:
            article += 1
        lead = _AMENDS_ONE.match(texts[at]) if at >= given_up and texts[at].rstrip().endswith(":") else None
        last = _unmarked_end(texts, at, article) if lead is not None else None
        if lead is not None and last is None:
            given_up = at + 1
        yield from range(at + 1, last or at)
        at = max(at + 1, last or 0)


def _unmarked_end(texts: Sequence[str], lead: int, article: int) -> int | None:
    first = lead + 1
    if first >= len(texts) or _MARK.search(texts[first]) or _AMENDS.match(texts[first]):
        return None
    if _AMENDED.search(texts[first]):
        return None
    for at in range(first + 1, min(len(texts), lead + REACH)):
        if _MARK.match(texts[at]):
            return at if at == first + 1 else None  # a heading before what is marked
        if _AMENDS.match(texts[at]):
            return at
        found = _ARTICLE.match(texts[at])
        if found is not None and int(found["n"]) == article + 1:
            return at
    return None


def _balance(text: str) -> int:
    return text.count("“") + text.count("«") - text.count("”") - text.count("»")


def _left_open(text: str) -> bool:
    """Whether a mark is opened in this paragraph and not closed; a straight mark is left open by an odd count."""
    return _balance(text) > 0 or text.count('"') % 2 == 1


def _end(texts: Sequence[str], start: int) -> int | None:
    """The paragraph that ends the quotation opened in `start`: the first with all marks closed and one at its end."""
    balance, straight = _balance(texts[start]), texts[start].count('"')
    for at in range(start + 1, min(len(texts), start + REACH)):
        if texts[at].startswith("Đ") and _ARTICLE.match(texts[at]) and _AMENDS_ONE.match(texts[at]):
            return at - 1  # its closing mark is missing
        balance += _balance(texts[at])
        straight += texts[at].count('"')
        if balance <= 0 and straight % 2 == 0 and _CLOSES.search(texts[at]):
            return at
    return None
