"""Identity over a corpus: the names of one block go in; which stand for one document, and why, comes out.

A name that leaves parts open joins the one fuller name that fits; where several fit it stays alone and names them. Two
full dates never meet. The result depends on the set of names only, never on the order in which they came (DOMAIN 4.8,
4.9; CONTRACT.md, Canonical ids).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from docparse.link.names import Name, agree, tells_all_of

FULL_DATE = 10


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a name stands for: the URN of its document, why, and the candidates where several fit."""

    stands_for: str
    reason: str
    candidates: tuple[str, ...] = ()


def resolve(names: Iterable[Name]) -> Mapping[str, Verdict]:
    """A verdict for each name of one block.

    Reasons: `itself`; `fuller-name` (every known part agrees with exactly one fuller name); `each-other` (two names
    that complete each other and fit no third); `ambiguous` (several fuller names fit).
    """
    ordered = sorted(set(names), key=lambda name: name.urn)
    rivals = _Rivals(ordered)
    fuller = {name: rivals.fuller(name) for name in ordered}
    tops = [name for name in ordered if not fuller[name]]
    partners = _partners(tops, rivals)
    verdicts: dict[str, Verdict] = {}
    for name in tops:
        other = partners.get(name)
        if other is None:
            verdicts[name.urn] = Verdict(name.urn, "itself")
        else:
            head = max(name, other, key=lambda n: (n.known, n.urn))
            verdicts[name.urn] = Verdict(head.urn, "itself" if head == name else "each-other")
    for name in ordered:
        if name.urn in verdicts:
            continue
        ends = sorted({verdicts[top.urn].stands_for for top in fuller[name] if not fuller[top]})
        verdicts[name.urn] = (
            Verdict(ends[0], "fuller-name") if len(ends) == 1 else Verdict(name.urn, "ambiguous", tuple(ends))
        )
    return verdicts


class _Rivals:
    """The names of a block by authority: complete names cannot agree with one another, so only open ones look."""

    def __init__(self, names: Sequence[Name]) -> None:
        self._all = names
        self._by_authority: dict[str, list[Name]] = defaultdict(list)
        self._placed: set[str] = set()
        for name in names:
            self._by_authority[name.authority].append(name)
            if name.places:
                self._placed.add(name.authority)

    def _complete(self, name: Name) -> bool:
        """Every part that could tell it from another is known."""
        return bool(
            len(name.date) == FULL_DATE
            and name.authority
            and not name.bare
            and (name.places or name.authority not in self._placed)
        )

    def near(self, name: Name) -> Iterable[Name]:
        """The names that could agree with this one."""
        if not name.authority:
            return self._all
        return [*self._by_authority[name.authority], *self._by_authority.get("", ())]

    def fuller(self, name: Name) -> list[Name]:
        """The names that tell strictly more."""
        if self._complete(name):
            return []
        return [
            other
            for other in self.near(name)
            if other is not name and tells_all_of(other, name) and not tells_all_of(name, other)
        ]

    def open(self, names: Iterable[Name]) -> list[Name]:
        """Those of the names that leave something open."""
        return [name for name in names if not self._complete(name)]


def _partners(tops: Sequence[Name], rivals: _Rivals) -> Mapping[Name, Name]:
    """Pairs of fullest names that complete each other: each is the only one that agrees with the other."""
    standing = set(tops)
    friends: dict[Name, set[Name]] = defaultdict(set)
    for name in rivals.open(tops):
        for other in rivals.near(name):
            if other is not name and other in standing and agree(name, other):
                friends[name].add(other)
                friends[other].add(name)
    return {
        name: other for name, few in friends.items() if len(few) == 1 and friends[other := next(iter(few))] == {name}
    }
