"""The store on PostgreSQL where it differs from SQLite: its index of words, what a wrong URL says, its migrations."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from postgresql_server import Server, free_port
from records import LAM_DONG, LETTER, PLAN, a_record

from docparse.errors import ConfigError, StoreError
from docparse.store import migrate, schema, search
from docparse.store.corpus import Corpus
from docparse.store.vectors import vector


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    return str(tmp_path / "corpus") if request.param == "sqlite" else request.getfixturevalue("postgresql").database()


def test_originals_are_kept_in_the_database(postgresql: Server) -> None:
    record = a_record(LETTER, text="Kính gửi Sở Nội vụ")
    with Corpus.open(postgresql.database(), create=True) as corpus:
        corpus.add(record, "Kính gửi Sở Nội vụ".encode())
        assert corpus.original(record.source.sha256).decode() == "Kính gửi Sở Nội vụ"


@pytest.mark.parametrize(
    ("url", "advice"),
    [
        ("postgresql://docparse@127.0.0.1:{port}/nowhere", "createdb"),
        ("postgresql+psycopg://nobody@127.0.0.1:{port}/postgres", "createuser"),
        ("postgresql://docparse@127.0.0.1:{free}/x", "check that the server runs"),
        ("postgresql://docparse@nowhere.invalid/x", "name of the host"),
    ],
)
def test_what_cannot_be_reached_says_what_to_do(postgresql: Server, url: str, advice: str) -> None:
    with pytest.raises(StoreError, match=advice):
        Corpus.open(url.format(port=postgresql.port, free=free_port()), create=True)


def test_a_url_that_is_none_is_refused(postgresql: Server) -> None:
    for url in ("postgresql://host:port/x", "://", "oracle://host/x"):
        with pytest.raises(ConfigError, match=r"PostgreSQL URL|postgresql\+psycopg"):
            Corpus.open(url)


def test_the_password_is_not_shown(postgresql: Server) -> None:
    url = f"postgresql://docparse:verborgen@127.0.0.1:{free_port()}/x"
    with pytest.raises(StoreError) as raised:
        Corpus.open(url)
    assert "verborgen" not in str(raised.value)


def test_nearer_words_rank_before_distant_ones(where: str) -> None:
    far = "báo cáo " + " ".join(f"mục {n}" for n in range(200)) + " định kỳ"
    with Corpus.open(where, create=True) as corpus:
        corpus.add(a_record(LETTER, text=far))
        corpus.add(a_record(PLAN, text="báo cáo định kỳ"))
        assert [hit.id for hit in corpus.search("báo cáo định kỳ")] == [PLAN, LETTER]


def test_common_words_alone_are_answered_newest_first(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "COMMON", 2)
    with Corpus.open(where, create=True) as corpus:
        for urn in (LAM_DONG, LETTER, PLAN):  # of 2018, 2021, 2019
            corpus.add(a_record(urn, text=f"văn bản chung {'riêng' if urn == PLAN else ''} {urn[-3:]}"))
        assert [hit.id for hit in corpus.search("văn chung")] == [LETTER, PLAN, LAM_DONG]
        assert [hit.id for hit in corpus.search("chung", limit=1)] == [LETTER]
        assert [hit.id for hit in corpus.search("chung", until="2020-01-01")] == [PLAN, LAM_DONG]
        assert [hit.id for hit in corpus.search("chung rieng")] == [PLAN]


def test_a_text_of_more_words_than_a_vector_holds_is_taken_in(postgresql: Server) -> None:
    words = " ".join(f"từ{n:07}" for n in range(150_000)) + " " + "x" * 5000
    with Corpus.open(postgresql.database(), create=True) as corpus:
        corpus.add(a_record(LETTER, text=words))
        assert [hit.id for hit in corpus.search("từ0000007")] == [LETTER]


def test_a_vector_keeps_places() -> None:
    assert vector("thủ tục thủ 24-ct/tu") == "'thủ':1,3 'tục':2 '24-ct/tu':4"
    assert vector("a " * 400).count(",") == 254
    assert vector("b " + "a " * 20_000 + "c").endswith("'c'")


def test_the_first_migration_makes_what_the_schema_says(postgresql: Server) -> None:
    with Corpus.open(postgresql.database(), create=True) as corpus, corpus.reading() as connection:
        context = MigrationContext.configure(
            connection,
            opts={"include_object": lambda _, name, kind, *rest: not (kind == "table" and name == "words")},
        )
        assert compare_metadata(context, schema.metadata) == []


NEXT = '''
"""A later step."""
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9001", "{before}", None, None


def upgrade():
    op.add_column("document", sa.Column("shelf", sa.Text(), server_default="?"))
    op.create_index("ix_document_shelf", "document", ["shelf"])
'''


def test_a_store_of_an_older_version_is_brought_to_the_next(
    where: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Corpus.open(where, create=True) as corpus:
        corpus.add(a_record(LETTER, [("cites", PLAN)]))
    steps = tmp_path / "migrations" / "versions"
    steps.mkdir(parents=True)
    for path in migrate.HERE.rglob("*.py"):
        (tmp_path / "migrations" / path.relative_to(migrate.HERE)).write_bytes(path.read_bytes())
    (steps / "v9001_shelf.py").write_text(NEXT.format(before=schema.HEAD), "utf-8")
    monkeypatch.setattr(migrate, "HERE", tmp_path / "migrations")
    monkeypatch.setattr(schema, "HEAD", "9001")
    with Corpus.open(where) as corpus, corpus.reading() as connection:
        assert connection.execute(sa.text("SELECT shelf FROM document")).scalars().all() == ["?"]
    with Corpus.open(where) as corpus:
        assert [link.relation for link in corpus.chain(LETTER, "up").links] == ["cites"]
    monkeypatch.undo()
    with pytest.raises(StoreError, match="newer version"):
        Corpus.open(where)
