"""The store on a real SQLite file and a real PostgreSQL server: records come back, new readings replace old ones."""

from __future__ import annotations

import itertools
import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from records import LAM_DONG, LETTER, PLAN, a_record

from docparse.errors import ConfigError, NotFound, StoreError
from docparse.store import schema
from docparse.store.corpus import Corpus

UNDATED = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:;24-ct-tu"
ELSEWHERE = "urn:lex:vn;bac.kan:tinh.uy:chi.thi:2015-06-01;24-ct-tu"


@pytest.fixture(params=["sqlite", "postgresql"])
def corpus(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Corpus]:
    where = tmp_path / "corpus" if request.param == "sqlite" else request.getfixturevalue("postgresql").database()
    with Corpus.open(where, create=True) as opened:
        yield opened


def whole(corpus: Corpus) -> list[tuple[str, str, str]]:
    """Every name with what it stands for and why."""
    node = schema.name.alias()
    statement = sa.select(schema.name.c.urn, node.c.urn, schema.name.c.reason, schema.name.c.title).join(
        node, node.c.id == schema.name.c.node
    )
    with corpus.reading() as connection:
        return sorted(tuple(row) for row in connection.execute(statement))


def test_a_record_comes_back_as_it_was(corpus: Corpus) -> None:
    record = a_record(LETTER, [("implements", LAM_DONG)], text="Triển khai thực hiện Chỉ thị")
    assert corpus.add(record, "Triển khai thực hiện Chỉ thị".encode()) == LETTER
    assert corpus.record(record.source.sha256) == record
    assert corpus.original(record.source.sha256).decode() == "Triển khai thực hiện Chỉ thị"
    assert list(corpus.records()) == [record]


def test_a_document_is_found_by_id_number_and_hash(corpus: Corpus) -> None:
    record = a_record(LETTER, [("implements", LAM_DONG)])
    corpus.add(record)
    for called in (LETTER, "167-CV/HU", record.source.sha256, record.source.sha256[:10]):
        assert corpus.document(called).id == LETTER
    cited = corpus.document(LAM_DONG)
    assert (cited.held, cited.number) == (False, "24-CT/TU")


def test_of_two_with_one_number_the_one_that_is_held_is_meant(corpus: Corpus) -> None:
    decision = "urn:lex:vn;lam.dong:uy.ban.nhan.dan:quyet.dinh:2021-05-17;642-qd-ubnd"
    corpus.add(a_record(decision, [("promulgates", decision.replace("quyet.dinh", "quy.che"))]))
    assert corpus.document("642-QD/UBND").id == decision


def test_an_unknown_document_names_the_nearest(corpus: Corpus) -> None:
    corpus.add(a_record(LETTER))
    with pytest.raises(NotFound, match="167-cv-hu"):
        corpus.document(LETTER.replace("167", "16").replace("2021-04-20", "2021-04-21"))


def test_what_is_said_in_part_joins_when_the_whole_is_known(corpus: Corpus) -> None:
    corpus.add(a_record(LETTER, [("implements", UNDATED)]))
    assert corpus.document(UNDATED).id == UNDATED
    corpus.add(a_record(LAM_DONG))
    assert corpus.document(UNDATED).id == LAM_DONG
    corpus.add(a_record(ELSEWHERE))
    assert corpus.document(UNDATED).id == LAM_DONG  # another province changes nothing


def test_what_joined_parts_again_when_the_whole_is_taken_out(corpus: Corpus) -> None:
    letter, directive = a_record(LETTER, [("implements", UNDATED)]), a_record(LAM_DONG)
    corpus.add(letter)
    before = whole(corpus)
    corpus.add(directive)
    assert corpus.remove(directive.source.sha256)
    assert whole(corpus) == before


def test_a_new_reading_of_the_same_bytes_replaces_the_old(corpus: Corpus) -> None:
    old = a_record(LETTER, [("cites", PLAN)], text="một văn bản")
    new = a_record(LETTER, [("implements", LAM_DONG)], text="một văn bản")
    corpus.add(old)
    corpus.add(new)
    assert [record.id for record in corpus.records()] == [LETTER]
    assert {node.id for node in corpus.chain(LETTER, "up").nodes.values()} == {LETTER, LAM_DONG}
    with pytest.raises(NotFound):
        corpus.document(PLAN)


def test_the_order_of_documents_does_not_matter(tmp_path: Path) -> None:
    records = [
        a_record(LETTER, [("implements", UNDATED)]),
        a_record(PLAN, [("implements", LAM_DONG), ("cites", LETTER)]),
        a_record(ELSEWHERE),
    ]
    seen = []
    for place, order in enumerate(itertools.permutations(records)):
        with Corpus.open(tmp_path / str(place), create=True) as corpus:
            for record in order:
                corpus.add(record)
            seen.append(whole(corpus))
    assert all(names == seen[0] for names in seen)


def test_a_chain_goes_up_and_down_with_its_evidence(corpus: Corpus) -> None:
    corpus.add(a_record(PLAN, [("implements", LAM_DONG)]))
    corpus.add(a_record(LETTER, [("cites", PLAN)]))
    down = corpus.chain(LAM_DONG, "down")
    assert {down.nodes[key].id: level for key, level in down.depth.items()} == {LAM_DONG: 0, PLAN: 1, LETTER: 2}
    assert [link.relation for link in corpus.chain(LETTER, "up", depth=1).links] == ["cites"]
    assert down.links[0].evidence[0].citation.startswith("citation:")
    assert len(corpus.chain(LAM_DONG, "down", relations=["implements"]).nodes) == 2
    assert len(corpus.chain(LAM_DONG, "down", as_of="2020-01-01").nodes) == 2  # the letter is of 2021


def test_words_are_found_with_and_without_diacritics(corpus: Corpus) -> None:
    corpus.add(a_record(LETTER, text="Cải cách thủ tục hành chính, đẩy mạnh số hóa theo Chỉ thị 24-CT/TU"))
    corpus.add(a_record(PLAN, text="Thu tục là một từ khác"))
    assert {hit.id for hit in corpus.search("thu tuc")} == {LETTER, PLAN}
    assert {hit.id for hit in corpus.search("thủ tục")} == {LETTER}
    assert {hit.id for hit in corpus.search("day manh 24-ct/tu")} == {LETTER}
    assert corpus.search("thủ tục", since="2022-01-01") == []
    with pytest.raises(ConfigError):
        corpus.search("!?")


def test_two_read_while_one_writes(corpus: Corpus) -> None:
    corpus.add(a_record(LAM_DONG))
    errors: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(40):
                corpus.chain(LAM_DONG, "down")
        except BaseException as error:
            errors.append(error)

    readers = [threading.Thread(target=read) for _ in range(2)]
    for reader in readers:
        reader.start()
    for day in range(1, 21):
        corpus.add(a_record(LETTER.replace("-20;", f"-{day:02};"), [("implements", LAM_DONG)]))
    for reader in readers:
        reader.join()
    assert not errors
    assert len(corpus.chain(LAM_DONG, "down").nodes) == 21


def test_the_migrations_make_what_the_schema_says(corpus: Corpus) -> None:
    with corpus.reading() as connection:
        words = lambda _, name, kind, *rest: not (kind == "table" and str(name).startswith("words"))  # noqa: E731
        context = MigrationContext.configure(connection, opts={"include_object": words})
        assert compare_metadata(context, schema.metadata) == []


def test_no_corpus_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="docparse run"):
        Corpus.open(tmp_path / "nowhere")
    with pytest.raises(ConfigError, match="PostgreSQL"):
        Corpus.open("mysql://somewhere/x")


def test_a_newer_store_is_refused(tmp_path: Path) -> None:
    Corpus.open(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / "corpus.db") as raw:
        raw.execute("UPDATE alembic_version SET version_num = '9999'")
    raw.close()
    with pytest.raises(StoreError, match="update docparse"):
        Corpus.open(tmp_path)


def test_a_damaged_store_says_so(tmp_path: Path) -> None:
    Corpus.open(tmp_path, create=True).close()
    data = (tmp_path / "corpus.db").read_bytes()
    (tmp_path / "corpus.db").write_bytes(b"\0" * 4096 + data[4096:])
    with pytest.raises(StoreError, match="restore"):
        Corpus.open(tmp_path)
