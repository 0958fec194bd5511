"""The context of a time: a paragraph and a place in it go in, whether the time binds an action comes out.

The words are patterns of `data/deadline_contexts.toml`; each looks at a bounded window, so that a paragraph costs
linear time.
"""

from __future__ import annotations

import re

from docparse.tables import Tables
from docparse.values import dataclass

WINDOW = 140
"""Characters looked at on each side."""

_SENTENCE = re.compile(r"(?<!\d)[.;:](?=\s)|[.;]$")
_THEN = re.compile(r"\bthì\b")
_OPENING = re.compile(r"(?:^|[.;:(]|(?:^|\s)[-+–*•])\s*$")
_TIME_NOUN = re.compile(r"(?:năm|quý|tháng|tuần|trung hạn|dài hạn|giai đoạn|\d)\s*,?\s*(?:và\s*)?$")
_HELD = re.compile(r"\b(?:báo cáo|gửi|họp|sơ kết|tổng kết|đánh giá)\b", re.IGNORECASE)
_BARE = (" so với", " tuổi", " kinh nghiệm", " công tác", " liền", " trở", " liên tiếp")
_BOUND = re.compile(r"\b(?:phải|có trách nhiệm)\b")
_CLAUSE_END = re.compile(r"\s*(?:[.;]|$)")


@dataclass(frozen=True, slots=True)
class Clause:
    """The sentence up to a place: its words, at most the last `2 * WINDOW` characters of them."""

    words: str
    start: int

    @classmethod
    def before(cls, text: str, at: int) -> Clause:
        """The clause that ends at `at`."""
        first = max(0, at - 2 * WINDOW)
        window = text[first:at]
        start = 0
        for match in _SENTENCE.finditer(window):
            start = match.end()
        return cls(window[start:], first + start)

    def conditional(self, text: str, end: int, contexts: Contexts) -> bool:
        """Whether the time stands in the condition of a sentence, before its `thì`."""
        opened = max((m.end() for m in contexts.condition.finditer(self.words)), default=-1)
        if opened < 0 or _THEN.search(self.words, opened):
            return False
        rest = text[end : end + 2 * WINDOW]
        stop = _SENTENCE.search(rest)
        return _THEN.search(rest, 0, stop.start() if stop else len(rest)) is not None


class Contexts:
    """The compiled context patterns."""

    def __init__(self, tables: Tables) -> None:
        rules = tables.rules("deadline_contexts")
        self.effect = rules["effect"].pattern
        self.past = rules["past"].pattern
        self.condition = rules["condition"].pattern
        self.yearly = rules["yearly"].pattern
        self.failing = rules["failing"].pattern
        self.permitted = rules["permitted"].pattern
        self.waiting = rules["waiting"].pattern
        self.completion = rules["completion"].pattern
        self.noun_of_period = rules["noun_of_period"].pattern
        self.action = rules["action"].pattern
        self.adverbial = rules["adverbial"].pattern
        self.reported = rules["reported"].pattern
        self.capped = rules["capped"].pattern
        self.cited_words = rules["cited_words"].pattern
        self.settles = rules["settles"].pattern
        self.reviewed = rules["reviewed"].pattern
        self.lunar = rules["lunar"].pattern
        self.span_of_report = rules["span_of_report"].pattern
        self.of_figures = rules["of_figures"].pattern
        self.of_a_year = rules["of_a_year"].pattern

    def unbinding(self, text: str, start: int, end: int) -> bool:
        """Whether the time is one of effect or validity, or of what had been done before it."""
        left = Clause.before(text, start).words[-WINDOW:]
        if self.effect.search(left) or self.past.search(left):
            return True
        return text.startswith(("đến", "Đến"), start) and self.span_of_report.search(left) is not None

    def completes(self, clause: Clause) -> bool:
        """Whether a verb of completion governs a weak `trong`, `đến`, `vào`."""
        return self.completion.search(clause.words[-WINDOW:]) is not None

    def quoted(self, text: str, start: int) -> bool:
        """Whether the time stands in words of another document that are replaced."""
        return self.cited_words.search(text, max(0, start - WINDOW), start) is not None

    def closes(self, text: str, end: int, clause: Clause, fine: bool) -> bool:
        """Whether a weak time closes a clause of work, so that it is that work's; `fine` when it is no whole year."""
        left = clause.words[-WINDOW:]
        if _CLAUSE_END.match(text, end) is None or self.of_figures.search(left):
            return False
        return fine or self.of_a_year.search(left) is None

    def answers(self, text: str, end: int, clause: Clause) -> bool:
        """Whether `trong 10 ngày` closes a clause whose verb is one of answering or settling, and so limits it."""
        return _CLAUSE_END.match(text, end) is not None and self.settles.search(clause.words[-60:]) is not None

    def idle(self, text: str, start: int, end: int, waits: bool, counted: bool = False) -> bool:
        """Whether a duration is permitted, a waiting period (`waits`: after `sau`) or an age rather than a limit.

        `counted` working days from an event are a limit, whatever `được` stands before them.
        """
        left = Clause.before(text, start).words[-WINDOW:]
        right = text[end : end + WINDOW]
        if self.failing.search(left):
            return True
        allowed = self.permitted.search(left)
        if allowed and not (counted and allowed[0].startswith("được")) and not _BOUND.search(left[-40:]):
            return True
        found = self.waiting.search(right)
        return found is not None and (waits or found[0].startswith(_BARE))

    def bounds_the_task(self, text: str, start: int, end: int) -> bool:
        """Whether a term of years ends a clause of work and names no plan's own period."""
        if not _CLAUSE_END.match(text, end):
            return False
        words = Clause.before(text, start).words
        last = words[words.rfind(",") + 1 :]
        return self.action.search(last) is not None and self.noun_of_period.search(last) is None

    def repeats(self, text: str, match: re.Match[str]) -> bool:
        """Whether a cycle says when something is done, rather than qualifying a noun (`kế hoạch công tác hằng năm`)."""
        start, end = match.start(), match.end("items")
        if self.unbinding(text, start, end) or Clause.before(text, start).conditional(text, end, self):
            return False
        items = match["items"].lower()
        if self.reviewed.search(text[max(0, start - 30) : start]) is not None:
            return True
        every = "hằng" in items or "hàng" in items or "mỗi" in items
        several = "," in items or " và " in items
        if match["lead"]:
            return True
        if not every:
            return several and "tháng" in items and _HELD.search(Clause.before(text, start).words[-60:]) is not None
        left = text[max(0, start - WINDOW) : start]
        if several and _HELD.search(Clause.before(text, start).words[-60:]):
            return True
        if _OPENING.search(left) or not left:
            return True
        if _CLAUSE_END.match(text, end) and self.reported.search(left):
            return True
        if not left.rstrip().endswith(",") or _TIME_NOUN.search(left):
            return False
        return self.adverbial.match(text, end) is not None
