"""Citation chains: a node goes in; what it rests on, or what rests on it, comes out step by step with the evidence."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import sqlalchemy as sa

from docparse.link.status import Act
from docparse.store import schema
from docparse.store.lookup import IN_ONE, Node, nodes

Direction = Literal["up", "down"]
MOST = 5_000
"""How many documents one chain may name; a larger one is cut, and says so."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Which citation of which file says so, and how sure it is; its words and place are in that file's record."""

    sha256: str
    citation: str
    provision: str | None
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Link:
    """A typed edge between two nodes, by their keys, with everything that says so."""

    source: int
    target: int
    relation: str
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Chain:
    """The documents reached, by key with their distance from the first, and the links between them."""

    root: int
    direction: Direction
    nodes: Mapping[int, Node]
    depth: Mapping[int, int]
    links: tuple[Link, ...]
    cut: bool


def chain(
    connection: sa.Connection,
    root: int,
    direction: Direction,
    depth: int = 3,
    relations: Collection[str] = (),
    as_of: str | None = None,
) -> Chain:
    """The chain from a node: `up` to what it rests on, `down` to what rests on it.

    `relations` keeps only edges of these kinds, `as_of` only what documents up to that day say (ISO 8601; documents
    without a date are kept). Each level is one look into the store.
    """
    reached, frontier, links, cut = {root: 0}, [root], [], False
    for level in range(1, depth + 1):
        found = list(step(connection, frontier, direction, relations, as_of))
        links += found
        frontier = []
        for one in found:
            far = one.target if direction == "up" else one.source
            if far not in reached:
                if len(reached) >= MOST:
                    cut = True
                    continue
                reached[far] = level
                frontier.append(far)
        if not frontier:
            break
    kept = tuple(sorted(_unique(links, reached), key=lambda one: (one.source, one.target, one.relation)))
    return Chain(root, direction, nodes(connection, reached), reached, kept, cut)


def _unique(links: Iterable[Link], reached: Collection[int]) -> Iterator[Link]:
    seen = set()
    for one in links:
        key = (one.source, one.target, one.relation)
        if key not in seen and one.source in reached and one.target in reached:
            seen.add(key)
            yield one


def step(
    connection: sa.Connection,
    near: Sequence[int],
    direction: Direction,
    relations: Collection[str] = (),
    as_of: str | None = None,
) -> Iterator[Link]:
    """The links that leave the nodes in one direction, each once with all its evidence; none to a node itself."""
    e, d = schema.edge, schema.document
    source, target = schema.name.alias("s"), schema.name.alias("t")
    at = source if direction == "up" else target
    for place in range(0, len(near), IN_ONE):
        statement = (
            sa.select(
                source.c.node.label("source"), target.c.node.label("target"), e.c.relation, d.c.sha256, e.c.citation,
                e.c.provision, e.c.confidence, e.c.rule,
            )
            .select_from(at)
            .join(e, e.c.source == source.c.id if direction == "up" else e.c.target == target.c.id)
            .join(*((target, target.c.id == e.c.target) if direction == "up" else (source, source.c.id == e.c.source)))
            .join(d, d.c.id == e.c.document)
            .where(at.c.node.in_(near[place : place + IN_ONE]), source.c.node != target.c.node)
        )  # fmt: skip
        if relations:
            statement = statement.where(e.c.relation.in_(sorted(relations)))
        if as_of is not None:
            statement = statement.where(sa.or_(d.c.date.is_(None), d.c.date <= as_of))
        grouped: dict[tuple[int, int, str], list[Evidence]] = {}
        for row in connection.execute(statement):
            evidence = Evidence(row.sha256, row.citation, row.provision, row.confidence, row.rule)
            grouped.setdefault((row.source, row.target, row.relation), []).append(evidence)
        for (a, b, relation), said in grouped.items():
            yield Link(a, b, relation, tuple(sorted(said, key=lambda one: (-one.confidence, one.sha256, one.citation))))


def acts(chain: Chain) -> Iterator[Act]:
    """What the documents of a chain one step down do to its root, each provision apart."""
    for link in chain.links:
        by = chain.nodes[link.source]
        for provision in sorted({said.provision or "" for said in link.evidence}):
            sure = max(said.confidence for said in link.evidence if (said.provision or "") == provision)
            yield Act(by.id, by.date, link.relation, provision or None, sure)
