"""A citation while it is being read: what the grammar knows so far, before relations and ids are settled."""

from __future__ import annotations

from dataclasses import dataclass, field

from docparse.model import Relation, Via
from docparse.spans import Span
from docparse.tag.symbols import Symbol


@dataclass(slots=True)
class Mention:
    """One mention of a document: `start`, `end` in the text, `lead` where the list that it belongs to begins,
    `symbol_at` where its number is printed, `evidence` the words that say its relation."""

    start: int
    end: int
    type: str | None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    symbol: Symbol | None = None
    via: Via = "explicit"
    rule: str = "symbol"
    confidence: float = 0.95
    lead: int = -1
    provision: str | None = None
    provision_start: int = -1
    relation: Relation = "cites"
    aliases: list[str] = field(default_factory=list)
    annex_of: Mention | None = None
    promulgated: bool = False
    symbol_at: tuple[int, int] | None = None
    evidence: tuple[int, int] | None = None

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end)

    @property
    def key(self) -> tuple[str, str]:
        """Equal for mentions with one type and number; the number alone tells official letters from nothing else."""
        return (self.type or "", number_key(self.number))


def number_key(number: str | None) -> str:
    """A number for comparison: upper case, no spaces, no leading zeros."""
    return "".join((number or "").upper().split()).lstrip("0").replace("\u2013", "-")
