"""Relations of the document at hand to what it cites: zone and nearest trigger decide (DOMAIN 5.1).

In: the text, where its title and bases stand, and a mention. Out: the relation and the rule that said so.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from docparse.model import Relation
from docparse.tables import Tables
from docparse.tag.mention import Mention

_WINDOW = 260
_ENDED = re.compile(r"[.;](?=\s)|\n")
_LOSES_FORCE = re.compile(r"[^.\n]{0,80}?(?:hết hiệu lực|không còn hiệu lực|chấm dứt hiệu lực|bị bãi bỏ|được bãi bỏ|bị thay thế bởi)")
_BASE_LINE = re.compile(r"[-\u2013+*\s\"\u201c]*(?:Căn cứ|Theo đề nghị|Xét|Chiếu theo|Trên cơ sở|Thi hành|Thừa ủy quyền|Thừa uỷ quyền|Theo)(?!\w)")
_ITEM = re.compile(r"\s*(?:[a-zđ]{1,2}\s?\)|\d{1,2}[.)]|[-\u2013+*•])\s*")


@dataclass(frozen=True, slots=True)
class Setting:
    """Where things stand: the title's span, the start of the operative part, the type of the document, whether it is news."""

    title: tuple[int, int]
    operative: int
    own_type: str | None
    press: bool
    openings: list[tuple[int, int]] = field(default_factory=list)


@lru_cache(maxsize=1)
def _triggers() -> tuple[re.Pattern[str], dict[str, Relation]]:
    rules = Tables.default().rules("relations")
    kinds: dict[str, Relation] = {}
    parts = []
    for name, rule in rules.items():
        kinds[name] = rule.extra["relation"]  # type: ignore[assignment]
        parts.append(f"(?P<{name}>{rule.source})")
    return re.compile("|".join(parts)), kinds


def lead_ins(text: str) -> list[tuple[int, int]]:
    """The paragraphs that open a list: those that end with a colon, as (start, end), in order."""
    return [(text.rfind("\n", 0, m.start()) + 1, m.start()) for m in re.finditer(r":[ ]*\n", text)]


def relate(text: str, mention: Mention, setting: Setting, previous: Mention | None) -> tuple[Relation, str]:
    """The relation of the document to the target of `mention`; `previous` is the mention before it."""
    if mention.promulgated:
        return "promulgates", "promulgated"
    start = mention.provision_start if mention.provision_start >= 0 else mention.start
    if mention.lead >= 0:
        start = min(start, mention.lead)
    line = text.rfind("\n", 0, start) + 1
    in_title = setting.title[0] <= start < setting.title[1]
    before_body = start < setting.operative
    if before_body and not in_title and _BASE_LINE.match(text, line) and setting.operative > 0:
        return "based_on", "base-line"
    after = _LOSES_FORCE.match(text, mention.end)
    if after and not re.match(r"[^.\n]{0,80}?(?:kể từ ngày|khi)\s+(?:Luật|Nghị định|Thông tư|Quyết định)[^.\n]{0,20}số", text[mention.end : mention.end + 120]):
        return "repeals", "loses-force"
    low = max(line, start - _WINDOW)
    window = text[low:start]
    ended = [m.end() for m in re.finditer(r"[.;](?=\s)", window)]
    sentence = window[ended[-1] :] if ended else window
    found = _nearest(sentence, mention)
    if found is None and previous is not None and previous.end > low + len(window) - len(sentence) and previous.end <= start:
        pass
    if found is None and ended and not window[ended[-1] - 1] == ".":
        found = _nearest(window, mention)  # `; ` joins the items of one enumeration
    if found is None and (len(sentence) < 12 or _ITEM.match(text, line)):
        found = _inherited(text, line, setting, mention)
    if in_title and found and found[0] in {"cites", "based_on"}:
        wider = _nearest(text[setting.title[0] : start], mention, skip={"cites", "based_on"})
        found = wider or found
    if found:
        return found
    return ("based_on", "base-line") if before_body and _BASE_LINE.match(text, line) else ("cites", "none")


def _nearest(words: str, mention: Mention, skip: frozenset[str] | set[str] = frozenset()) -> tuple[Relation, str] | None:
    pattern, kinds = _triggers()
    last = None
    for match in pattern.finditer(words):
        if kinds[match.lastgroup or "cites"] not in skip:
            last = match
    if last is None or last.lastgroup is None:
        return None
    relation = kinds[last.lastgroup]
    if relation == "cites":
        earlier = _amending_before(words[: last.start()])
        if earlier and last.lastgroup == "cites":
            return "amends", "amends-part"
    if relation in {"repeals", "replaces"} and mention.provision is not None:
        return "amends", f"{last.lastgroup}-part"
    return relation, last.lastgroup


def _amending_before(words: str) -> bool:
    """Whether an amending verb governs the provision that `tại khoản … Điều …` names."""
    rules = Tables.default().rules("relations")
    return rules["amends"].pattern.search(words[-160:]) is not None and "được sửa đổi" not in words[-160:]


def _inherited(text: str, line: int, setting: Setting, mention: Mention) -> tuple[Relation, str] | None:
    """The trigger of the paragraph that opened the list, within reach."""
    at = bisect_right(setting.openings, (line, line)) - 1
    if at < 0 or line - setting.openings[at][1] > 6000:
        return None
    start, end = setting.openings[at]
    stretch = text[end + 1 : line]
    if _ITEM.match(text, line) is None and stretch.strip():
        return None
    return _nearest(text[max(start, end - 300) : end], mention)


def press_relations(mentions: Sequence[Mention]) -> None:
    """In a news report the document it reports is the first one of the local authority cited; its later mentions mean it too."""
    subject: tuple[str, str] | None = None
    for mention in mentions:
        if subject is None and mention.number:
            subject = mention.key
        mention.relation = "reports_on" if mention.key == subject else "cites"
