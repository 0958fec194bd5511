"""Loading many at once gives the corpus that taking in one by one gives, on both databases."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from scale.generator import Generator, record

from docparse.errors import StoreError
from docparse.store import schema
from docparse.store.corpus import Corpus
from docparse.store.rows import rows_of

DOCUMENTS = 120


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "bulk") if request.param == "sqlite" else request.getfixturevalue("postgresql").database()


def contents(corpus: Corpus) -> list[Any]:
    """What a corpus says, without the numbers of its rows."""
    own, head, n, e = schema.name.alias(), schema.name.alias(), schema.name, schema.edge
    names = sa.select(n.c.urn, head.c.urn, n.c.reason, n.c.candidates, n.c.number, n.c.date, n.c.title).join(
        head, head.c.id == n.c.node
    )
    edges = sa.select(own.c.urn, head.c.urn, e.c.relation, e.c.citation).join(own, own.c.id == e.c.source)
    with corpus.reading() as connection:
        return [
            sorted(map(tuple, connection.execute(names)), key=repr),
            sorted(map(tuple, connection.execute(edges.join(head, head.c.id == e.c.target))), key=repr),
            sorted(connection.execute(sa.select(schema.document.c.sha256, schema.document.c.newest)).fetchall()),
        ]


def test_many_at_once_is_the_same_as_one_by_one(where: str, tmp_path: Path) -> None:
    with Corpus.open(where, create=True) as corpus, Corpus.open(tmp_path / "single", create=True) as single:
        documents = list(Generator(DOCUMENTS))
        for half in (documents[:70], documents[70:]):  # the second load meets the names of the first
            with corpus.bulk() as load:
                for rows, words, size in half:
                    load.add(rows, words, size)
        for rows, _, _ in documents:
            single.add(record(rows), fingerprint="scale")
        assert contents(corpus) == contents(single)
        word = documents[7][0].own.title
        assert word
        assert [hit.id for hit in corpus.search(word)] == [hit.id for hit in single.search(word)]
        before = contents(corpus)
        with pytest.raises(StoreError, match="docparse run"), corpus.bulk() as load:
            load.add(*documents[3])
        assert contents(corpus) == before  # and its indexes are there
        with corpus.reading() as connection:
            names = {index["name"] for index in sa.inspect(connection).get_indexes("edge")}
        assert names == {str(index.name) for index in schema.edge.indexes}
        for rows, _, _ in Generator(DOCUMENTS, seed=2):
            if rows.document["path"] not in {old.document["path"] for old, _, _ in documents}:
                corpus.add(record(rows))  # the sequences of PostgreSQL go on behind the loaded rows
                break


def test_generated_rows_are_those_of_their_records() -> None:
    for rows, _, _ in Generator(30):
        made = rows_of(record(rows), "scale")
        assert (made.own, made.targets, made.edges) == (rows.own, rows.targets, rows.edges)
        assert {**made.document, "record": b""} == {**rows.document, "record": b""}
    first, again = ([rows.own.urn for rows, _, _ in Generator(50)] for _ in range(2))
    assert first == again
