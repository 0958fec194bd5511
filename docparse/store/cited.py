"""What is cited most, and the shortest ways between two documents: a store goes in, nodes and links come out."""

from __future__ import annotations

from collections.abc import Mapping

import sqlalchemy as sa

from docparse.errors import NotFound
from docparse.store import schema
from docparse.store.chains import Direction, Link, step
from docparse.store.lookup import Node, nodes


def most_cited(
    connection: sa.Connection, limit: int = 20, awaited: bool = False, relation: str | None = None
) -> list[tuple[Node, int]]:
    """The documents that the most documents cite, with how many do; `awaited` keeps those that are not held."""
    e, d = schema.edge, schema.document
    source, target, own = schema.name.alias("s"), schema.name.alias("t"), schema.name.alias("o")
    count = sa.func.count(sa.distinct(source.c.node)).label("many")
    head = schema.name.alias("h")
    statement = (
        sa.select(target.c.node, count)
        .select_from(e)
        .join(source, source.c.id == e.c.source)
        .join(target, target.c.id == e.c.target)
        .join(head, head.c.id == target.c.node)
        .where(source.c.node != target.c.node)
        .group_by(target.c.node, head.c.urn)
        .order_by(count.desc(), head.c.urn)
        .limit(limit)
    )
    if relation:
        statement = statement.where(e.c.relation == relation)
    if awaited:
        held = sa.select(own.c.node).join(d, d.c.name == own.c.id)
        statement = statement.where(target.c.node.not_in(held))
    rows = connection.execute(statement).all()
    found = nodes(connection, (row.node for row in rows))
    return [(found[row.node], row.many) for row in rows]


def path(connection: sa.Connection, a: Node, b: Node, depth: int = 10) -> tuple[list[Link], Mapping[int, Node]]:
    """The shortest way of citations from `a` to `b`, each link from the citing to the cited document.

    Raises NotFound when `b` is not reached within so many steps; it may be reached the other way round.
    """
    links = _way(connection, a.key, b.key, "up", depth)
    if links is None:
        raise NotFound(
            f"{a.id} does not lead to {b.id} within {depth} steps; try the other way round, or a larger --depth"
        )
    return links, nodes(connection, {a.key, b.key, *(key for link in links for key in (link.source, link.target))})


def _way(connection: sa.Connection, a: int, b: int, direction: Direction, depth: int) -> list[Link] | None:
    came: dict[int, Link | None] = {a: None}
    frontier = [a]
    for _ in range(depth):
        if b in came or not frontier:
            break
        fresh: dict[int, Link] = {}
        for link in sorted(
            step(connection, frontier, direction), key=lambda one: (one.source, one.target, one.relation)
        ):
            if link.target not in came and link.target not in fresh:
                fresh[link.target] = link
        came |= fresh
        frontier = sorted(fresh)
    if b not in came:
        return None
    way: list[Link] = []
    at = came[b]
    while at is not None:
        way.append(at)
        at = came[at.source]
    return way[::-1]
