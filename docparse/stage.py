"""What a stage and a tagger are, with the needs that the pipeline checks when it is built.

A stage is a function `Document -> Document`; a tagger is `(Document, Tables) -> Iterable[Found | Note]`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from docparse.model import Document, Found, Note
from docparse.tables import Tables

StageFunction = Callable[[Document, Tables], Document]
TaggerFunction = Callable[[Document, Tables], Iterable[Found | Note]]


@dataclass(frozen=True, slots=True)
class Stage:
    """A named step with what it needs done before it and what it adds (`zones`, `header`, `sections`, …)."""

    name: str
    run: StageFunction
    needs: frozenset[str] = frozenset()
    gives: frozenset[str] = frozenset()


def tagger(name: str, find: TaggerFunction, needs: Iterable[str] = (), gives: Iterable[str] = ()) -> Stage:
    """A stage that only adds the claims of `find`, and its notes to the document's."""

    def run(doc: Document, tables: Tables) -> Document:
        said = list(find(doc, tables))
        notes = tuple(s for s in said if isinstance(s, Note))
        doc = doc.with_annotations((s for s in said if isinstance(s, Found)), by=name)
        return replace(doc, notes=(*doc.notes, *notes)) if notes else doc

    return Stage(name, run, frozenset(needs), frozenset(gives))
