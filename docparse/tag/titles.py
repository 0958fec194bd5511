"""Titles of cited documents: the position after number, date and issuer goes in, the title with its right end comes
out.

A quoted title ends at its closing quote; an unquoted one begins with a lead word (`về`, `ban hành`, `phê duyệt` …)
and runs to the first word that cannot belong to it (DOMAIN 4.4). Lead words and ends are rules in data/titles.toml.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.tables import Tables

_QUOTE = re.compile(r"\s*,?\s*(?:[Vv]ề(?: việc)?:?\s+)?(?P<open>[\u201c\"\u00ab]|'')")
_CLOSE = {"\u201c": ("\u201d", "\u201c"), '"': ('"', "\u201d"), "\u00ab": ("\u00bb",), "''": ("''",)}
_LIMIT = 900
"""Characters: no official title is longer; a run-on paragraph is."""


@lru_cache(maxsize=1)
def _rules() -> tuple[
    re.Pattern[str],
    re.Pattern[str],
    re.Pattern[str],
    re.Pattern[str],
    re.Pattern[str],
    re.Pattern[str],
    re.Pattern[str],
]:
    rules = Tables.default().rules("titles")
    return (
        rules["lead"].pattern,
        rules["lead_of_bare_symbol"].pattern,
        rules["end"].pattern,
        rules["end_at_next_document"].pattern,
        rules["end_at_next_member"].pattern,
        rules["amending"].pattern,
        rules["end_at_plan"].pattern,
    )


def _continues(text: str, start: int, stop: int) -> bool:
    """Whether a heading in capitals goes on in the next line."""
    if stop - start < 8 or stop - start > _LIMIT or not text[start:stop].isupper() or text[stop : stop + 1] != "\n":
        return False
    line = text[stop + 1 : (text.find("\n", stop + 1) + 1 or len(text) + 1) - 1]
    return line.isupper() and re.match(r"(?:CHƯƠNG|ĐIỀU|PHẦN|MỤC|QUYẾT|[IVX]+[.\s]|\d)", line) is None


_AMENDING = re.compile("(?:[Vv]ề việc )?[Ss]ửa đổi")


def read_title(text: str, at: int, bare: bool = False) -> tuple[int, str] | None:
    """The title that begins at `at`, as (end, its words without quotes); `bare` when neither date nor issuer stands
    before it, where only the plainest lead words begin a title."""
    quoted = _QUOTE.match(text, at)
    if quoted and "\n" not in quoted[0]:
        start = quoted.end()
        stop = text.find("\n", start, start + _LIMIT)
        stop = stop if stop >= 0 else min(len(text), start + _LIMIT)
        ends = [i for i in (text.find(c, start, stop) for c in _CLOSE[quoted["open"]]) if i >= 0]
        if ends:
            closing = min(ends)
            close = 2 if quoted["open"] == "''" else 1
            return closing + close, text[start:closing].strip(" ,.;")
        return None
    lead, bare_lead, ends_, next_document, next_member, amending, next_plan = _rules()
    first = (bare_lead if bare else lead).match(text, at)
    if first is None or "\n" in first[0]:
        return None
    start = first.start("word")
    stop = text.find("\n", start, start + _LIMIT)
    stop = stop if stop >= 0 else min(len(text), start + _LIMIT)
    while _continues(text, start, stop):
        line = text.find("\n", stop + 1, start + _LIMIT)
        stop = line if line >= 0 else min(len(text), start + _LIMIT)
    end = ends_.search(text, first.end(), stop)
    cut = end.start() if end else stop
    changing = amending.match(text, start) is not None
    # words of what is amended: an annex, an act amended before
    words_within = "ban hành kèm theo|theo quy định" + ("|được sửa đổi" if _AMENDING.match(text, start) else "")
    while changing and end and re.search(words_within, end[0]):
        end = ends_.search(text, end.end(), stop)
        cut = end.start() if end else stop
    following = (next_member if changing else next_document).search(text, first.end(), cut)
    cut = following.start() if following else cut
    if changing and (plan := next_plan.search(text, first.end(), cut)):
        cut = plan.start()
    words = text[start:cut].rstrip(" ,;:.\u2026/-")
    opened = words.count("(") - words.count(")")
    if opened > 0 and ")" in text[start + len(words) : stop] and end and text[end.start()] in ";.":
        cut = text.index(")", start + len(words)) + 1
        words = text[start:cut]
    if opened < 0:
        words = words[: words.rindex(")")].rstrip(" ,;:.")
    for mark, pair in (("\u201c", "\u201d"),):
        if words.count(pair) > words.count(mark):
            words = words[: words.index(pair)]
    if words.count("\u201c") > words.count("\u201d") and text.startswith("\u201d", start + len(words)):
        words += "\u201d"
    if len(words.split()) < 2:
        return None
    return start + len(words), words
