"""Full text: words go in; documents with snippets come out, with or without diacritics.

Two columns are indexed: the words as written in lower case, and the same without diacritics and with `đ` as `d`. A word
of a question that carries a diacritic is looked up as written, a plain one folded: `thu tuc` finds `thủ tục`, and
`thủ tục` does not find `thu tục`.

Words that stand in more than `COMMON` documents tell little and cost much: they must be there, but only the rarer ones
are weighed, and a question of common words alone is answered newest first. The key of the index is
`document.newest`, so that this needs no sorting and does not depend on what was taken in first.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import TSQUERY

from docparse.errors import ConfigError
from docparse.places import fold
from docparse.store import schema
from docparse.store.rows import unpacked
from docparse.store.vectors import lexeme, vector

_WORD = re.compile(r"[^\W_]+(?:[-/][^\W_]+)*")
_MARKS = re.compile(r"[-/]")
SNIPPET = 160
COMMON = 5_000
"""In how many documents a word may stand to be weighed."""

INSERT = {
    "sqlite": "INSERT INTO words (rowid, exact, folded) VALUES (:i, :e, :f)",
    "postgresql": "INSERT INTO words VALUES (:i, CAST(:e AS tsvector), CAST(:f AS tsvector))",
}
Asked = Sequence[tuple[str, str]]
"""(column, word) pairs."""


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


def indexed(dialect: str, place: int, words: tuple[str, str]) -> dict[str, int | str]:
    """The values of `INSERT` for a document's place and words."""
    exact, folded = words if dialect == "sqlite" else map(vector, words)
    return {"i": place, "e": exact, "f": folded}


def index(connection: sa.Connection, place: int, words: tuple[str, str]) -> None:
    """Take a document's words (`words_of`) into the index, under its `newest`."""
    name = connection.dialect.name
    connection.execute(sa.text(INSERT[name]), indexed(name, place, words))


def forget(connection: sa.Connection, document: int) -> None:
    """Take a document out of the index."""
    key = "rowid" if connection.dialect.name == "sqlite" else "id"
    place = sa.select(schema.document.c.newest).where(schema.document.c.id == document)
    connection.execute(sa.text(f"DELETE FROM words WHERE {key} = :i"), {"i": connection.execute(place).scalar_one()})


def query(words: str) -> list[tuple[str, str]]:
    """The question as (column, word) pairs, all of which must be met. Raises ConfigError when it has no word."""
    found = _WORD.findall(unicodedata.normalize("NFC", words).lower())
    if not found:
        raise ConfigError(
            f"there is no word to search for in {words!r}; write some, as in: docparse search 'thủ tục hành chính'"
        )
    return [("folded" if fold(word).lower() == word else "exact", word) for word in dict.fromkeys(found)]


def search(
    connection: sa.Connection, words: str, limit: int = 20, filters: Sequence[sa.ColumnElement[bool]] = ()
) -> list[Hit]:
    """The best documents for the words, best first; `filters` are conditions on the table `document`."""
    asked = query(words)
    dialect = _Sqlite() if connection.dialect.name == "sqlite" else _Postgresql()
    rare = [pair for pair in asked if connection.execute(dialect.count([pair])).scalar_one() <= COMMON]
    d, at = schema.document, dialect.key
    rank = dialect.rank(rare) if rare else sa.literal_column("0.0")
    ranked = (
        sa.select(d.c.id, rank.label("rank"))
        .select_from(dialect.words_and_document())
        .where(dialect.matching(rare, asked) if rare else dialect.match(asked), *filters)
        .order_by(*([sa.text("rank")] if rare else []), at)
        .limit(limit)
    )
    ranks = {row.id: float(row.rank) for row in connection.execute(ranked)}
    own, head = schema.name.alias("own"), schema.name.alias("head")
    statement = (
        sa.select(d.c.id, d.c.sha256, d.c.path, d.c.record, head.c.urn)
        .join(own, own.c.id == d.c.name)
        .join(head, head.c.id == own.c.node)
        .where(d.c.id.in_(ranks))
    )
    rows = {row.id: row for row in connection.execute(statement)}
    return [
        Hit(row.urn, row.sha256, row.path, rank, snippet(json.loads(unpacked(row.record))["text"], words))
        for row, rank in ((rows[key], rank) for key, rank in ranks.items())
    ]


class _Sqlite:
    """The index of words in SQLite's FTS5."""

    words = sa.table("words", sa.column("rowid"))
    key = words.c.rowid

    def match(self, asked: Asked) -> sa.ColumnElement[bool]:
        """Whether a document has all the words."""
        return sa.literal_column("words").op("MATCH")(" AND ".join(f'{column} : "{word}"' for column, word in asked))

    def matching(self, rare: Asked, asked: Asked) -> sa.ColumnElement[bool]:
        """The same, where only the rare words shall count for the rank: bm25 counts every word of its MATCH first."""
        if len(rare) == len(asked):
            return self.match(asked)
        every = sa.select(self.key).select_from(self.words).where(self.match(asked))
        return sa.and_(self.match(rare), sa.literal_column("+words.rowid").in_(every.correlate(None)))

    def rank(self, rare: Asked) -> sa.ColumnElement[float]:
        """Smaller is better."""
        return sa.literal_column("bm25(words)")

    def words_and_document(self) -> sa.FromClause:
        """The tables joined; the plus keeps SQLite from asking the index anew for each document."""
        return self.words.join(schema.document, schema.document.c.newest == sa.literal_column("+words.rowid"))

    def count(self, asked: Asked) -> sa.Select[Any]:
        """In how many documents the words are, counted up to one more than `COMMON`."""
        some = sa.select(self.key).select_from(self.words).where(self.match(asked)).limit(COMMON + 1)
        return sa.select(sa.func.count()).select_from(some.subquery())


class _Postgresql:
    """The index of words in PostgreSQL's text search."""

    words = sa.table("words", sa.column("id"), sa.column("exact"), sa.column("folded"))
    key = words.c.id

    def _queries(self, asked: Asked) -> Mapping[str, sa.ColumnElement[str]]:
        parts: dict[str, list[str]] = defaultdict(list)
        for column, word in asked:
            parts[column].append(f"'{lexeme(word)}'")
        return {column: sa.cast(sa.literal(" & ".join(words)), TSQUERY) for column, words in parts.items()}

    def match(self, asked: Asked) -> sa.ColumnElement[bool]:
        """Whether a document has all the words."""
        return sa.and_(*(self.words.c[column].op("@@")(words) for column, words in self._queries(asked).items()))

    def matching(self, rare: Asked, asked: Asked) -> sa.ColumnElement[bool]:
        """The same: here the rank does not depend on it."""
        return self.match(asked)

    def rank(self, rare: Asked) -> sa.ColumnElement[float]:
        """Smaller is better: how often the words stand, and how near to each other, against the length."""
        ranks = [sa.func.ts_rank_cd(self.words.c[column], words, 1) for column, words in self._queries(rare).items()]
        return -sum(ranks[1:], ranks[0])

    def words_and_document(self) -> sa.FromClause:
        """The tables joined."""
        return self.words.join(schema.document, schema.document.c.newest == self.key)

    def count(self, asked: Asked) -> sa.Select[Any]:
        """In how many documents the words are, counted up to one more than `COMMON`."""
        some = sa.select(self.key).where(self.match(asked)).limit(COMMON + 1)
        return sa.select(sa.func.count()).select_from(some.subquery())


def snippet(text: str, words: str) -> str:
    """The text around the first place where a word of the question stands, one line of at most SNIPPET characters."""
    exact = unicodedata.normalize("NFC", text).lower()
    folded = fold(exact).lower()
    found = [(folded if column == "folded" else exact).find(word) for column, word in query(words)]
    start = max(0, min((at for at in found if at >= 0), default=0) - SNIPPET // 3)
    cut = " ".join(text[start : start + SNIPPET].split())
    return f"{'…' if start else ''}{cut}{'…' if start + SNIPPET < len(text) else ''}"
