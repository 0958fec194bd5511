"""Finds the tasks: a document with outline and header in, the same with the items that direct somebody out.

A task is a numbered item of the operative part or an unnumbered paragraph that assigns work (CONTRACT.md, Tasks and
paths).
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docparse.model import Document, Field, Section, Task
from docparse.segment.duties import Judge, judge, sentences
from docparse.segment.outline import Region, regions
from docparse.segment.paragraphs import Paragraph
from docparse.segment.quoted import quoted_paragraphs
from docparse.segment.task_tables import table_rows
from docparse.spans import Span
from docparse.tables import Tables

# documents that ask, report or invite: their items are the issuer's own plans and proposals
ASKING = frozenset({"TTr", "BC", "GM", "BB", "GGT", "GUQ", "PC", "PG", "GNP", "ĐA", "DA"})
# documents that lay down rules, with articles or without: only what gives a named body work is a task
RULING = frozenset({"QyĐ", "QC", "NĐ", "TT", "TTLT", "L", "PL", "QĐ", "HD", "ĐL"})
_QUOTED = re.compile(r"(?:\n|:\s)\s?[“\"]")
_SUBSECTION = ("Mục", "MỤC", "Tiểu", "TIỂU")
# of these, those that also give orders: a report and minutes with `Giao …`, an invitation that has papers prepared
_COMMANDING = frozenset({"BB", "GM", "BC"})
HEADING = 160
"""The longest bare heading, in characters."""
RUN_IN = 60
"""The longest heading that runs into its paragraph (`Đánh giá chung: …`)."""


@dataclass(frozen=True, slots=True)
class _Place:
    """What an item inherits: whether rules or directions are read, whether it stands in the background, and whether
    the item around it names a doer or opens a list of work."""

    ruling: bool
    background: bool = False
    led: bool = False
    orderly: bool = False  # most items of its list are plainly orders
    dated: bool = False  # among clauses of effect and transition, of which those with a doer count


def find_tasks(doc: Document, tables: Tables) -> Document:
    """The document with `tasks`, in the order of the text; a press report and other papers have none."""
    fields = (a.value for a in doc.of_kind(Field) if isinstance(a.value, Field))
    code = next((field.value for field in fields if field.name == "header.type.code"), None)
    if doc.kind != "official" or code in ASKING - _COMMANDING:
        return replace(doc, tasks=())
    finder = _Finder(doc, tables, code)
    find = finder.commands if code in ASKING else finder.region
    tasks = {task.span: task for region in regions(doc) for task in find(region)}
    return replace(doc, tasks=tuple(sorted(tasks.values(), key=lambda t: (t.span.start, -t.span.end))))


class _Finder:
    """Goes through the sections and the paragraphs outside them."""

    def __init__(self, doc: Document, tables: Tables, code: str | None) -> None:
        self._doc = doc
        self._text = doc.text
        self._tables = tables
        self._judge: Judge = judge(tables, any(page.method == "ocr" for page in doc.pages))
        self._code = code
        self._roots = sorted(_numbered(doc.sections), key=_start)
        self._rows_from: list[int] = []  # where the tables of tasks begin

    def region(self, region: Region) -> Iterator[Task]:
        """The tasks of the body or of one attachment."""
        run = region.paragraphs
        if not run:
            return
        whole = Span(run[0].span.start, run[-1].span.end)
        first, last = (bisect_left(self._roots, at, key=_start) for at in (whole.start, whole.end))
        roots = self._roots[first:last]
        ruling = self._code in RULING or any(_has_article(s) for s in roots)
        place = _Place(ruling=ruling)
        rows = list(table_rows(run, self._tables))
        self._rows_from = sorted({row.table for row in rows})
        for section in roots:
            yield from self._section(section, place)
        if region.zone == "body":
            yield from self._outside(region, roots)
        inner: dict[int, list[Section]] = {}
        for row in rows:
            around = _around(roots, row.span, inner)
            yield Task((*(around.path if around else ()), row.number), row.number, row.span)

    def commands(self, region: Region) -> Iterator[Task]:
        """What orders a named body to act in a document that otherwise reports or invites."""
        if region.zone != "body" or not region.paragraphs:
            return
        items: dict[int, Section] = {}
        stack = _numbered(self._doc.sections)
        while stack:
            section = stack.pop()
            items[section.span.start] = section
            stack += _numbered(section.children)
        quoted = quoted_paragraphs([p.text for p in region.paragraphs])
        path: tuple[str, ...] = ()
        for at, paragraph in enumerate(region.paragraphs):
            item = items.get(paragraph.span.start)
            path = item.path if item is not None else path
            words = item.head.of(self._text) if item is not None else paragraph.text.lstrip("-–+•* ")
            if at in quoted or not self._judge.has("command", words):
                continue
            if self._code != "GM" and words[:3].lower() == "đề ":
                continue  # a report proposes
            if self._judge.assigns(words) and not self._judge.has("no_demand", words):
                label, span = (item.label, item.span) if item is not None else (None, paragraph.span)
                yield Task(path, label, span.trimmed(self._text))

    # items

    def _section(self, section: Section, place: _Place) -> Iterator[Task]:
        words = section.head.of(self._text).strip()
        numbered = _numbered(section.children)
        own = self._own(section, numbered)
        task = self._is_task(section, words, own, numbered, place)
        if task:
            yield Task(section.path, section.label, section.span)
        elif section.kind in ("part", "section", "chapter", "appendix") and not self._is_background(words, place):
            yield from self._unnumbered(section, numbered)
        if not numbered:
            return
        inner = self._inner(section, words, place, task, numbered)
        for child in numbered:
            yield from self._section(child, inner)

    def _own(self, section: Section, numbered: Sequence[Section]) -> str:
        """The item's own words: without the label, up to its first numbered sub-item or to text that it quotes."""
        end = self._table_in(section) or (numbered[0].span.start if numbered else section.span.end)
        own = Span(min(section.head.start, end), end).of(self._text).strip()
        quoted = _QUOTED.search(own) if "“" in own or '"' in own else None
        return own if quoted is None else own[: quoted.start() + 1].strip()

    def _table_in(self, section: Section) -> int | None:
        """Where the item's own table of tasks begins; its rows are sub-items."""
        at = bisect_left(self._rows_from, section.head.end)
        end = min((child.span.start for child in section.children if child.kind != "bullet"), default=section.span.end)
        return self._rows_from[at] if at < len(self._rows_from) and self._rows_from[at] < end else None

    def _is_background(self, words: str, place: _Place) -> bool:
        judge = self._judge
        if place.background or judge.has("background", words[:HEADING]):
            return True
        return place.ruling and judge.has("background_rule", words[:HEADING])

    def _inner(self, section: Section, words: str, place: _Place, task: bool, numbered: Sequence[Section]) -> _Place:
        """What the sub-items inherit."""
        if section.kind in ("chapter", "part", "appendix"):
            return _Place(place.ruling, place.background)
        judge = self._judge
        listed = judge.announces("cases", words) or (place.ruling and judge.has("right", words))
        short = len(words) <= 2 * HEADING
        matter = listed or (short and self._is_background(words, place) and not self._opens(section, numbered))
        background = place.background or (judge.announces("forms", words) if task else matter)
        dated = place.dated or (background and short and judge.has("dated", words))
        ruling = place.ruling
        if section.kind == "section" and judge.has("operative", words[:HEADING]):
            ruling = ruling and section.label.startswith(_SUBSECTION)
        led = task if section.kind == "article" else task or place.led
        if ruling and not (task and self._charges(words)):
            return _Place(ruling, background, led, place.orderly and led and not task, dated)
        orders = sum(judge.orders(child.head.of(self._text)) for child in numbered)
        return _Place(ruling, background, led, orders * 2 >= len(numbered) > 1, dated)

    def _opens(self, section: Section, numbered: Sequence[Section]) -> bool:
        """Whether the words before the item's list ask somebody to do what it lists."""
        before = self._text[section.head.end : numbered[0].span.start].strip().rpartition("\n")[2]
        return before.endswith(":") and (self._judge.demands(before) or self._judge.assigns(before))

    def _charges(self, words: str) -> bool:
        """Whether the head of a list names a body and announces its work."""
        judge = self._judge
        if len(words) <= 2 * HEADING and judge.duties_of(words):
            return True
        return judge.entrusts(words) or (words.endswith(":") and judge.has("charged", words[-HEADING:]))

    def _is_task(self, section: Section, words: str, own: str, numbered: Sequence[Section], place: _Place) -> bool:
        if not words or section.kind in ("chapter", "part", "appendix") or section.label.startswith(_SUBSECTION):
            return False
        if self._judge.has("citation", words) or self._judge.has("no_demand", words):
            return False
        if place.background:
            return self._demanded(own) or (place.dated and self._acts(own))
        if place.ruling:
            return self._ruled(section, words, own, numbered, place)
        return self._directed(section, words, own, numbered, place)

    def _calls(self, own: str) -> bool:
        """Whether behind what is told somebody is asked to act (`Chính phủ yêu cầu các bộ …`)."""
        judge = self._judge
        return any(judge.demands(s) or judge.assigns(s) for s in sentences(own) if not judge.has("no_demand", s))

    def _demanded(self, own: str) -> bool:
        """Within background and effect: only who executes, and where difficulties are reported."""
        judge = self._judge
        for sentence in sentences(own):
            if judge.has("effect", sentence) or judge.has("no_demand", sentence):
                continue
            if judge.is_body(sentence) and judge.has("closing_demand", sentence) and "trách nhiệm" in sentence:
                return True
            if judge.generic(sentence) and "chịu trách nhiệm thi hành" in sentence[:HEADING]:
                return True
            if "vướng mắc" in sentence and judge.has("closing_demand", sentence):
                return True
            if judge.assigns(sentence):
                return True
        return False

    def _acts(self, own: str) -> bool:
        """Within clauses of effect and transition: those in which a named body has work to do."""
        judge = self._judge
        told = [s for s in sentences(own) if not judge.has("effect", s) and not judge.has("citation", s)]
        return any(judge.does(s) and judge.has("duty", s) and not judge.has("excused", s) for s in told)

    def _directed(self, section: Section, words: str, own: str, numbered: Sequence[Section], place: _Place) -> bool:
        """An item of a directive, letter, plan or notice."""
        judge = self._judge
        if judge.assigns(words):
            return True
        if judge.has("acknowledges", words):
            return any(judge.assigns(sentence) for sentence in sentences(own)[1:])
        heading = section.kind == "section" or words.isupper()
        if section.kind == "section" and (words.isupper() or judge.has("bare", words[: HEADING + 1])):
            return False
        titled = len(words) <= HEADING or ":" in words[:RUN_IN]
        if titled and self._is_background(words, place) and not judge.is_body(words):
            return self._calls(own)
        bare = judge.has("bare", words[: HEADING + 1]) and not judge.is_body(words)
        if bare:
            told = own[len(words) :].strip()
            if numbered or not told or self._table_in(section) is not None:
                return False
            return any(judge.orders(sentence) or judge.does(sentence) for sentence in sentences(told))
        if heading and numbered:
            return judge.is_body(words) and not words.isupper()
        if len(words) <= HEADING and judge.addresses(words):
            return bool(numbered) or len(own) > len(words) or words.endswith(":")
        if judge.orders(words):
            return not (heading and len(own) <= HEADING and words.isupper())
        if numbered:
            return judge.doer(own) or (place.led and judge.orders(numbered[0].head.of(self._text)))
        if judge.doer(own) or any(judge.orders(s) for s in sentences(own[len(words) :])) or self._after_lead(words):
            return True
        return place.led and place.orderly and not judge.has("definition", words)

    def _after_lead(self, words: str) -> bool:
        """`Về công tác cán bộ: tiếp tục rà soát …`: the order stands behind a run-in heading or an opening phrase."""
        at = words.find(":", 0, HEADING)
        if at > 0 and self._judge.orders(words[at + 1 :].strip()):
            return True
        if self._judge.has("prelude", words):
            return any(self._judge.imperative(part.strip()) for part in words[:600].split(",")[1:8])
        return False

    def _ruled(self, section: Section, words: str, own: str, numbered: Sequence[Section], place: _Place) -> bool:
        """An article, clause or point of a decision or norm."""
        judge = self._judge
        if judge.has("effect", words):
            return False
        if judge.duties_of(words) and (len(words) <= 2 * HEADING or ":" in words[:HEADING]):
            return not numbered or sum(self._names_doer(child) for child in numbered) * 2 < len(numbered)
        if judge.has("right", words):
            return False
        if numbered and judge.entrusts(words):
            return True
        if self._is_background(words, place) and (section.kind == "article" or len(words) <= RUN_IN):
            return section.kind != "article" and (self._demanded(own) or self._acts(own))
        if place.led and self._follows(words, own):
            return True
        short = len(words) <= HEADING
        if judge.announces("cases", words) and numbered:
            return False
        if place.led and place.orderly and not (judge.has("definition", words) or judge.has("bare", words[:HEADING])):
            return True
        if short and judge.is_body(words) and not judge.generic(words) and (numbered or len(own) > len(words)):
            if judge.has("definition", words):
                return judge.has("charged", words)
            return self._works_behind(section, words, own, numbered)
        if judge.has("bare", words[: HEADING + 1]) and numbered:
            return False
        # the heading of an article is no sentence
        said = own[len(words) :].strip() if section.kind == "article" and len(words) <= 2 * HEADING else ""
        if section.kind == "article" and not said and judge.imperative(words) and not judge.has("executive", words):
            return not numbered or judge.assigns(words)
        return judge.doer(said or own) or self._demanded(own)

    def _works_behind(self, section: Section, words: str, own: str, numbered: Sequence[Section]) -> bool:
        """Whether the name of a body is a heading over its work, not over what it is and may."""
        judge = self._judge
        if judge.has("duty", words) and words.endswith(":"):
            return True
        if not numbered:
            return any(judge.imperative(s) or judge.does(s) for s in sentences(own[len(words) :]))
        orders = 0
        for child in numbered:
            first = child.head.of(self._text)
            orders += judge.imperative(first) or (judge.does(first) and section.kind != "article")
        return orders * 2 >= len(numbered)

    def _names_doer(self, section: Section) -> bool:
        words = section.head.of(self._text)
        return self._judge.duties_of(words) or self._judge.does(words) or self._judge.is_body(words)

    def _follows(self, words: str, own: str) -> bool:
        """A point under an item that names its doer: an order, or a heading or condition with one behind it."""
        judge = self._judge
        if judge.imperative(words) or judge.assigns(words) or judge.doer(own):
            return True
        if judge.is_body(words) and not judge.has("organised", words):
            return True
        if judge.has("prelude", words) and judge.has("duty", words) and not judge.has("definition", words):
            return True
        return any(judge.imperative(sentence) for sentence in sentences(own[len(words) :]))

    # unnumbered paragraphs

    def _unnumbered(self, section: Section, numbered: Sequence[Section]) -> Iterator[Task]:
        """Paragraphs under a bare heading that assign work: tasks without a label on the heading's path."""
        end = numbered[0].span.start if numbered else section.span.end
        end = min(end, self._table_in(section) or end)
        at = section.head.end
        for line in self._text[at:end].split("\n"):
            start = at
            at += len(line) + 1
            words = line.strip().lstrip("-–+• ")
            if not words or words.endswith(":") or words.isupper():  # capitals: a heading's second line
                continue
            if self._judge.assigns(words) or self._judge.does(words):
                yield Task(section.path, None, Span(start, start + len(line)).trimmed(self._text))

    def _outside(self, region: Region, roots: Sequence[Section]) -> Iterator[Task]:
        """Paragraphs that stand in no item: before the first and behind the last."""
        run = region.paragraphs
        quoted = quoted_paragraphs([p.text for p in run])
        free = [p for at, p in enumerate(run) if at not in quoted and not _inside(roots, p)]
        at = 0
        asked = False
        while at < len(free):
            paragraph = free[at]
            last = at
            behind = (bool(roots) and paragraph.span.start >= roots[-1].span.end) or (asked and not roots)
            if self._assigned(paragraph.text, behind, bool(roots)):
                if paragraph.text.rstrip().endswith(":"):
                    while last + 1 < len(free) and free[last + 1].text.startswith(("-", "+", "–", "•", "*")):
                        last += 1
                if last > at or not paragraph.text.rstrip().endswith(":"):
                    asked = True
                    yield Task((), None, Span(paragraph.span.start, free[last].span.end).trimmed(self._text))
            at = last + 1

    def _assigned(self, words: str, behind: bool, listed: bool) -> bool:
        judge = self._judge
        if judge.has("no_demand", words):
            return False
        if behind and (judge.has("closing_demand", words) or judge.assigns(words)):
            return True
        return not listed and (judge.assigns(words) or judge.does(words))


def _numbered(sections: Sequence[Section]) -> list[Section]:
    """The sections without bullets, those inside bullets included."""
    out: list[Section] = []
    for section in sections:
        if section.kind != "bullet":
            out.append(section)
        else:
            out += _numbered(section.children)
    return out


def _has_article(section: Section) -> bool:
    return section.kind == "article" or any(_has_article(child) for child in _numbered(section.children))


def _inside(roots: Sequence[Section], paragraph: Paragraph) -> bool:
    at = bisect_right(roots, paragraph.span.start, key=_start) - 1
    return at >= 0 and paragraph.span.start < roots[at].span.end


def _start(section: Section) -> int:
    return section.span.start


def _around(roots: Sequence[Section], span: Span, inner: dict[int, list[Section]]) -> Section | None:
    """The innermost item around a span; `inner` keeps the numbered sub-items of items by their identity."""
    around: Section | None = None
    while (at := bisect_right(roots, span.start, key=_start) - 1) >= 0 and roots[at].span.holds(span):
        around = roots[at]
        if id(around) not in inner:
            inner[id(around)] = _numbered(around.children)
        roots = inner[id(around)]
    return around
