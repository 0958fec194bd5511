"""Durations: a paragraph goes in, its relative deadlines (`trong thời hạn 15 ngày làm việc kể từ …`) come out.

Their values are ISO 8601 durations (`BD` for working days), their anchors the words of the event they count from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from itertools import islice

from docparse.model import Deadline, Op
from docparse.tables import Rule
from docparse.tag.recurrence import number
from docparse.tag.time_context import Clause, Contexts

_UNITS = {"ngày": "D", "tháng": "M", "năm": "Y", "tuần": "W"}
_MEMBER = re.compile(r",\s(?:[^\s,;.:()]+\s){0,5}[^\s,;.:()]+(?=,\s)")
_DOER = re.compile(
    r"(?:các\s|những\s|người\s|đồng\schí\s)?(?:[Bb]ộ|[Ss]ở|[Cc]ục|[Vv]ụ|[Bb]an|[Pp]hòng|[Vv]ăn phòng|Ủy ban|Chủ tịch"
    r"|Thủ tướng|Thủ trưởng|Giám đốc|Bộ trưởng|Hội đồng|[Cc]ơ quan|[Đđ]ơn vị|[Tt]ổ chức|[Cc]á nhân|[Dd]oanh nghiệp"
    r"|[Cc]ấp|[Cc]hi|[Đđ]ảng|[Cc]hủ|[Nn]hà|[Nn]gười|Tòa|Viện|Công an|Ngân hàng|Kho bạc|đại hội|phải|thực hiện|báo cáo"
    r"|gửi|có trách nhiệm|nếu|trường hợp)(?!\w)"
)
_DONE = re.compile(r"(?<!\w)đã\s")
REACH = 260
"""An anchor is looked for in so many characters after the duration."""


MOST = 300
"""No paragraph has more durations."""


Reading = tuple[int, int, Deadline, str, float]


def find_durations(text: str, rules: Mapping[str, Rule], contexts: Contexts) -> Iterator[Reading]:
    """The relative deadlines of a paragraph as (start, end, value, rule, confidence)."""
    if not any(unit in text for unit in (" ngày", " giờ", " tháng", " tuần", " năm")):
        return
    for match in islice(rules["advance"].pattern.finditer(text), MOST):
        if not Clause.before(text, match.start()).conditional(text, match.end(), contexts):
            value = Deadline("relative", _iso(match, True), "before", match["anchor"])
            yield match.start(), match.end(), value, "advance", 0.8
    chain = -1
    for match in islice(rules["duration"].pattern.finditer(text), MOST):
        found = _read(text, match, match["op"].lower(), rules, contexts)
        if found is None:
            continue
        yield found
        chain = found[1]
        # `30 ngày làm việc đối với …, 60 ngày làm việc đối với …`: one word of limit for the whole list
        for other in rules["duration_next"].pattern.finditer(text, chain, _sentence_end(text, chain)):
            if not _listed(text[chain : other.start()]):
                break
            end, anchor = _anchor(text, other.end(), rules)
            chain = end
            yield other.start(), end, Deadline("relative", _iso(other, False), "within", anchor), "duration-list", 0.75


def _read(text: str, match: re.Match[str], op: str, rules: Mapping[str, Rule], contexts: Contexts) -> Reading | None:
    end, anchor = _anchor(text, match.end(), rules)
    clause = Clause.before(text, match.start())
    before = op.startswith(("trước", "ít nhất", "chậm nhất trước")) or (anchor or "").startswith("trước ")
    counted = bool(match["working"] and anchor)
    if contexts.idle(text, match.start(), match.end(), waits=op.startswith("sau"), counted=counted):
        return None
    if op.startswith("sau") and not (anchor and clause.words.strip() in ("", "-", "+")):
        return None
    if op.startswith(("trước", "ít nhất")) and not (match["working"] or anchor):
        return None
    if op.startswith("ít nhất") and not (anchor or "").startswith("trước "):
        return None
    weak = not match["working"] and not anchor and (match["unit"] in ("năm", "tháng") or op == "trong")
    if weak and (match["unit"] != "ngày" or not contexts.answers(text, match.end(), clause)):
        return None
    if not anchor and "gian" in op and _DONE.search(clause.words):
        return None
    if op == "trong" and before:
        return None
    if clause.conditional(text, end, contexts):
        return None
    kind: Op = "before" if before else "within"
    value = Deadline("relative", _iso(match, before), kind, anchor)
    return match.start(), end, value, "duration" if anchor else "duration-bare", 0.85 if anchor else 0.7


def _iso(match: re.Match[str], negative: bool) -> str:
    sign, count = "-" if negative else "", number(match["n"])
    if match["unit"] == "giờ":
        return f"{sign}PT{count}H"
    unit = "BD" if match["working"] and match["unit"] == "ngày" else _UNITS[match["unit"]]
    return f"{sign}P{count}{unit}"


def _anchor(text: str, at: int, rules: Mapping[str, Rule]) -> tuple[int, str | None]:
    """The end of the anchor that follows the duration and its words, or `at` and None."""
    match = rules["anchor"].pattern.match(text, at, min(len(text), at + REACH))
    if match is None:
        return at, None
    end = _past_lists(text, match.end())
    while end > at and text[end - 1] in " ,;":
        end -= 1
    return end, text[at:end].lstrip(" ,(").strip()


def _past_lists(text: str, end: int) -> int:
    """The end of an anchor whose comma stands inside a name or a list (`của Bộ Văn hóa, Thể thao và Du lịch, Sở …`)."""
    for _ in range(2):
        member = _MEMBER.match(text, end)
        if member is None or _DOER.match(text, end + 2) or not _DOER.match(text, member.end() + 2):
            break
        end = member.end()
    return end


def _sentence_end(text: str, at: int) -> int:
    limit = min(len(text), at + REACH)
    ends = [i for i in (text.find(". ", at, limit), text.find(";", at, limit)) if i >= 0]
    return min(ends, default=limit)


def _listed(between: str) -> bool:
    """Whether the words between two durations are those of a list's member."""
    return "," in between and len(between) < 160 and "thì" not in between
