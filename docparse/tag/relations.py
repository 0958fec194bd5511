"""Relations of the document at hand to what it cites: zone and nearest trigger decide (DOMAIN 5.1).

In: the text, where its title and bases stand, and a mention. Out: the relation and the rule that said so.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docparse.model import Relation, Section
from docparse.tables import Tables
from docparse.tag.line_start import line_start
from docparse.tag.mention import Mention

_WINDOW = 700
_ENDED = re.compile(r"[.;](?=\s)|\n")
_LOSES_FORCE = re.compile(
    r"[^.\n]{0,80}?(?P<words>hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|(?:bị|được) bãi bỏ"
    r"|(?:bị|được) thay thế (?:bởi|bằng)|bị thay thế(?=\s*[.;]))"
)
_AGENT = re.compile(
    r"\s*(?:bởi|bằng|tại|theo|kể từ khi)?\s+(?:quy định\s+(?:tại|của)\s+)?(?:(?:khoản|điểm|Điều)\s+\S+\s+){0,3}"
    r"(?:của\s+)?(?:Bộ luật|Luật|Pháp lệnh|Nghị định|Nghị quyết|Quyết định|Thông tư|Chỉ thị|Quy định|Quy chế|Kết luận"
    r"|Hướng dẫn|Kế hoạch)(?:\s+liên tịch)?(?P<this>\s+này)?"
)
"""Who ended it: `bởi Thông tư số …`, `theo quy định tại Điều 5 Nghị định này`."""
_WHEN_ANOTHER = re.compile(r"[^.\n]{0,80}?(?:kể từ ngày|khi)\s+(?:Luật|Nghị định|Thông tư|Quyết định)[^.\n]{0,20}số")
_PROMULGATING = re.compile(r"[Bb]an hành|[Pp]hê duyệt|BAN HÀNH|PHÊ DUYỆT")
_BASE_LINE = re.compile(
    r"[-\u2013+*\s\"\u201c]*(?P<words>Căn cứ|Theo đề nghị|Xét|Chiếu theo|Trên cơ sở|Thi hành|Thừa ủy quyền"
    r"|Thừa uỷ quyền|Theo)(?!\w)"
)
_FORMAL_BASE = re.compile(
    r"[-\u2013+*\s\"\u201c]*Căn cứ\s+(?:các\s+)?(?:Nghị|Luật|Bộ luật|Quyết định|Thông tư|Chỉ thị|Kết luận"
    r"|Quy|Hiến pháp|Điều lệ|Pháp lệnh|Công văn|Kế hoạch|Hướng dẫn|Thông báo)"
)
_WORKING = re.compile(
    r"[;,]\s+(?:để\s+)?(?:thực hiện|triển khai|thi hành)(?:\s+(?:thực hiện|có hiệu quả|các|hiệu quả)){0,3}"
    r"\s+(?:\u00b7+\s*,?\s*(?:và\s+)?){0,4}\Z"
)
_ITEM = re.compile(r"\s*(?:[a-zđ]{1,2}\s?\)|\d{1,2}[.)]|[-\u2013+*•])\s*")


@dataclass(frozen=True, slots=True)
class Verdict:
    """A relation, the rule that said so, and the words that it rests on."""

    relation: Relation
    rule: str
    words: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Setting:
    """Where things stand: the title's span, the start of the operative part, the type of the document, whether it is
    news."""

    title: tuple[int, int]
    operative: int
    own_type: str | None
    press: bool
    openings: list[tuple[int, int]] = field(default_factory=list)
    heads: list[tuple[int, int, int, int]] = field(default_factory=list)


@lru_cache(maxsize=1)
def _triggers() -> tuple[re.Pattern[str], dict[str, Relation]]:
    rules = Tables.default().rules("relations")
    kinds: dict[str, Relation] = {}
    parts = []
    for name, rule in rules.items():
        kinds[name] = rule.extra["relation"]  # type: ignore[assignment]
        parts.append(f"(?P<{name}>{rule.source})")
    # tried at the beginnings of words only, and only where some trigger begins with that letter
    return re.compile(r"(?<!\w)(?=[BbCcĐđGgHhKkMmNnPpQqSsTtVvXxYy])(?:" + "|".join(parts) + ")"), kinds


class Triggers:
    """The triggers in a text outside its mentions; a paragraph is searched when it is first asked about."""

    def __init__(self, masked: str) -> None:
        self.masked = masked
        self._lines = [0, *(m.end() for m in re.finditer("\n", masked))]
        self._found: dict[int, list[tuple[int, int, str]]] = {}

    def between(self, low: int, high: int) -> Iterator[tuple[int, int, str]]:
        """The triggers that lie in `[low, high)`, as (start, end, rule), in order."""
        for index in range(bisect_right(self._lines, low) - 1, bisect_left(self._lines, high)):
            found = self._in_line(index)
            for at in range(bisect_left(found, (low,)), len(found)):
                start, end, name = found[at]
                if start >= high:
                    break
                if end <= high:
                    yield start, end, name

    def _in_line(self, index: int) -> list[tuple[int, int, str]]:
        if index not in self._found:
            stop = self._lines[index + 1] if index + 1 < len(self._lines) else len(self.masked)
            matches = _triggers()[0].finditer(self.masked, self._lines[index], stop)
            self._found[index] = [(m.start(), m.end(), m.lastgroup or "cites") for m in matches]
        return self._found[index]


def triggers(text: str, mentions: Sequence[Mention]) -> Triggers:
    """The triggers of a text outside its mentions."""
    return Triggers(mask(text, mentions))


def mask(text: str, mentions: Sequence[Mention]) -> str:
    """The text with the words of every mention blanked, each character in its place."""
    parts: list[str] = []
    at = 0
    for mention in mentions:
        parts.extend((text[at : mention.start], "\u00b7" * (mention.end - mention.start)))
        at = mention.end
    return "".join((*parts, text[at:]))


def lead_ins(text: str) -> list[tuple[int, int]]:
    """The paragraphs that open a list: those that end with a colon, as (start, end), in order."""
    return [(text.rfind("\n", 0, m.start()) + 1, m.start()) for m in re.finditer(r":[ ]*\n", text)]


def heads(sections: Sequence[Section]) -> list[tuple[int, int, int, int]]:
    """The numbered items as (start, end, start and end of the first paragraph), in order, outer before inner."""
    out: list[tuple[int, int, int, int]] = []
    waiting = list(reversed(sections))
    while waiting:
        section = waiting.pop()
        out.append((section.span.start, section.span.end, section.head.start, section.head.end))
        waiting.extend(reversed(section.children))
    return out


def relate(text: str, said: Triggers, mention: Mention, setting: Setting) -> Verdict:
    """The relation of the document to the target of `mention` with its grounds; `said` holds the triggers outside all
    mentions, so that no word of a cited title is taken for one."""
    masked = said.masked
    if mention.promulgated:
        return Verdict("promulgates", "promulgated", _promulgating(text, mention.start))
    start = mention.provision_start if mention.provision_start >= 0 else mention.start
    if mention.lead >= 0:
        start = min(start, mention.lead)
    line = line_start(text, start)
    in_title = setting.title[0] <= start < setting.title[1]
    before_body = start < setting.operative
    base = _BASE_LINE.match(text, line)
    formal = (before_body and setting.operative > 0) or _FORMAL_BASE.match(text, line)
    first_sentence = "." not in masked[line:start].replace("TP.", "").replace("TM.", "")
    working = _WORKING.search(masked, max(line, start - 400), start)
    if not in_title and base and formal and first_sentence and working is None and not _told(said, start):
        return Verdict("based_on", "base-line", base.span("words"))
    after = _LOSES_FORCE.match(text, mention.end)
    if after and _by_this(text, after) and not _WHEN_ANOTHER.match(text[mention.end : mention.end + 120]):
        kind: Relation = "replaces" if after["words"].endswith(("thay thế bởi", "thay thế bằng")) else "repeals"
        return Verdict(kind, "loses-force", after.span("words"))
    low = max(line, start - _WINDOW)
    window = masked[low:start]
    ended = [m.end() for m in re.finditer(r"[.;](?=\s)", window)]
    found = _nearest(said, low + (ended[-1] if ended else 0), start, mention, free=in_title)
    if found is None and ended and window[ended[-1] - 1] != ".":
        # `; ` joins the items of one enumeration; what was said of the item before is not said of this one
        found = _nearest(said, low, start, mention, free=in_title, passives=False)
    if found is None and len(window.lstrip(" -\u2013+*")) < 14:
        found = _inherited(text, said, line, start, setting, mention)
    if in_title and found and found.relation in {"cites", "based_on"} and found.rule not in _PASSIVES:
        wider = _nearest(said, setting.title[0], start, mention, skip={"cites", "based_on"}, free=True)
        found = wider or found
    if (
        found
        and found.relation == "implements"
        and setting.own_type == "HD"
        and start < setting.operative + 2500
        and in_title
    ):
        return Verdict("guides", "title-of-guidance", found.words)
    if found:
        return found
    return Verdict("based_on", "base-line", base.span("words")) if before_body and base else Verdict("cites", "none")


def _told(said: Triggers, start: int) -> bool:
    """Whether the mention is what an organ `đã ban hành`: told and no base, though its line begins with `Căn cứ`."""
    *_, last = ("", *(rule for _, _, rule in said.between(max(0, start - 40), start)))
    return last == "narrated"


def _promulgating(text: str, at: int) -> tuple[int, int] | None:
    """The last promulgating word in the clause before `at`."""
    low = max(line_start(text, at), at - 160)
    found = list(_PROMULGATING.finditer(text, low, at))
    return found[-1].span() if found else None


def _by_this(text: str, after: re.Match[str]) -> bool:
    """Whether what ends the force of a document is the one at hand: an agent after the passive is, so it be `… này`."""
    agent = _AGENT.match(text, after.end())
    return agent is None or agent["this"] is not None


def _nearest(
    said: Triggers,
    low: int,
    high: int,
    mention: Mention,
    skip: frozenset[str] | set[str] = frozenset(),
    free: bool = False,
    passives: bool = True,
) -> Verdict | None:
    """The last trigger between `low` and `high`; `free` where a changing verb needs no place at the head of its
    sentence; without `passives` those are passed over."""
    kinds = _triggers()[1]
    found: list[Verdict] = []
    for start, end, name in said.between(low, high):
        if kinds[name] in skip or (name in _PASSIVES and not passives) or _set_off(said.masked, end, high):
            continue
        anywhere = free or name in {"passive", "ended"}
        if kinds[name] in _CHANGING and not anywhere and not _governs(said.masked[low:start]):
            continue
        found.append(Verdict(kinds[name], name, (start, end)))
    if not found:
        return None
    last = found[-1]
    if last.rule in {"cites", "issued"}:
        changing = next((f for f in reversed(found) if f.relation in _CHANGING), None)
        partly = _PART.search(said.masked, changing.words[0], high) if changing and changing.words else None
        if changing and partly and not any(f.rule == "passive" for f in found):
            return Verdict("amends", "amends-part", changing.words)  # `Bãi bỏ cụm từ … tại khoản 1 Điều 1 của …`
    if last.relation in {"repeals", "replaces"} and mention.provision is not None:
        return Verdict("amends", f"{last.rule}-part", last.words)
    return last


_PART = re.compile(
    r"cụm từ|Phụ lục|(?:[Ss]ửa đổi|[Bb]ổ sung|[Bb]ãi bỏ|[Tt]hay thế|SỬA ĐỔI|BỔ SUNG),?\s+(?:bổ sung\s+)?"
    r"(?:tên\s+)?(?:một số|nội dung|điểm|khoản|Điều|các|số thứ|định mức|mục|Mẫu|Biểu|Chương|phần|[Bb]ảng"
    r"|[Dd]anh mục|mẫu|biểu)"
)
_PASSIVES = frozenset({"passive", "issued"})
_CHANGING = frozenset({"amends", "replaces", "repeals", "extends", "corrects"})
_HEAD_OF_SENTENCE = re.compile(
    r"^\W*(?:(?:Điều|Khoản|Mục)?\s*[\w.]{1,6}[.):]\s*){0,3}(?:[Nn]ay\s+|Về việc\s+"
    r"|[\w ]{0,60}?\bnày\b[^.;]{0,120}?|(?:Quyết định|Quy định|Quy chế|Nghị quyết|Hướng dẫn|Kết luận|Chỉ thị)\s+"
    r"có hiệu lực[^.;]{0,100}?|.{0,60}ban hành (?:Quyết định|Thông tư|Nghị định|Nghị quyết|Luật|Bộ luật"
    r"|Pháp lệnh)\s+)?"
    r"(?:sửa đổi, bổ sung\s|bãi bỏ\s|thay thế\s|[Ss]ửa đổi,?\s*)?\Z"
)


def _set_off(masked: str, end: int, high: int) -> bool:
    """Whether a comma alone parts a trigger from the mention: `Qua 4 năm thực hiện, Quyết định số …`."""
    return masked[end : end + 1] == "," and masked[end + 1 : high].isspace()


def _governs(before: str) -> bool:
    """Whether a changing verb stands where it changes something: at the head of its sentence or after `… này`.

    `đề xuất sửa đổi, bổ sung Luật …` proposes and changes nothing.
    """
    return _HEAD_OF_SENTENCE.match(before[-200:]) is not None


def _inherited(text: str, said: Triggers, line: int, start: int, setting: Setting, mention: Mention) -> Verdict | None:
    """The trigger of what opened the list: the paragraph with a colon just before, else the heads of the items
    around."""
    at = bisect_right(setting.openings, (line, line)) - 1
    if at >= 0 and line - setting.openings[at][1] < 6000:
        first, end = setting.openings[at]
        if _ITEM.match(text, line) is not None or not text[end + 1 : line].strip():
            found = _nearest(said, max(first, end - 300), end, mention)
            if found:
                return found
    at = bisect_right(setting.heads, (start, len(text), 0, 0)) - 1
    outer = start
    for _ in range(40):
        if at < 0:
            return None
        begin, stop, head, head_end = setting.heads[at]
        if begin < outer and stop > start and head_end <= line:
            outer = begin
            found = _nearest(
                said,
                max(head, head_end - 300),
                head_end,
                mention,
                skip={"cites", "reports_on", "guides", "based_on"}
                | (set() if text[head_end - 1 : head_end] == ":" else {"implements"}),
            )
            if found:
                return found
        at -= 1
    return None


def spread_back(text: str, mentions: Sequence[Mention], last: Mention) -> None:
    """Give the members of an enumeration before `last` its relation: `Thông tư A; Thông tư B hết hiệu lực …`."""
    at = next(i for i, m in enumerate(mentions) if m is last)
    while at > 0 and re.fullmatch(
        r"\s*(?:[,;]|[,;]?\s*và)\s*(?:các\s+)?", text[mentions[at - 1].end : mentions[at].start]
    ):
        at -= 1
        mentions[at].relation, mentions[at].evidence = last.relation, last.evidence


def _central(mention: Mention) -> bool:
    """Whether a central organ issued the document: by its symbol, else by its issuer's words."""
    if mention.symbol is not None:
        last = mention.symbol.organs[-1] if mention.symbol.organs else ""
        return mention.symbol.shape in {"assembly", "normative"} or "TW" in last or last in {"CP", "TTg", "BCT"}
    issuer = (mention.issuer or "").lower()
    return issuer.startswith(("bộ ", "ban bí thư", "ban chấp hành trung ương", "chính phủ", "thủ tướng", "quốc hội"))


def press_relations(mentions: Sequence[Mention]) -> None:
    """In a news report the document it reports is the first one of the local authority cited; its later mentions mean
    it too."""
    numbered = [m for m in mentions if m.number]
    subject = next((m.key for m in numbered if not _central(m)), numbered[0].key if numbered else None)
    for mention in mentions:
        mention.relation = "reports_on" if mention.key == subject else "cites"
