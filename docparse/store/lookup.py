"""Looking up: what a person calls a document goes in; its node, or the nearest ones, come out.

A document is called by its canonical id, by the hash of a file (or its first digits), or by its number as printed.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from docparse.errors import NotFound
from docparse.store import corrections, schema

SUGGESTIONS = 5
IN_ONE = 500


@dataclass(frozen=True, slots=True)
class Node:
    """A document of the world: what is printed of it, and the files that hold it, the best reading first.

    `id` is the URN that stands for it; `files` are (sha256, path); empty for a document that is only cited.
    """

    key: int
    id: str
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    files: tuple[tuple[str, str], ...]

    @property
    def held(self) -> bool:
        """Whether the corpus has it."""
        return bool(self.files)

    @property
    def label(self) -> str:
        """Its number, or its title, or its id: what to call it in a line."""
        return self.number or self.title or self.id


def nodes(connection: sa.Connection, keys: Iterable[int]) -> Mapping[int, Node]:
    """The nodes under their keys. What a held file prints of itself stands before what others print of it."""
    wanted = sorted(set(keys))
    held: dict[int, list[Any]] = {}
    n, d = schema.name, schema.document
    out: dict[int, Node] = {}
    for at in range(0, len(wanted), IN_ONE):
        part = wanted[at : at + IN_ONE]
        statement = (
            sa.select(n.c.node, d.c.sha256, d.c.path, d.c.type, d.c.number, d.c.date, d.c.issuer, d.c.subject)
            .join(n, n.c.id == d.c.name)
            .where(n.c.node.in_(part))
            .order_by(corrections.looked_at(), d.c.unreadable, d.c.quality.desc(), d.c.sha256)
        )
        for row in connection.execute(statement):
            held.setdefault(row.node, []).append(row)
        for row in connection.execute(sa.select(n).where(n.c.id.in_(part))):
            files = held.get(row.id, [])
            best = files[0] if files else None
            out[row.id] = Node(
                row.id,
                row.urn,
                (best.type if best else None) or row.type,
                (best.number if best else None) or row.number,
                (best.date if best else None) or row.date,
                (best.issuer if best else None) or row.issuer,
                (best.subject if best else None) or row.title,
                tuple((file.sha256, file.path) for file in files),
            )
    return out


def find(connection: sa.Connection, called: str) -> Node:
    """The one node that is called so.

    Raises NotFound, naming the nearest ones, when there is none or when several fit.
    """
    keys = _keys(connection, called.strip())
    found = nodes(connection, keys)
    held = [node for node in found.values() if node.held] if len(found) > 1 else list(found.values())
    if len(held) == 1:  # a decision that is held, of the same number as the regulation that it issues
        return held[0]
    if keys:
        several = "\n  ".join(sorted(node.id for node in found.values())[:SUGGESTIONS])
        raise NotFound(f"{called} may be any of {len(keys)} documents; give the whole id:\n  {several}")
    near = _nearest(connection, called)
    hint = "; the nearest are:\n  " + "\n  ".join(near) if near else "; look for it with: docparse search WORDS"
    raise NotFound(f"the corpus has no document {called}{hint}")


def _keys(connection: sa.Connection, called: str) -> Sequence[int]:
    n, d = schema.name, schema.document
    exact = connection.execute(sa.select(n.c.node).where(n.c.urn == called)).scalars().all()
    if exact:
        return sorted(set(exact))
    digest = called.removeprefix("sha256:").lower()
    if re.fullmatch(r"[0-9a-f]{8,64}", digest):
        of_files = (
            sa.select(n.c.node).join(d, d.c.name == n.c.id).where(d.c.sha256 >= digest, d.c.sha256 < f"{digest}g")
        )
        found = connection.execute(of_files).scalars().all()
        if found:
            return sorted(set(found))
    of_number = sa.select(n.c.node).where(n.c.number == called)
    return sorted(set(connection.execute(of_number).scalars()))


def _nearest(connection: sa.Connection, called: str) -> list[str]:
    """Ids that look alike, of those with the same running number and of the same organ's documents of that type."""
    n = schema.name
    head = re.search(r"\d+", called.rsplit(";", 1)[-1])
    series, colon, _ = called.rpartition(":")
    alike = [
        *([n.c.block.endswith(f";{int(head[0])}")] if head else []),
        *([sa.and_(n.c.urn >= series, n.c.urn < f"{series};")] if colon and series.startswith("urn:lex:") else []),
    ]
    if not alike:
        return []
    statement = sa.select(n.c.urn).where(n.c.id == n.c.node, sa.or_(*alike)).order_by(n.c.urn).limit(2000)
    return difflib.get_close_matches(called, connection.execute(statement).scalars().all(), SUGGESTIONS, 0.3)
