"""Relations in other vocabularies: a relation of docparse/1 goes in, the portal's label or the ELI property comes out,
and the other way round.

The table is data/relation_kinds.tsv: the fifteen kinds of vbpl.vn and the European Legislation Identifier (DOMAIN 5).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import cast

from docparse.model import Relation
from docparse.tables import Tables


@dataclass(frozen=True, slots=True)
class RelationKind:
    """One row: `portal` and `inverse` labels (None where the portal shows none), `part` where a part of the target is
    meant, `effect` on the target: none, partial, ends, suspended, text, prolonged."""

    relation: Relation
    portal: str | None
    inverse: str | None
    part: bool
    eli: str
    eli_inverse: str
    effect: str


@lru_cache(maxsize=1)
def relation_kinds() -> tuple[RelationKind, ...]:
    """All rows; of a relation with several the first is the usual one."""
    return tuple(
        RelationKind(
            cast(Relation, row["relation"]),
            row["portal"] or None,
            row["inverse"] or None,
            row["part"] == "yes",
            row["eli"],
            row["eli_inverse"],
            row["effect"],
        )
        for row in Tables.default().rows("relation_kinds")
    )


def kind_of(relation: Relation) -> RelationKind:
    """The usual kind of a relation: `cites` is Văn bản được dẫn chiếu, not the suspension that it also covers."""
    found = [kind for kind in relation_kinds() if kind.relation == relation]
    return next((kind for kind in found if kind.effect != "suspended"), found[0])


def of_portal(label: str) -> RelationKind | None:
    """The kind with that label on the page of either document, None for another label."""
    words = label.strip().lower()
    return next((k for k in relation_kinds() if words in ((k.portal or "").lower(), (k.inverse or "").lower())), None)
