"""Judges whether words direct somebody to do something: an item's own words in, the kind of evidence out.

The words are the table `task_words.toml` (CONTRACT.md, Tasks and paths; DOMAIN.md 7.1 and 8.3); the grammar is here.
"""

from __future__ import annotations

import re
from functools import lru_cache

from docparse.tables import Tables

_SENTENCE = re.compile(r"(?<=[.;!?…])\s+(?=[^\W\d_a-zà-ỹ])|\n")
_CLAUSE = re.compile(r",\s+(?:thì\s+)?(?:hằng năm,?\s+)?|\sthì\s+|\sdo\s+")
_LEAD = re.compile(r"^[^:\n]{2,160}:\s+(?=\S)")
_LABEL = re.compile(r"^[-–—+•*]\s*")
SENTENCES = 12
"""How many sentences of an item are read for a doer."""
CLAUSES = 40
"""How many clauses of a sentence are read for its subject."""


class Judge:
    """Answers questions about an item's words; one instance for one set of tables."""

    def __init__(self, tables: Tables) -> None:
        self._patterns = {name: rule.pattern for name, rule in tables.rules("task_words").items()}

    def has(self, name: str, words: str) -> bool:
        """Whether the words answer to the rule `name` of the table."""
        return self._patterns[name].search(words) is not None

    def assigns(self, words: str) -> bool:
        """Whether a sentence gives work to a named body: `Giao Sở Nội vụ …`, `…, Chủ tịch tỉnh yêu cầu …`."""
        match = self._patterns["assign"].match(words)
        if match is not None and (self.is_body(words[match.end() :]) or match.end() >= len(words)):
            return True
        return self.has("assigns", words[:1500])

    def is_body(self, words: str) -> bool:
        """Whether the words begin with the name of a body or an office."""
        return self._patterns["body"].match(words) is not None

    def generic(self, words: str) -> bool:
        """Whether the words begin with nobody in particular (`tổ chức, cá nhân`, `người …`)."""
        return self._patterns["generic"].match(words) is not None

    def imperative(self, words: str) -> bool:
        """Whether the words begin with a verb that orders."""
        return self._patterns["imperative"].match(words) is not None

    def does(self, sentence: str) -> bool:
        """Whether a named body is the subject of a sentence and its verb gives it work."""
        if self.is_body(sentence):
            return not self.generic(sentence) and self._works(sentence)
        if not self.has("prelude", sentence) and " do " not in sentence:
            return False
        at = 0
        for count, clause in enumerate(_CLAUSE.finditer(sentence)):
            at = clause.end()
            rest = sentence[at : at + 600]
            if count > CLAUSES:
                break
            if self.is_body(rest) and not self.generic(rest) and self._works(rest):
                return True
        return False

    def _works(self, clause: str) -> bool:
        if self._patterns["definition"].match(clause) is not None:
            return self.has("duty", clause)
        return self.has("duty", clause) or self.has("action", clause)

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


@lru_cache(maxsize=4)
def judge(tables: Tables) -> Judge:
    """The judge of these tables."""
    return Judge(tables)


def sentences(words: str) -> list[str]:
    """The first sentences of an item, bullets and space taken off."""
    out = (_LABEL.sub("", part.strip()) for part in _SENTENCE.split(words, maxsplit=SENTENCES)[:SENTENCES])
    return [sentence for sentence in out if sentence]
