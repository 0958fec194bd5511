"""Deadlines: a document goes in, the times that bind an action of it come out with their ISO 8601 or RFC 5545 values.

What a time looks like stands in `data/deadlines.toml`, what tells a binding time from another in
`data/deadline_contexts.toml` (CONTRACT.md, Deadlines; DOMAIN.md 6).
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator

from docparse.model import Annotation, Citation, Deadline, Document, Field, Found, Op, Zone
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.segment.quoted import quoted_paragraphs
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag import recurrence
from docparse.tag.durations import find_durations
from docparse.tag.moments import Moment, impossible, read_moment
from docparse.tag.time_context import Clause, Contexts
from docparse.values import dataclass

_STRONG = ("trước", "nhất", "chót", "cuối", "xong", "muộn", "chậm")
# the literal words without which no pattern of a group can match; substrings are found faster than expressions
# a title that runs on without quotes may have swallowed the end of the sentence
_COMPLETING = ("hoàn thành ", "hoàn tất ", "thực hiện xong ", "gửi về ")
_TIMED = ("ngày", "năm", "tháng", "uý", "giờ", "tuần", "/", "họp", "iai đoạn", " lần")
_POINTED = re.compile(r"\d[.-]\d{1,2}[.-]\d{4}")
_CALENDAR = (
    "rước", "nhất", "ến ", "ào ", "rong ", "ết ", "hạn ", "uộn hơn", "iai đoạn", "họp", "nghị", "hông ", "sinh hoạt",
)  # fmt: skip
_DATED = ("/", "iai đoạn", "tháng ", "năm ", "uý ", "ngày ", ".20", "-20")
_COUNT = ("rong ", "hạn ", "nhất", "quá ", "ối đa", "rước ", "Sau ", "sau ", "gian ")
_UNITS = (" ngày", " giờ", " tháng", " tuần", " năm")
_CYCLE = ("ằng ", "àng ", "ỗi ", "ịnh kỳ", "lần", "tháng, ", "tháng và", "quý, ")

NEEDED: dict[str, tuple[str, ...]] = {
    "yearly_day": (
        "ằng năm", "àng năm", "ỗi năm", "của năm", "năm sau", "năm trước", "năm kế", "năm tiếp", "năm liền",
    ),
    "monthly_day": (
        "ằng tháng", "àng tháng", "ỗi tháng", "ác tháng", "của tháng", "ằng quý", "àng quý", "ỗi quý", "ác quý",
        "của quý", "tháng cuối", "tháng đầu", "tháng thứ", "tháng sau", "tháng kế", "tháng tiếp", "tháng liền",
    ),
    "range": ("ừ ngày",),
    "range_months": ("ừ tháng",),
    "term": ("iai đoạn",),
    "scheduled": ("hiên họp", "ỳ họp", "ội nghị", "inh hoạt"),
    "weekday": ("tuần", "ngày"),
    "times": ("lần",),
}  # fmt: skip
"""Words of which every text that a rule finds holds one (of a yearly day that counts: one that says so)."""

CELL = 40
"""No cell of a table that holds a time alone is longer."""
NESTED = 12
"""So many tasks stand between a paragraph and the task that holds it."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A time found in a paragraph, in positions of the text."""

    span: Span
    value: Deadline
    rule: str
    confidence: float


def find_deadlines(doc: Document, tables: Tables) -> Iterator[Found]:
    """The deadlines of the operative part and the annexes, in order, none overlapping another or a citation."""
    if doc.kind == "press":
        return
    finder = _Finder(doc, tables)
    paras = paragraphs(doc)
    quoted = quoted_paragraphs([p.text for p in paras])
    for para in paras:
        if para.index in quoted or finder.outside(para.span):
            continue
        taken: list[Span] = []
        for one in sorted(finder.candidates(para), key=lambda c: (c.span.start, -c.span.end)):
            if taken and one.span.start < taken[-1].end:
                continue
            taken.append(one.span)
            yield Found(one.span, one.value, one.confidence, one.rule)


def issue_date(doc: Document) -> str | None:
    """The date that the document bears, ISO 8601; else the latest date of what it cites, since it cannot be older."""
    for a in doc.of_kind(Field):
        if isinstance(a.value, Field) and a.value.name == "header.date":
            return a.value.value
    cited = (a.value.target.date for a in doc.of_kind(Citation) if isinstance(a.value, Citation))
    return max((d for d in cited if d and len(d) == 10), default=None)


class _Finder:
    """The patterns with what they need to know of the document."""

    def __init__(self, doc: Document, tables: Tables) -> None:
        self.rules = tables.rules("deadlines")
        self.contexts = Contexts(tables)
        self.issued = issue_date(doc)
        self.cited = _spans(list(doc.of_kind(Citation)))
        self.starts = [s.start for s in self.cited]
        self.tasks = sorted((t.span for t in doc.tasks), key=lambda s: s.start)
        self.openings = [s.start for s in self.tasks]
        zones = [(a.span, a.value.name) for a in doc.of_kind(Zone) if isinstance(a.value, Zone)]
        self.closed = [span for span, name in zones if name in ("header", "closing", "boilerplate")]

    def outside(self, span: Span) -> bool:
        """Whether the paragraph stands in the letterhead, the closing or boilerplate."""
        return any(zone.holds(span) for zone in self.closed)

    def in_task(self, span: Span) -> bool:
        """Whether the paragraph lies in a task."""
        at = bisect_right(self.openings, span.start) - 1
        return any(task.end >= span.end for task in self.tasks[max(0, at - NESTED) : at + 1])

    def in_citation(self, span: Span) -> bool:
        """Whether a citation's words meet the span."""
        at = bisect_right(self.starts, span.start) - 1
        near = self.cited[max(0, at) : at + 3] if at >= 0 else self.cited[:2]
        return any(s.meets(span) for s in near)

    def candidates(self, para: Paragraph) -> Iterator[Candidate]:
        """All readings of a paragraph that pass their context."""
        text, base = para.text, para.span.start
        if not _any(_TIMED, text) and not _POINTED.search(text):
            return
        working = self.in_task(para.span)
        for start, end, value, rule, confidence in self._readings(text, working):
            span = Span(base + start, base + end)
            if self.contexts.quoted(text, start) or self.contexts.lunar.match(text, end):
                continue
            if not self.in_citation(span) or (rule == "fixed" and text.endswith(_COMPLETING, 0, start)):
                yield Candidate(span, value, rule, confidence)

    def _readings(self, text: str, working: bool) -> Iterator[tuple[int, int, Deadline, str, float]]:
        # each pattern is tried only where a mark that it needs is there: most paragraphs have none
        if _any(_DATED, text) and _any(_CALENDAR, text):
            yield from self._yearly(text)
            yield from self._fixed(text, working)
            yield from self._spans_of_time(text, working)
        if working and ("gian" in text or "ời hạn" in text or "iến độ" in text):
            yield from self._stated(text)
        if working and (len(text) < CELL or "\t" in text or "|" in text):
            yield from self._cells(text)
        if _any(_UNITS, text) and _any(_COUNT, text):
            yield from find_durations(text, self.rules, self.contexts)
        if _any(_CYCLE, text):
            yield from self._cycles(text)

    def _matches(self, name: str, text: str) -> Iterator[re.Match[str]]:
        """What a rule finds, where one of the words that it needs is there."""
        return self.rules[name].pattern.finditer(text) if _any(NEEDED[name], text) else iter(())

    def _cells(self, text: str) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self.rules["cell"].pattern.finditer(text):
            moment = read_moment(match, self.issued)
            if moment is not None and moment.value is not None and not self._past(moment):
                start, end = match.span("when")
                yield start, end, Deadline("fixed", moment.value, _op(match["when"])), "cell", 0.7

    def _stated(self, text: str) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self.rules["stated"].pattern.finditer(text):
            moment = read_moment(match, self.issued)
            if moment is not None and moment.value is not None and not self._past(moment):
                start, end = match.span("when")
                yield start, end, Deadline("fixed", moment.value, _op(match["when"])), "stated", 0.8

    def _fixed(self, text: str, working: bool) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self.rules["fixed"].pattern.finditer(text):
            clause = Clause.before(text, match.start())
            moment = read_moment(match, self.issued)
            if moment is None or self._past(moment) or self.contexts.unbinding(text, match.start(), match.end()):
                continue
            strong = any(word in match["op"].lower() for word in _STRONG) or text.endswith("ừ nay ", 0, match.start())
            if (match["m7"] or match["q7"]) and not working:
                continue
            if not strong and not (
                (moment.fine and self.contexts.completes(clause))
                or (
                    working
                    and match["op"].lower() == "trong"
                    and self.contexts.closes(text, match.end(), clause, moment.fine)
                )
            ):
                continue
            if clause.conditional(text, match.end(), self.contexts):
                continue
            if moment.inferred and self.contexts.yearly.search(clause.words):
                rule = recurrence.yearly([(int(match["d3"]), int(match["m3"]))])
                yield match.start(), match.end(), Deadline("recurring", rule, _op(match["op"])), "fixed-yearly", 0.7
                continue
            value = Deadline("fixed", moment.value, _op(match["op"]), inferred=moment.inferred)
            yield match.start(), match.end(), value, "fixed" if strong else "fixed-weak", 0.9 if strong else 0.7
        for match in self._matches("scheduled", text):
            moment = read_moment(match, self.issued)
            if moment is not None and not self._past(moment) and (working or match[0][0].isupper()):
                yield match.start(), match.end(), Deadline("fixed", moment.value, "on"), "scheduled", 0.75

    def _yearly(self, text: str) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self._matches("yearly_day", text):
            if not (match["cycle"] or match["every"]) or self.contexts.unbinding(text, match.start(), match.end()):
                continue
            days = [(int(d), int(m)) for d, m in _DAYS.findall(match[0])]
            start, end = match.start(), match.end() - (match[0].endswith(")") and "(" not in match[0])
            yield start, end, Deadline("recurring", recurrence.yearly(days), _op(match["op"])), "yearly-day", 0.9
        for match in self._matches("monthly_day", text):
            if not self.contexts.unbinding(text, match.start(), match.end()):
                value = recurrence.monthly_on(int(match["d1"]), match["every"] or match["front"])
                yield match.start(), match.end(), Deadline("recurring", value, _op(match["op"])), "monthly-day", 0.85

    def _spans_of_time(self, text: str, working: bool) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self._matches("range", text):
            last = (match["d2"], match["m2"], match["y2"])
            first = (match["d1"], match["m1"], match["y1"] or match["y2"])
            if impossible(*first) or impossible(*last) or self.contexts.unbinding(text, match.start(), match.end()):
                continue
            ends = f"{int(last[2]):04}-{int(last[1]):02}-{int(last[0]):02}"
            if self.issued is None or ends >= self.issued:
                begins = f"{int(first[2]):04}-{int(first[1]):02}-{int(first[0]):02}"
                yield match.start(), match.end(), Deadline("period", f"{begins}/{ends}", "within"), "range", 0.7
        for match in self._matches("range_months", text):
            months = int(match["m1"]), int(match["m2"])
            begins, ends = f"{match['y1'] or match['y2']}-{months[0]:02}", f"{match['y2']}-{months[1]:02}"
            if not all(1 <= m <= 12 for m in months) or self.contexts.unbinding(text, match.start(), match.end()):
                continue
            if working and begins < ends and (self.issued is None or ends >= self.issued[:7]):
                yield match.start(), match.end(), Deadline("period", f"{begins}/{ends}", "within"), "range-months", 0.65
        for match in self._matches("term", text):
            if self.contexts.bounds_the_task(text, match.start(), match.end()):
                value = Deadline("period", f"{match['y1']}/{match['y2']}", "within")
                yield match.start(), match.end(), value, "term", 0.6

    def _cycles(self, text: str) -> Iterator[tuple[int, int, Deadline, str, float]]:
        for match in self.rules["weekday"].pattern.finditer(text):
            day = match["day"] or match["after"]
            if (day or match["hour"]) and not self.contexts.unbinding(text, match.start(), match.end()):
                rule = recurrence.weekly_on(day)
                yield match.start(), match.end(), Deadline("recurring", rule, _op(match["op"] or "")), "weekday", 0.8
        for match in self._matches("times", text):
            if self.contexts.unbinding(text, match.start(), match.end()) or self.contexts.capped.search(
                text, max(0, match.start() - 20), match.start()
            ):
                continue
            unit = match["u1"] or match["u2"]
            span, times = recurrence.number(match["k1"] or match["k2"]), recurrence.number(match["n1"] or match["n2"])
            start, end = _balanced(text, match.start(), match.end())
            value = Deadline("recurring", recurrence.times_rule(times, span, unit), "on")
            yield start, end, value, "times", 0.8
        for match in self.rules["cycle"].pattern.finditer(text):
            if not self.contexts.repeats(text, match):
                continue
            rule = recurrence.cycle_rule(match["items"])
            end = match.end() if match["when"] else match.end("items")
            if match["when"]:
                rule = recurrence.narrowed(rule, match["when"])
            start, end = _balanced(text, match.start(), end)
            yield start, end, Deadline("recurring", rule, "on"), "cycle", 0.85 if match["lead"] else 0.75

    def _past(self, moment: Moment) -> bool:
        """Whether the time lies before the document: nothing can still be due then."""
        return moment.value is not None and self.issued is not None and moment.value < self.issued[: len(moment.value)]


_DAYS = re.compile(r"(\d{1,2})(?:/|\stháng\s)(\d{1,2})")


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, words))


def _balanced(text: str, start: int, end: int) -> tuple[int, int]:
    """The range with its brackets paired: a closing bracket taken in, an unpaired one left out."""
    words = text[start:end]
    if words.count("(") > words.count(")"):
        return (start, end + 1) if text[end : end + 1] == ")" else (start, start + words.rindex("("))
    if words.endswith(")") and "(" not in words:
        return start, end - 1
    return start, end


def _op(words: str) -> Op:
    lowered = words.lower()
    if "nhất" in lowered or "hết" in lowered or "đến" in lowered or "hạn" in lowered or "không" in lowered:
        return "by"
    if "trước" in lowered:
        return "before"
    return "within" if "trong" in lowered else "on"


def _spans(annotations: list[Annotation]) -> list[Span]:
    return sorted(a.span for a in annotations)
