"""Roles: the own words of a task, paragraph by paragraph, go in; the bodies that they name come out with their roles.

The words that give a role stand in `body_roles.toml`; names are read by `body_names` (CONTRACT.md, Responsible bodies;
DOMAIN.md 7.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import islice

from docparse.model import BodyRole
from docparse.spans import Span
from docparse.tables import Tables
from docparse.tag.body_names import BodyGrammar, Names, grammar
from docparse.tag.charged import advised, charged, executors, goes_on
from docparse.tag.clauses import sentences
from docparse.values import dataclass

_LABEL = re.compile(
    r"\s*(?:(?:Điều\s+\d+[a-z]?|[IVXLC]{1,5}|\d{1,3}(?:\.\d{1,3})*|[a-zđ]|\(\d{1,2}\))\s?[.)/:-]+\s*|[-–—+*•]\s*)+"
)
_BLANK = re.compile(r"\s*[:.;,/]*\s*$")
_COLON = re.compile(r"\s?:\s*")
_OPEN_BRACKET = re.compile(r"\((?=\w)")
_COMMA = re.compile(r",\s(?:và\s)?")
_THEN = re.compile(r"\sthì\s")
_PREPOSITION = re.compile(r"\s(?:về cho|về|đến|tới|cho|với|lên|gửi)\s(?=\S)")
_CLAUSE_STOP = re.compile(r"[.;\n](?=\s|$)")
_FOR_SOMEBODY = ("Nay", "Trên", "Bố trí", "Phân bổ", "Cấp", "Trích")
_CASE = re.compile(r"(?:[Tt]rường hợp|[Kk]hi|[Nn]ếu)\s")
_WITH = re.compile(r"\b(?:với|cùng)\s")
_ASSIGNING = ("iao ", "ân công ", "êu cầu ", "ề nghị ", "hỉ thị ", "y quyền ", "để ")
_TOGETHER = ("hợp ", "ùng ", "đồng ", "kết ")
_REPORTING = ("áo cáo", "ửi ", "ản ánh", "ộp ", "hông tin", "qua ")
TRIGGERS = 400
"""No sentence has more words that give a role."""
REACH = 170
"""A receiver stands at most so many characters after the verb of reporting."""
COMMAS = 14
"""So many commas of an adverbial clause are tried for the subject behind them."""


@dataclass(frozen=True, slots=True)
class Named:
    """A body named in a task: where, in which role, by which rule, how sure."""

    span: Span
    role: BodyRole
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph that ends at `limit`; `single` when it is the only one, `first` when it opens it."""

    start: int
    end: int
    limit: int
    first: bool
    single: bool


class Roles:
    """The compiled words of the roles and the readers that use them."""

    def __init__(self, tables: Tables) -> None:
        self.names: BodyGrammar = grammar(tables)
        self.words = {name: rule.pattern for name, rule in tables.rules("body_roles").items()}

    def in_paragraph(self, text: str, span: Span, single: bool, delegated: bool = False) -> Iterator[Named]:
        """The bodies of a paragraph or of the part of one that belongs to a task.

        `single` when the task has no other; `delegated` when a heading above says who does it, so that whom the item
        directs (`Phân công X …`) is none.
        """
        label = _LABEL.match(text, span.start, span.end)
        at = label.end() if label else span.start
        if addressed := self.words["addressed"].match(text, at, span.end):
            at = addressed.end()
        found: list[Named] = []
        if names := self._executors(text, at, span.end):
            yield from (Named(s, "lead", "execution", 0.9) for s in names.spans)
            at = names.end
        elif not self._charged(text, at, span.end):
            at, found = self._heading(text, at, span.end)
            yield from found
        clauses = list(sentences(text, at, span.end))
        for start, end in clauses:
            alone = len(clauses) == 1 and (single or not delegated)
            first = start == at and not found
            named = list(self._triggers(text, start, end, alone, delegated))
            yield from named
            yield from self._subject(text, Sentence(start, end, span.end, first, alone), [n.span for n in named])

    def in_cell(self, text: str, span: Span, role: BodyRole) -> Iterator[Named]:
        """The bodies that a cell lists, in the role of its column."""
        cell = text[span.start : span.end].replace("\n", " ")  # a name may be broken over two lines
        label = _LABEL.match(cell)
        names = self.names.read(cell, label.end() if label else 0, len(cell))
        if names is not None:
            yield from (
                Named(Span(s.start + span.start, s.end + span.start), role, "column", 0.85) for s in names.spans
            )

    def helps_only(self, text: str, span: Span) -> bool:
        """Whether the paragraph is one order to help somebody (`Phối hợp với …`)."""
        label = _LABEL.match(text, span.start, span.end)
        at = label.end() if label else span.start
        opens = self.words["together"].match(text, at, span.end)
        return opens is not None and sum(1 for _ in sentences(text, at, span.end)) == 1

    def leading(self, text: str, span: Span) -> Iterator[Named]:
        """The bodies of a paragraph that opens a list of tasks: those who are asked, or its subject."""
        last = span.end
        found = [n for start, end in sentences(text, span.start, last) for n in self._assigned(text, start, end, False)]
        if not found and self.words["announces"].search(text, span.start, last) is None:
            for start, end in sentences(text, span.start, last):
                found += self._subject(text, Sentence(start, end, last, first=True, single=False))
        yield from (n for n in found if n.role == "lead")

    def _heading(self, text: str, at: int, end: int) -> tuple[int, list[Named]]:
        """The bodies that a heading names (`2. Sở Nội vụ`, `Thanh tra tỉnh: …`, `Trách nhiệm của X`) and its end."""
        opening = self.words["heading"].match(text, at, end)
        if self.words["level_alone"].match(text, at, end):
            return at, []
        starts = [opening.end()] if opening else []
        for start in (*starts, at):
            stop = text.find(":", start, end)
            bounded = start != at and text[at:start].endswith("của ")
            names = self.names.read(text, start, stop if bounded and stop > 0 else end, bounded)
            if names is None:
                continue
            colon = _COLON.match(text, names.end, end)
            blank = _BLANK.match(text, _past_bracket(text, names.end, end), end)
            told = self._acts(text, names.end, end) or self.words["tells_of"].match(text, names.end, end)
            if not colon and not _blank_to_end(blank, end) and end - at < 140 and not told:
                whole = self.names.read(text, start, end, bounded=True)
                if whole is not None and len(whole.spans) == 1 and whole.end == end and names.proper:
                    return end, [Named(whole.spans[0], "lead", "heading", 0.7)]
            if colon or (_blank_to_end(blank, end) and (names.proper or opening)):
                rule = "heading" if blank else "run-in-heading"
                stop = colon.end() if colon else end
                return stop, [Named(s, "lead", rule, 0.9) for s in names.spans]
        return at, []

    def _subject(self, text: str, sentence: Sentence, taken: Sequence[Span] = ()) -> Iterator[Named]:
        """The plain subject of a sentence, behind an adverbial clause too, where no other role has `taken` it."""
        at, end = sentence.start, sentence.end
        if not sentence.first and text[at].islower() and advised(self.names, self.words, text, at):
            return
        if linking := self.words["linking"].match(text, at, end):
            at = linking.end()
        names = (
            self._charged(text, at, end)
            or self.names.read(text, at, sentence.limit if sentence.first else end)
            or self._behind_colon(text, at, end)
        )
        if (
            names is not None
            and (names.proper or sentence.first)
            and (self._acts(text, names.end, end) or (sentence.first and names.proper and self._open(text, names.end)))
        ):
            yield from self._as_subject(text, names, sentence, "subject")
            return
        if names is not None or not (self.words["opener"].match(text, at, end) or _THEN.search(text, at, end)):
            return
        prefix = self.words["prefix"].match(text, at, end)
        if prefix and (names := self.names.read(text, prefix.end(), end)) and self._acts(text, names.end, end):
            yield from self._as_subject(text, names, sentence, "subject-after-clause")
            return
        then = _THEN.search(text, at, end)
        if then and (case := _CASE.match(text, at, end)) and self._verb(text, then.end(), end):
            names = self.names.read(text, case.end(), end)
            if names is not None and names.proper and self._acts(text, names.end, end):
                yield from self._as_subject(text, names, sentence, "subject-of-case")
                return
        fallback: Names | None = None
        for tried, match in enumerate((_THEN if then else _COMMA).finditer(text, at, end)):
            if tried == COMMAS:
                return
            if any(span.start <= match.end() <= span.end for span in taken):
                continue
            names = (
                self._executors(text, match.end(), end)
                or self._charged(text, match.end(), end)
                or self.names.read(text, match.end(), end)
            )
            if names is None:
                continue
            if not self._acts(text, names.end, end) or self.words["purpose"].match(text, names.end, end):
                continue
            asked = (names.proper and self.words["timed"].fullmatch(text, at, match.start())) or (
                self.words["tells"].match(text, names.end, end) and "vướng mắc" in text[at : match.start()]
            )
            if not names.proper and not self.words["strong"].match(text, names.end, end) and not then and not asked:
                continue
            plain = not asked and (
                not then and text[match.end()].islower() and not self.names.words.quantifier.match(text, match.end())
            )
            if plain and not self.words["strong"].match(text, names.end, end):
                continue
            if self._governed(text, at, match.start(), match.end()):
                fallback = fallback or (names if self.words["prepositional"].match(text, at, end) else None)
                continue
            yield from self._as_subject(text, names, sentence, "subject-after-clause")
            return
        if fallback is not None:
            yield from self._as_subject(
                text, Names(fallback.spans[-1:], fallback.end, True), sentence, "subject-of-list"
            )

    def _governed(self, text: str, at: int, comma: int, here: int) -> bool:
        """Whether the name at `here` belongs to a list that a preposition governs (`của các đơn vị, Cơ quan …`)."""
        last = max((m.end() for m in self.words["governor"].finditer(text, max(at, comma - 120), comma)), default=-1)
        names = self.names.read(text, last, here + 60) if last >= 0 else None
        return names is not None and any(span.start == here for span in names.spans[1:])

    def _behind_colon(self, text: str, at: int, end: int) -> Names | None:
        """The subject behind a run-in heading that names a matter (`Về kinh phí: Sở Tài chính bố trí`)."""
        colon = text.find(": ", at, min(end, at + 120))
        return self.names.read(text, colon + 2, end) if colon > 0 else None

    def _executors(self, text: str, at: int, end: int) -> Names | None:
        return executors(self.names, self.words, text, at, end)

    def _charged(self, text: str, at: int, end: int) -> Names | None:
        return charged(self.names, self.words, text, at, end)

    def _acts(self, text: str, at: int, end: int) -> bool:
        """Whether a predicate follows the name."""
        at = _past_bracket(text, at, end)
        if text[at : at + 2] == ", ":
            return self.words["predicate"].match(text, at + 2, end) is not None or self._verb(text, at + 2, end)
        if text[at : at + 1] != " ":
            return False
        return self.words["predicate"].match(text, at + 1, end) is not None or self._verb(text, at + 1, end)

    def _open(self, text: str, at: int) -> bool:
        """Whether a word in lower case that no table knows follows: verbs are an open class."""
        if text[at : at + 1] != " " or not text[at + 1 : at + 2].islower():
            return False
        return self.names.words.stop.match(text, at + 1) is None and not self.words["no_verb"].match(text, at + 1)

    def _verb(self, text: str, at: int, end: int) -> bool:
        match = self.names.words.verb.match(text, at, end)
        return match is not None or self.names.words.loud.match(text, at, end) is not None

    def _as_subject(self, text: str, names: Names, sentence: Sentence, rule: str) -> Iterator[Named]:
        rest = _past_bracket(text, names.end, sentence.end)
        if self.words["orders"].match(text, rest, sentence.end):
            return
        role = self._role(text, rest, sentence)
        for span in names.spans:
            yield Named(span, role, rule, 0.85)

    def _role(self, text: str, at: int, sentence: Sentence) -> BodyRole:
        """The role that the first verb gives its subject."""
        while at < sentence.end and text[at] in " ,":
            at += 1
        if self.words["monitors"].match(text, at, sentence.end) and "chủ trì" not in text[at : at + 60]:
            return "monitor"
        if self.words["advises"].match(text, at, sentence.end):
            return "lead" if self.words["then_leads"].search(text, at, sentence.limit) else "advise"
        helps = self.words["helps"].match(text, at, sentence.end)
        last = sentence.single or (not sentence.first and sentence.end >= sentence.limit - 1)
        return "coordinate" if helps and last and not self._does_with(text, at, sentence.end) else "lead"

    def _does_with(self, text: str, at: int, end: int) -> bool:
        """Whether a verb of work follows those with whom it is done: `phối hợp với X thành lập …` makes a doer."""
        together = self.words["together"].search(text, at, min(end, at + 160))
        if together is None or not _WITH.search(together[0]):
            return False
        names = self.names.read(text, together.end(), end)
        if names is None or self.words["carries_out"].match(text, names.end):
            return False
        return self._verb(text, names.end + 1, end) or self._open(text, names.end)

    def _triggers(self, text: str, start: int, end: int, single: bool, delegated: bool) -> Iterator[Named]:
        # the literal words without which a pattern cannot match; substrings are found faster than expressions
        sentence = text[start:end]
        if not delegated and _any(_ASSIGNING, sentence):
            yield from self._assigned(text, start, end, single)
        for match in self.words["together"].finditer(text, start, end) if _any(_TOGETHER, sentence) else ():
            names = self.names.read(text, match.end(), end)
            if names is not None:
                yield from (Named(s, "coordinate", "together", 0.85) for s in names.spans)
        if _any(_REPORTING, sentence):
            yield from self._receivers(text, start, end)
        for match in _OPEN_BRACKET.finditer(text, start, end):
            names = self.names.read(text, match.end(), end)
            if names is not None and self.words["strong"].match(text, names.end, end):
                yield from (Named(s, "lead", "bracket", 0.6) for s in names.spans)
        handed = self.words["delegates"].match(text, start, end)
        if handed and (names := self.names.read(text, handed.end(), end)) and names.end >= end - 1:
            yield from (Named(s, "lead", "delegated", 0.75) for s in names.spans)
        for match in self.words["by"].finditer(text, start, end) if "do " in sentence else ():
            names = self.names.read(text, match.end(), end)
            if names is not None and self.words["done_by"].match(text, names.end, end):
                yield from (Named(s, "lead", "by", 0.6) for s in names.spans)

    def _assigned(self, text: str, start: int, end: int, single: bool) -> Iterator[Named]:
        done = start
        for match in islice(self.words["assign"].finditer(text, start, end), TRIGGERS):
            if match.start() < done:
                continue
            free = match["free"]
            before = text[max(start, match.start() - 40) : match.start()]
            if (
                free is not None
                and free[0].islower()
                and (self.words["bound_before"].search(before) or not self.words["free_before"].search(before))
            ):
                continue
            names = self.names.read(text, match.end(), end)
            done = names.end if names is not None else done
            shared = free is not None and free.lower() == "phân công"
            # `xây dựng kế hoạch, phân công cấp ủy viên`: whom the doer directs
            if names is None or (shared and (not names.proper or before.endswith((", ", "; ")))):
                continue
            if free is None and not (
                self.words["closing_formula"].match(text, names.end, end)
                and (text.startswith(_FOR_SOMEBODY, start) or before.rstrip().endswith("thông báo"))
            ):
                continue
            sentence = Sentence(
                start, end, end, first=True, single=single and free is not None and free.lower().endswith("đề nghị")
            )
            role = self._role(text, names.end, sentence)
            yield from (Named(s, role, "assigned", 0.85) for s in names.spans)

    def _with_office(self, text: str, names: Names, end: int) -> tuple[Span, ...]:
        """The receivers, the last with its office in brackets (`Bộ Y tế (Cục An toàn thực phẩm)`)."""
        if text[names.end : names.end + 2] != " (":
            return names.spans
        office = self.names.read(text, names.end + 2, end)
        if office is None or text[office.end : office.end + 1] != ")" or len(office.spans) > 1 or not office.proper:
            return names.spans
        return (*names.spans[:-1], Span(names.spans[-1].start, office.end + 1))

    def _receivers(self, text: str, start: int, end: int) -> Iterator[Named]:
        done = start
        for match in islice(self.words["receiver_near"].finditer(text, start, end), TRIGGERS):
            if match.start() < done:
                continue
            names = self.names.read(text, match.end(), end)
            done = names.end if names is not None else done
            if names is not None and (names.proper or match["verb"].lower() == "gửi"):
                yield from (Named(s, "report_to", "receiver", 0.8) for s in self._with_office(text, names, end))
        for match in islice(self.words["reporting"].finditer(text, start, end), TRIGGERS):
            if text[max(start, match.start() - 6) : match.start()] == "hồ sơ ":
                continue
            stop = _CLAUSE_STOP.search(text, match.end(), min(end, match.end() + REACH))
            last = min(stop.start() if stop else end, match.end() + REACH)
            for to in _PREPOSITION.finditer(text, match.end(), last):
                if to[0].strip() == "với" and not match[0].lower().startswith("báo"):
                    continue
                between = text[match.end() : to.start()]
                if "iấy mời" in between or "thông báo" in between:
                    break
                if to[0].strip() == "cho" and match[0].lower().startswith("báo") and len(between) > 40:
                    continue
                names = self.names.read(text, to.end(), end)
                if names is not None:
                    yield from (Named(s, "report_to", "receiver-far", 0.7) for s in self._with_office(text, names, end))
                    break
        for match in self.words["through"].finditer(text, start, end):
            names = self.names.read(text, match.end(), end)
            close = text.find(")", match.end(), end) if match[0][0] == "(" else -1
            more = names is not None and names.end < close and goes_on(self.names, text, names.end, True)
            if more:
                names = self.names.read(text, match.end(), close, bounded=True)
            if names is not None:
                yield from (Named(s, "report_to", "through", 0.85) for s in names.spans)


def _blank_to_end(match: re.Match[str] | None, end: int) -> bool:
    """Whether nothing but punctuation stands up to `end`."""
    return match is not None and match.end() == end


def _any(words: tuple[str, ...], text: str) -> bool:
    return any(map(text.__contains__, words))


def _past_bracket(text: str, at: int, end: int) -> int:
    if text[at : at + 2] == " (":
        close = text.find(")", at, min(end, at + 120))
        return close + 1 if close > 0 else at
    return at


@lru_cache(maxsize=2)
def roles(tables: Tables) -> Roles:
    """The roles of these tables."""
    return Roles(tables)
