"""Full text: words go in; documents with snippets come out, with or without diacritics.

Two columns are indexed: the words as written in lower case, and the same without diacritics and with `đ` as `d`. A word
of a question that carries a diacritic is looked up as written, a plain one folded: `thu tuc` finds `thủ tục`, and
`thủ tục` does not find `thu tục`.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import sqlalchemy as sa

from docparse.errors import ConfigError
from docparse.places import fold
from docparse.store import schema
from docparse.store.rows import unpacked

CREATE: Final = {
    "sqlite": (
        "CREATE VIRTUAL TABLE words USING fts5("
        "exact, folded, tokenize=\"unicode61 remove_diacritics 0 tokenchars '-/'\")",
    ),
    "postgresql": (
        "CREATE TABLE words (id integer PRIMARY KEY, exact tsvector NOT NULL, folded tsvector NOT NULL)",
        "CREATE INDEX ix_words_exact ON words USING gin (exact)",
        "CREATE INDEX ix_words_folded ON words USING gin (folded)",
    ),
}

_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_MARKS = re.compile(r"[-/]")
SNIPPET = 160


@dataclass(frozen=True, slots=True)
class Hit:
    """A document found: its canonical id, its file, its rank (smaller is better) and the words around."""

    id: str
    sha256: str
    path: str
    rank: float
    snippet: str


def words_of(text: str) -> tuple[str, str]:
    """What is indexed of a text: its words as written in lower case, and folded, each parted by a space.

    A symbol (`24-ct/tu`) is one word and its parts too, so that it is found by either.
    """
    words = _WORD.findall(unicodedata.normalize("NFC", text).lower())
    symbols = [word for word in words if "-" in word or "/" in word]
    exact = " ".join([*words, *(part for word in symbols for part in _MARKS.split(word))])
    return exact, fold(exact).lower()


def index(connection: sa.Connection, document: int, words: tuple[str, str]) -> None:
    """Take a document's words (`words_of`) into the index."""
    exact, folded = words
    if connection.dialect.name == "sqlite":
        connection.execute(sa.text("INSERT INTO words (rowid, exact, folded) VALUES (:i, :e, :f)"),
                           {"i": document, "e": exact, "f": folded})  # fmt: skip
        return
    connection.execute(
        sa.text("INSERT INTO words VALUES (:i, array_to_tsvector(:e), array_to_tsvector(:f))"),
        {"i": document, "e": sorted(set(exact.split())), "f": sorted(set(folded.split()))},
    )


def forget(connection: sa.Connection, document: int) -> None:
    """Take a document out of the index."""
    key = "rowid" if connection.dialect.name == "sqlite" else "id"
    connection.execute(sa.text(f"DELETE FROM words WHERE {key} = :i"), {"i": document})


def query(words: str) -> list[tuple[str, str]]:
    """The question as (column, word) pairs, all of which must be met. Raises ConfigError when it has no word."""
    found = _WORD.findall(unicodedata.normalize("NFC", words).lower())
    if not found:
        raise ConfigError(
            f"there is no word to search for in {words!r}; write some, as in: docparse search 'thủ tục hành chính'"
        )
    return [("folded" if fold(word).lower() == word else "exact", word) for word in found]


def search(
    connection: sa.Connection, words: str, limit: int = 20, filters: Sequence[sa.ColumnElement[bool]] = ()
) -> list[Hit]:
    """The best documents for the words, best first; `filters` are conditions on the table `document`."""
    asked = query(words)
    found = _sqlite(asked) if connection.dialect.name == "sqlite" else _postgresql(asked)
    at, d = found.c, schema.document
    statement = (
        sa.select(d.c.sha256, d.c.path, d.c.record, schema.name.c.urn, at.rank)
        .join(found, at.id == d.c.id)
        .join(schema.name, schema.name.c.id == _node())
        .where(*filters)
        .order_by(at.rank, d.c.sha256)
        .limit(limit)
    )
    return [
        Hit(row.urn, row.sha256, row.path, float(row.rank), snippet(json.loads(unpacked(row.record))["text"], words))
        for row in connection.execute(statement)
    ]


def _node() -> sa.ScalarSelect[Any]:
    own = schema.name.alias()
    return sa.select(own.c.node).where(own.c.id == schema.document.c.name).correlate(schema.document).scalar_subquery()


def _sqlite(asked: Sequence[tuple[str, str]]) -> sa.Subquery:
    match = " AND ".join(f'{column} : "{word}"' for column, word in asked)
    words = sa.table("words", sa.column("rowid"), sa.column("words"))
    return (
        sa.select(sa.column("rowid").label("id"), sa.literal_column("bm25(words)").label("rank"))
        .select_from(words)
        .where(sa.text("words MATCH :match").bindparams(match=match))
        .subquery("found")
    )


def _postgresql(asked: Sequence[tuple[str, str]]) -> sa.Subquery:
    words = sa.table("words", sa.column("id"), sa.column("exact"), sa.column("folded"))
    conditions = []
    for place, (column, word) in enumerate(asked):
        conditions.append(
            sa.text(f"words.{column} @@ plainto_tsquery('simple', :w{place})").bindparams(**{f"w{place}": word})
        )
    return sa.select(words.c.id, sa.literal(0.0).label("rank")).select_from(words).where(*conditions).subquery("found")


def snippet(text: str, words: str) -> str:
    """The text around the first place where a word of the question stands, one line of at most SNIPPET characters."""
    exact = unicodedata.normalize("NFC", text).lower()
    folded = fold(exact).lower()
    found = [(folded if column == "folded" else exact).find(word) for column, word in query(words)]
    start = max(0, min((at for at in found if at >= 0), default=0) - SNIPPET // 3)
    cut = " ".join(text[start : start + SNIPPET].split())
    return f"{'…' if start else ''}{cut}{'…' if start + SNIPPET < len(text) else ''}"
