"""Who issued a cited document: a position in the text goes in, the organ's words and their end come out."""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.alternatives import one_of
from docparse.authority import fold
from docparse.tables import Tables
from docparse.tag.line_start import line_start
from docparse.tag.type_words import alternation

_OF = re.compile(
    r"\s*,?\s*(?:(?:của|CỦA|do|cua|giữa)\s+(?:liên\s+[Bb]ộ:?\s+)?|(?=Hội nghị (?:lần thứ|Trung ương|BCH)(?!\w)))"
)
_WORD = re.compile(r"[^\W_]+(?:[.&][^\W_]+)*")
_TERM = re.compile(r"\s*,?\s*\(?(?:[Kk]h[óo][aá]|KH[ÓO][AÁ])\s+[IVXL][IVXLl1H|]*(?!\w)\)?")
_GAP = re.compile(r"[ ]?[-\u2013][ ]?|[ ]?/[ ]?|[ \u00a0]+")
_TITLE_WORDS = frozenset(
    {"về", "ban hành", "quy định", "phê duyệt", "hướng dẫn", "sửa đổi", "bãi bỏ", "công bố", "ngày"}
)


@lru_cache(maxsize=1)
def _next_document() -> re.Pattern[str]:
    """What follows `và` when it joins two documents and not two organs."""
    return re.compile(
        rf"(?:{alternation()})\s+(?:[a-zđăâêôơư]\w+\s+){{0,3}}"
        r"(?:số(?!\w)|\d|Đại hội|Trung ương|Hội nghị|của(?!\w)|do(?!\w)|ngày(?!\w))"
    )


_COMPLETE = frozenset(
    {"quốc hội", "chính phủ", "bộ chính trị", "ban bí thư", "thủ tướng chính phủ", "ủy ban thường vụ quốc hội",
     "uỷ ban thường vụ quốc hội", "ban chấp hành trung ương đảng"}
)  # fmt: skip
"""Organs whose names are whole: a word in lower case after one begins something else."""
_COMMITTEE = re.compile(
    r"\s+về\s+(?P<subject>[^;.\n\d()\u201c\u201d]{5,140}?)(?=\s+(?:về|ban hành|hướng dẫn|triển khai|phê duyệt)\s)"
)
_LIMIT = 28
"""Words: the longest names of joint issuers stay below."""


@lru_cache(maxsize=1)
def _lexicon() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Heads that an organ's name begins with, names with commas, words that end a name."""
    heads, commas, stops = [], [], []
    for row in Tables.default().rows("issuer_words"):
        if row["kind"] == "head":
            heads.append(row["word"])
        elif row["kind"] == "comma":
            commas.append(row["word"])
        elif row["kind"] == "stop":
            stops.append(row["word"])
    heads.sort(key=len, reverse=True)
    commas.sort(key=len, reverse=True)
    head = re.compile(one_of([re.escape(h.lower()) for h in heads]) + r"(?!\w)", re.IGNORECASE)
    # in lower case any of these ends a name; with a capital only what a title can begin with
    lower = [re.escape(s) for s in sorted(stops, key=len, reverse=True)]
    capital = [f for s in stops if s in _TITLE_WORDS for f in (re.escape(s[0].upper() + s[1:]), re.escape(s.upper()))]
    stop = re.compile(one_of([*lower, *capital]) + r"(?!\w)")
    return head, re.compile("|".join(re.escape(fold(c)) for c in commas), re.IGNORECASE), stop


def read_issuer(text: str, at: int, joint: bool = False) -> tuple[int, str] | None:
    """The organ in `, của Bộ Chính trị (khóa XI)` that begins at `at`, as (end, its name without the term); `joint`
    where several issue together."""
    of = _OF.match(text, at)
    if of is None or "\n" in of[0]:
        return None
    return read_organ(text, of.end(), joint=joint or "iên" in of[0])


def _head_at(text: str, at: int) -> bool:
    """Whether an organ's name begins at `at`: a known head with its capital (`cơ sở` is none)."""
    return text[at : at + 1].isupper() and _lexicon()[0].match(text, at) is not None


_LEVELS = frozenset({"tỉnh", "huyện", "quận", "xã", "phường", "thị xã", "thành phố", "thị trấn"})


def read_organ(text: str, start: int, joint: bool = False) -> tuple[int, str] | None:
    """The organ whose name begins at `start`, as (end with its term, name); `joint` after `liên Bộ:`, where bare
    names stand."""
    _, commas, stops = _lexicon()
    if not joint and not _head_at(text, start):
        return None
    end = at = start
    previous = ""
    whole_head = None if joint else _lexicon()[0].match(text, start)
    for _count in range(_LIMIT):
        whole = commas.match(fold(text[at : at + 90])) if text[at : at + 1].isupper() else None
        if whole:
            at = end = at + whole.end()
        elif whole_head is not None and at == start and " " in whole_head[0]:
            at = end = whole_head.end()  # `Ban chỉ đạo`, `Hội đồng thẩm định`: no word of it ends the name
            previous = whole_head[0].rpartition(" ")[2]
        else:
            word = _WORD.match(text, at)
            if word is None:
                break
            if at > start and (stops.match(text, at) or _whole(text, start, end, at)):
                break
            if (
                at > start
                and previous in _LEVELS
                and word[0][0].islower()
                and word[0].lower() not in {"phố", "xã", "trấn", "ủy", "hội"}
            ):
                break  # after its level an organ's name goes on with a place only
            previous = word[0]
            at = end = word.end()
        gap = _GAP.match(text, at)
        if gap is None:
            comma = re.compile(r",\s+").match(text, at)
            if comma and previous.lower() == "phòng" and text.startswith("chống", comma.end()):
                at = comma.end()
                continue
            if comma and _head_at(text, comma.end()) and (joint or _ends_list(text, comma.end())):
                at = comma.end()
                continue
            break
        at = gap.end()
        if text.startswith(("và ", "VÀ "), at):
            follows = at + 3
            if _next_document().match(text, follows) or not (
                _head_at(text, follows) or joint or _inner_and(text, follows, start)
            ):
                break
            at = follows
    name = text[start:end].rstrip(" -\u2013")
    end = start + len(name)
    if len(name) < 3:
        return None
    committee = _COMMITTEE.match(text, end) if name.startswith(("Ban Chỉ đạo", "Ban chỉ đạo", "BCĐ")) else None
    if committee:  # a steering committee is named by what it steers; the next `về` begins the title
        end = committee.end()
        name = text[start:end]
    term = _TERM.match(text, end)
    return (term.end() if term else end), name


def _whole(text: str, start: int, end: int, at: int) -> bool:
    """Whether the name that ends at `end` is whole, and the word at `at`, in lower case, no part of it."""
    return text[at].islower() and text[at : at + 3] not in {"kho", "khó"} and text[start:end].lower() in _COMPLETE


def _ends_list(text: str, at: int) -> bool:
    """Whether the organs enumerated from `at` are joint issuers: a last one follows after `và`."""
    stretch = re.compile(r"[^;.\n\d]{0,80}?\s+và\s+").match(text, at)
    return bool(stretch and _head_at(text, stretch.end()) and "," not in stretch[0])


def _inner_and(text: str, at: int, start: int) -> bool:
    """Whether `và` stands inside the name of a ministry or department (`Bộ Giáo dục và Đào tạo`, `Tư pháp và …`)."""
    before = text[start:at].lower()
    return any(
        h in before for h in ("bộ ", "sở ", "ủy ban ", "uỷ ban ", "ban ", "cục ", "vụ ", "phòng ", "liên hiệp", "đoàn")
    ) and (text[at : at + 1].isupper() or text[at : at + 9] in {"phát triể", "đào tạo ", "đầu tư "})


@lru_cache(maxsize=1)
def _joined() -> re.Pattern[str]:
    """What joins an organ to the document after it; the rule `bracket` needs words of proposal before the organ."""
    rules = Tables.default().rules("issuing")
    return re.compile(f"(?:{rules['verb'].source}|{rules['bracket'].source})\\s*\\Z")


def organ_before(text: str, at: int) -> str | None:
    """The organ that a verb joins to the mention at `at` (`đề nghị của Giám đốc Sở Tài chính tại Công văn số …`), or
    in whose words a bracket gives it (`đề nghị của Sở Nội vụ (Tờ trình số …`)."""
    low = max(line_start(text, at), at - 160)
    window = text[low:at].rstrip()
    joint = _joined().search(window)
    if joint is None:
        return None
    stem = window[: joint.start()].rstrip()
    if joint[0].lstrip().startswith("(") and Tables.default().rules("issuing")["proposal"].pattern.search(stem) is None:
        return None
    for match in _lexicon()[0].finditer(stem):
        if not match[0][0].isupper():
            continue
        found = read_organ(stem, match.start())
        if found and found[0] >= len(stem):
            return found[1]
    return None
