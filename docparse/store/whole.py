"""The corpus as a whole: a store goes in; all its documents, all its edges, and its duplicates come out."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import groupby

import sqlalchemy as sa

from docparse.link.audit import Edge
from docparse.store import schema
from docparse.store.lookup import Node, nodes
from docparse.store.rows import unpacked


def documents(connection: sa.Connection) -> list[tuple[str, bool]]:
    """The id of every document of the world that the corpus knows, and whether it is held, in order."""
    n, own, d = schema.name, schema.name.alias("own"), schema.document
    held = set(connection.execute(sa.select(own.c.node).join(d, d.c.name == own.c.id)).scalars())
    rows = connection.execute(sa.select(n.c.id, n.c.urn).where(n.c.id == n.c.node).order_by(n.c.urn))
    return [(row.urn, row.id in held) for row in rows]


def edges(connection: sa.Connection) -> Iterator[Edge]:
    """Every edge between documents, with their days and where it is said (`SHA-256#citation`), in order of that."""
    e, d = schema.edge, schema.document
    source, target = schema.name.alias("s"), schema.name.alias("t")
    from_, to = schema.name.alias("f"), schema.name.alias("o")
    statement = (
        sa.select(from_.c.urn, to.c.urn, e.c.relation, d.c.date, to.c.date, d.c.sha256, e.c.citation)
        .select_from(e)
        .join(d, d.c.id == e.c.document)
        .join(source, source.c.id == e.c.source)
        .join(target, target.c.id == e.c.target)
        .join(from_, from_.c.id == source.c.node)
        .join(to, to.c.id == target.c.node)
        .order_by(d.c.sha256, e.c.citation)
    )
    for a, b, relation, a_date, b_date, sha256, citation in connection.execute(statement):
        yield Edge(a, b, relation, a_date, b_date, f"{sha256}#{citation}")


def keys(connection: sa.Connection) -> list[int]:
    """The key of every document of the world, in order of its id."""
    n = schema.name
    return list(connection.execute(sa.select(n.c.id).where(n.c.id == n.c.node).order_by(n.c.urn)).scalars())


def relations(connection: sa.Connection) -> Iterator[tuple[str, str, str, list[tuple[str, float]]]]:
    """Every relation between two documents once, with where it is said and how surely, in order of their ids."""
    e, d = schema.edge, schema.document
    source, target = schema.name.alias("s"), schema.name.alias("t")
    from_, to = schema.name.alias("f"), schema.name.alias("o")
    statement = (
        sa.select(from_.c.urn, to.c.urn, e.c.relation, d.c.sha256, e.c.citation, e.c.confidence)
        .select_from(e)
        .join(d, d.c.id == e.c.document)
        .join(source, source.c.id == e.c.source)
        .join(target, target.c.id == e.c.target)
        .join(from_, from_.c.id == source.c.node)
        .join(to, to.c.id == target.c.node)
        .where(source.c.node != target.c.node)
        .order_by(from_.c.urn, to.c.urn, e.c.relation, d.c.sha256, e.c.citation)
    )
    for (a, b, relation), rows in groupby(connection.execute(statement), key=lambda row: tuple(row[:3])):
        yield a, b, relation, [(f"{row.sha256}#{row.citation}", row.confidence) for row in rows]


def warned(connection: sa.Connection, code: str) -> Iterator[tuple[str, str, str]]:
    """Every warning of a code: the document's id, the message, the file's hash, in order of that."""
    d, own, head = schema.document, schema.name.alias("own"), schema.name.alias("head")
    statement = (
        sa.select(head.c.urn, d.c.record, d.c.sha256)
        .join(own, own.c.id == d.c.name)
        .join(head, head.c.id == own.c.node)
        .where(d.c.warnings > 0)
        .order_by(d.c.sha256)
    )
    for urn, record, sha256 in connection.execute(statement):
        for warning in json.loads(unpacked(record))["warnings"]:
            if warning["code"] == code:
                yield urn, warning["message"], sha256


def duplicates(connection: sa.Connection) -> list[Node]:
    """The documents that several files hold, each with its files, the best reading first."""
    own, d, f = schema.name.alias("own"), schema.document, schema.file
    several = (
        sa.select(own.c.node)
        .join(d, d.c.name == own.c.id)
        .join(f, f.c.sha256 == d.c.sha256)
        .group_by(own.c.node)
        .having(sa.func.count() > 1)
    )
    keys = list(connection.execute(several).scalars())
    return sorted(nodes(connection, keys).values(), key=lambda node: node.id)
