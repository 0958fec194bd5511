"""Judges whether words direct somebody to do something: an item's own words in, the kind of evidence out.

The words are the tables `task_words.toml`, `task_verbs.tsv` and `task_bodies.tsv` (CONTRACT.md, Tasks and paths;
DOMAIN.md 7.1 and 8.3); the grammar is here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from docparse.alternatives import one_of
from docparse.segment.numbering import CAPITALS
from docparse.tables import Row, Tables

SENTENCES = 12
"""How many sentences of an item are read for a doer."""
CLAUSES = 40
"""How many clauses of a sentence are read for its subject."""
TAIL = 160
"""How many characters before a list are read for what it holds."""

# one class in front, which the re module skips to: the mark that ends a sentence, and the space behind it as `gap`
_SENTENCE = re.compile(rf"[.;!?…\n](?:(?<=\n)|(?P<gap>\s+)(?=[{CAPITALS}]))")
_THEN = re.compile(r"\sthì\s+")
_CLAUSE = re.compile(r",\s+(?:thì\s+)?(?:hằng năm,?\s+)?|\sthì\s+")
# `Kinh phí hoạt động do Sở Tài chính bố trí`; behind a longer subject `do` opens a relative clause,
# but for work as the subject: `Việc tiếp nhận, xử lý hồ sơ … do Sở Nội vụ thực hiện`
_BY = re.compile(
    r"(?:(?!\stheo\s)[^,;:]){3,80}?\s(?:do|được (?:giao|phân công|phân cấp|ủy quyền)(?: cho)?)\s+"
    r"|(?:Việc|Công tác|Nhiệm vụ)\s(?:(?!theo|được|phải)[^\s;:]+\s){1,50}?do\s+"
)
_TO = re.compile(r"\scho\s+")
_LEAD = re.compile(r"^[^:\n]{2,160}:\s+(?=\S)")
_ESCAPE_OR_WORDS = re.compile(r"\\.|[^\\]+")
_BULLET = re.compile(r"^[-–—+•*]\s*")


def _plain_letters() -> dict[int, str]:
    out = {ord("đ"): "d", ord("Đ"): "D"}
    for code in (*range(0xC0, 0x1B1), *range(0x1EA0, 0x1EFA)):
        base = unicodedata.normalize("NFD", chr(code))[0]
        if base.isascii() and base.isalpha():
            out[code] = base
    return out


_PLAIN = _plain_letters()


def _folded(words: str) -> str:
    """The words without diacritics, of the same length: OCR loses and confuses them."""
    return words.translate(_PLAIN)


class Judge:
    """Answers questions about an item's words; `ocr` when the words were recognised, and diacritics may be wrong."""

    def __init__(self, tables: Tables, ocr: bool) -> None:
        sources = {name: rule.source for name, rule in tables.rules("task_words").items()}
        sources["imperative"] = sources.pop("adverbs") + _listed(tables.rows("task_verbs"), "verb")
        sources["body"] = sources.pop("collective") + _listed(tables.rows("task_bodies"), "head")
        self._lowered = ("", "")  # the words asked about last: most are asked about more than once
        self._everywhere = {"demand": re.compile(_lowered(sources.pop("demand")))}
        self._finders = {name: _finder(source) for name, source in sources.items()}
        self._folded = {name: _finder(_folded(source)) for name, source in sources.items()} if ocr else {}

    def _search(self, name: str, words: str) -> re.Match[str] | None:
        kept = self._lowered
        if kept[0] is not words:
            kept = self._lowered = (words, words.lower())
        words = kept[1]
        found = self._finders[name](words)
        if found is None and self._folded:
            found = self._folded[name](_folded(words))
        return found

    def _all(self, name: str, words: str) -> Iterator[re.Match[str]]:
        """All places where a rule's words stand."""
        return self._everywhere[name].finditer(words.lower())

    def has(self, name: str, words: str) -> bool:
        """Whether the words answer to the rule `name` of the table."""
        return self._search(name, words) is not None

    def announces(self, name: str, words: str) -> bool:
        """Whether the words end in what the rule `name` says of a list that follows."""
        return not words.endswith((".", ";")) and self.has(name, words[-TAIL:])

    def assigns(self, words: str) -> bool:
        """Whether a sentence gives work to a named body: `Giao Sở Nội vụ …`, `…, Chủ tịch tỉnh yêu cầu …`."""
        match = self._search("assign", words[:200])
        if match is not None and (self.is_body(words[match.end() :]) or match.end() >= len(words)):
            return True
        return self.has("assigns", words[:1500])

    def demands(self, sentence: str) -> bool:
        """Whether the issuer asks a named body: `Chính phủ yêu cầu các bộ …`, `… thống nhất và giao Sở Tài chính …`."""
        return any(self.is_body(sentence[match.end() :]) for match in self._all("demand", sentence[:600]))

    def addresses(self, words: str) -> bool:
        """Whether the words are a heading that turns to a named body: `Đối với Ban Thường vụ Thị ủy`."""
        match = self._search("toward", words)
        rest = words[match.end() :] if match is not None else ""
        return bool(rest) and self.is_body(rest) and not self.generic(rest) and not self.has("definition", rest)

    def entrusts(self, words: str) -> bool:
        """Whether words hand work down to a named body (`Phân cấp cho Chi cục …`, `Ủy quyền việc … cho Sở …`) or charge
        somebody with a list of it (`Tổ chức, cá nhân … có trách nhiệm:`)."""
        if self.has("charged_with", words):
            return True
        match = self._search("entrust", words[:600])
        if match is None:
            return False
        if self.is_body(words[match.end() :]):
            return True
        return any(self.is_body(words[to.end() :]) for to in _TO.finditer(words, match.end(), 600))

    def duties_of(self, words: str) -> bool:
        """Whether words announce the work of a body (`Nhiệm vụ, quyền hạn của …`), not what everybody has to comply
        with (`Trách nhiệm của tổ chức, cá nhân`)."""
        match = self._search("duties_of", words[:200])
        return match is not None and not self.has("private", words[match.end() :])

    def is_body(self, words: str) -> bool:
        """Whether the words begin with the name of a body or an office."""
        return self.has("body", words[:120])

    def generic(self, words: str) -> bool:
        """Whether the words begin with nobody in particular (`tổ chức, cá nhân`, `người …`)."""
        return self.has("generic", words[:120])

    def imperative(self, words: str) -> bool:
        """Whether the words begin with a verb that orders."""
        return self.has("imperative", words[:160])

    def does(self, sentence: str) -> bool:
        """Whether a named body is the subject of a sentence and its verb gives it work."""
        name = self._search("body", sentence[:120])
        if name is not None:
            return not self.generic(sentence) and self._works(sentence, name.end())
        by = _BY.match(sentence) if " do " in sentence or " được " in sentence else None
        if by is not None and self.is_body(sentence[by.end() :]) and self._works(sentence[by.end() :]):
            return True
        # `thì` closes a condition that opens without a word of condition: `Đề án đạt trên 50% thì Bộ Nội vụ trình …`
        if self.has("prelude", sentence[:60]):
            clauses = _CLAUSE.finditer(sentence)
        elif " thì " in sentence:
            clauses = _THEN.finditer(sentence)
        else:
            return False
        for count, clause in enumerate(clauses):
            if count > CLAUSES:
                break
            rest = sentence[clause.end() : clause.end() + 600]
            if self.is_body(rest) and not self.generic(rest) and self._works(rest):
                return True
        return False

    def _works(self, clause: str, name: int = 0) -> bool:
        """Whether the clause gives work; `name` is the end of the first word of its subject (`Tổ chức đảng`)."""
        if self.has("definition", clause) or self.has("organised", clause):
            return self.has("charged", clause)
        rest = clause[name:]
        return self.has("duty", rest) or self.has("action", rest)

    def doer(self, words: str) -> bool:
        """Whether one of the sentences gives a named body work to do."""
        for sentence in sentences(words):
            if self.does(sentence) or self.assigns(sentence):
                return True
            lead = _LEAD.match(sentence)
            if lead is not None and self.does(sentence[lead.end() :]):
                return True
        return False

    def orders(self, words: str) -> bool:
        """Whether the words begin with an order, a body that acts, or an assignment."""
        return self.imperative(words) or self.is_body(words) or self.assigns(words)


def _finder(source: str) -> Callable[[str], re.Match[str] | None]:
    """Finds a rule's words in lower case, which is several times faster than to ignore the case; a rule that is
    anchored is tried at the start alone."""
    pattern = re.compile(_lowered(source))
    anchored = source.startswith("^") and source.count("|^") == source.count("^") - 1 - source.count("[^")
    return pattern.match if anchored else pattern.search


def _lowered(source: str) -> str:
    """The expression for words in lower case."""
    return "".join(p if p[0] == "\\" else p.lower() for p in _ESCAPE_OR_WORDS.findall(source))


def _listed(rows: tuple[Row, ...], column: str) -> str:
    """One pattern for a list of words, the longest first; not where a word of `unless` follows."""
    parts: list[str] = []
    for row in sorted(rows, key=lambda row: -len(row[column])):
        unless = "|".join(re.escape(word) for word in row["unless"].split("|")) if row["unless"] else ""
        parts.append(re.escape(row[column]) + (rf"(?!\s*(?:{unless})(?!\w))" if unless else ""))
    return one_of(parts) + r"\b"


@lru_cache(maxsize=4)
def judge(tables: Tables, ocr: bool = False) -> Judge:
    """The judge of these tables."""
    return Judge(tables, ocr)


@lru_cache(maxsize=16)
def sentences(words: str) -> Sequence[str]:
    """The first sentences of an item, bullets and space taken off."""
    parts: list[str] = []
    at = 0
    for end in _SENTENCE.finditer(words):
        parts.append(words[at : end.start() if end["gap"] is None else end.start() + 1])
        at = end.end()
        if len(parts) == SENTENCES:
            break
    else:
        parts.append(words[at:])
    out = (_BULLET.sub("", part.strip()) for part in parts)
    return tuple(sentence for sentence in out if sentence)
