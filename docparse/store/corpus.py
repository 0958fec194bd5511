"""The corpus: where it is goes in; one object that takes records in and answers questions comes out.

A question is one reading transaction; `writing` is one writing transaction, whole or not at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal, overload

import sqlalchemy as sa

import docparse  # its public names load the readers when they are first asked for
from docparse.errors import InputError, NotFound
from docparse.link import audit, reconciling, series, status
from docparse.link.correcting import Correction
from docparse.places import slug
from docparse.record import Record
from docparse.settings import Settings
from docparse.store import (
    agenda,
    amending,
    bulk,
    chains,
    cited,
    corrections,
    database,
    doubts,
    frames,
    graphs,
    lookup,
    originals,
    schema,
    search,
    whole,
    writing,
)
from docparse.store.rows import rows_of

if TYPE_CHECKING:
    import networkx
    import pandas
    import rustworkx


class Corpus:
    """A store of records that knows which documents they mean. Use it as a context manager, or `close` it."""

    def __init__(self, engine: sa.Engine, place: database.Place, where: str) -> None:
        self._engine, self._place, self.where = engine, place, where

    @classmethod
    def open(cls, where: str | Path, create: bool = False) -> Corpus:
        """The corpus in a folder or behind a PostgreSQL URL, brought to this version.

        Raises ConfigError when there is none and `create` is not set; StoreError when it is newer or damaged.
        """
        engine, place = database.connect(where, create)
        return cls(engine, place, str(where))

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()

    def __enter__(self) -> Corpus:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    @property
    def folder(self) -> Path | None:
        """The folder of the corpus, where it has one; a database elsewhere keeps the originals itself."""
        return self._place.folder

    @contextmanager
    def reading(self) -> Iterator[sa.Connection]:
        """One reading transaction; database errors come as StoreError."""
        with database.translated(self.where), self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[sa.Connection]:
        """One writing transaction, kept whole when the block ends well."""
        engine = self._engine.execution_options(writes=True)
        with database.translated(self.where), engine.begin() as connection:
            yield connection

    def add(
        self,
        source: Record | bytes | str | Path,
        data: bytes | None = None,
        fingerprint: str = "",
        name: str = "-",
        settings: Settings | None = None,
    ) -> str:
        """Take in a record (with the bytes of its file as `data` where given), a file, or the bytes of one, called
        `name`; in place of an earlier reading of the same bytes. Many files are quicker with `docparse run`.

        Gives the id of the document that it means now. Raises a DocparseError for a file that cannot be read.
        """
        if isinstance(source, Record):
            record = source
        else:
            settings = settings or Settings.load()
            name = name if isinstance(source, bytes) else str(source)
            data = source if isinstance(source, bytes) else _bytes_of(Path(source), settings)
            record = docparse.parse_bytes(data, name, settings).record()
        with self.writing() as connection:
            if data is not None:
                originals.keep(data, self._place.folder, connection)
            key = writing.put(
                connection, rows_of(record, fingerprint), search.words_of(writing.searched(record)), record.source.bytes
            )
            return self._id(connection, key)

    @contextmanager
    def bulk(self) -> Iterator[bulk.Bulk]:
        """A load of many new records at once, whole when the block ends well: see `bulk.Bulk.add`."""
        with self.writing() as connection, bulk.loading(connection) as load:
            yield load

    def remove(self, sha256: str) -> bool:
        """Take a document out; its original stays. Says whether it was there."""
        with self.writing() as connection:
            return writing.remove(connection, sha256)

    def _id(self, connection: sa.Connection, key: int) -> str:
        own, node = schema.name.alias(), schema.name.alias()
        statement = (
            sa.select(node.c.urn)
            .join(own, own.c.node == node.c.id)
            .join(schema.document, schema.document.c.name == own.c.id)
            .where(schema.document.c.id == key)
        )
        return str(connection.execute(statement).scalar_one())

    def correct(
        self, called: str, field: str, value: str, author: str, note: str = "", quote: str = ""
    ) -> amending.Amended:
        """Say what a field of a document is: it wins over the machine in all later runs. See `amending.correct`."""
        with self.writing() as connection:
            return amending.correct(connection, called, field, value, author, note, quote)

    def undo(self, called: str, number: int, author: str) -> amending.Amended:
        """Take the correction of that number back. Raises NotFound."""
        with self.writing() as connection:
            return amending.undo(connection, called, number, author)

    def corrections(self, called: str | None = None) -> list[amending.Entry]:
        """What people said of a document, or of all, and what became of it."""
        with self.reading() as connection:
            return amending.listed(connection, called)

    def enter(self, said: Iterable[tuple[str, Correction]]) -> int:
        """Enter corrections made elsewhere, each with the hash of its file; gives how many were new."""
        with self.writing() as connection:
            return amending.enter(connection, said)

    def queue(self, below: float = doubts.LOW, called: str | None = None) -> list[doubts.Doubt]:
        """What a person should look at, of all documents or of one, what is worth most first."""
        with self.reading() as connection:
            return doubts.doubts(connection, below, lookup.find(connection, called).id if called else None)

    def document(self, called: str) -> lookup.Node:
        """The document that is called so: by id, number or hash. Raises NotFound with the nearest ones."""
        with self.reading() as connection:
            return lookup.find(connection, called)

    def record(self, sha256: str) -> Record:
        """The record of a file; of several paths with the same bytes it names the first. Raises NotFound."""
        with self.reading() as connection:
            return self._record(connection, sha256)

    def _record(self, connection: sa.Connection, sha256: str) -> Record:
        d = schema.document
        row = connection.execute(sa.select(d.c.record, d.c.path).where(d.c.sha256 == sha256)).first()
        if row is None:
            raise NotFound(f"the corpus has no file {sha256}; look for it with: docparse search WORDS")
        record = corrections.record_of(row.record, corrections.history(connection, sha256))
        return record.model_copy(update={"source": record.source.model_copy(update={"path": row.path})})

    def records(self) -> Iterator[Record]:
        """Every record, ordered by the hash of its file."""
        with self.reading() as connection:
            hashes = list(
                connection.execute(sa.select(schema.document.c.sha256).order_by(schema.document.c.sha256)).scalars()
            )
        for digest in hashes:
            yield self.record(digest)

    def original(self, sha256: str) -> bytes:
        """The bytes of a file as they were taken in. Raises NotFound."""
        with self.reading() as connection:
            return originals.read(sha256, self._place.folder, connection)

    def search(
        self,
        words: str,
        limit: int = 20,
        issuer: str | None = None,
        type: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> list[search.Hit]:
        """The best documents for the words, best first, each with a snippet."""
        d = schema.document
        filters = [
            *([d.c.issuer.contains(issuer, autoescape=True)] if issuer else []),
            *([d.c.type == type] if type else []),
            *([d.c.date >= since] if since else []),
            *([d.c.date <= until] if until else []),
        ]
        with self.reading() as connection:
            return search.search(connection, words, limit, filters)

    def chain(
        self,
        called: str,
        direction: chains.Direction,
        depth: int = 3,
        relations: Collection[str] = (),
        as_of: str | None = None,
    ) -> chains.Chain:
        """What a document rests on (`up`), or what rests on it (`down`)."""
        with self.reading() as connection:
            root = lookup.find(connection, called)
            return chains.chain(connection, root.key, direction, depth, relations, as_of)

    def path(self, a: str, b: str, depth: int = 10) -> tuple[list[chains.Link], Mapping[int, lookup.Node]]:
        """The shortest way of citations from one document to another. Raises NotFound where there is none."""
        with self.reading() as connection:
            return cited.path(connection, lookup.find(connection, a), lookup.find(connection, b), depth)

    def cited(
        self, limit: int = 20, awaited: bool = False, relation: str | None = None
    ) -> list[tuple[lookup.Node, int]]:
        """The documents that the most documents cite, with how many do; `awaited`: only those that are not held."""
        with self.reading() as connection:
            return cited.most_cited(connection, limit, awaited, relation)

    def tasks(self, body: str | None = None, since: str | None = None, before: str | None = None) -> list[agenda.Item]:
        """Who owes what by when, from all records: see `agenda.agenda`."""
        with self.reading() as connection:
            return agenda.agenda(connection, body, since, before)

    def status(self, called: str, as_of: str | None = None) -> tuple[lookup.Node, status.Status, chains.Chain]:
        """Whether a document is in force on a day, with the acts behind it and their evidence."""
        with self.reading() as connection:
            node = lookup.find(connection, called)
            acting = chains.chain(connection, node.key, "down", 1, status.ACTING)
            return node, status.status_of(chains.acts(acting), as_of), acting

    def series(self, issuer: str | None = None, type: str | None = None) -> list[series.Series]:
        """Every series of numbers, with what is missing from it; of one issuer (part of its slug) or one type word."""
        with self.reading() as connection:
            documents = whole.documents(connection)
        return [
            one
            for one in series.series_of(documents)
            if (issuer is None or slug(issuer) in ".".join((one.authority, *one.places)))
            and (type is None or one.type == slug(type))
        ]

    def audit(self) -> list[audit.Finding]:
        """What cannot be right in the corpus, each finding with its code and evidence."""
        with self.reading() as connection:
            warned = whole.warned(connection, "symbol-issuer")
            return audit.audit(whole.documents(connection), whole.edges(connection), warned)

    def duplicates(self) -> list[lookup.Node]:
        """The documents that several files hold, each with its files, the best reading first."""
        with self.reading() as connection:
            return whole.duplicates(connection)

    def made(self) -> Iterator[tuple[Record, str]]:
        """Every record with the fingerprint of what made it, ordered by the hash of its file."""
        d = schema.document
        with self.reading() as connection:
            rows = connection.execute(sa.select(d.c.sha256, d.c.fingerprint))
            prints: dict[str, str] = {row.sha256: row.fingerprint for row in rows}
        for record in self.records():
            yield record, prints[record.source.sha256]

    def best(self) -> Iterator[tuple[str, Record]]:
        """The id and the best reading of every document held, in order of the id."""
        for node in self.nodes():
            if node.held:
                yield node.id, self.record(node.files[0][0])

    def register_rows(self) -> list[reconciling.Row]:
        """Every document held that has a number, as a register names it."""
        held = (node for node in self.nodes() if node.held)
        return [reconciling.Row(node.id, node.number, node.date, node.title) for node in held if node.number]

    def nodes(self) -> Iterator[lookup.Node]:
        """Every document of the world that the corpus knows, held or only cited, in order of its id."""
        with self.reading() as connection:
            keys = whole.keys(connection)
        for at in range(0, len(keys), lookup.IN_ONE):
            part = keys[at : at + lookup.IN_ONE]
            with self.reading() as connection:
                found = lookup.nodes(connection, part)
            yield from (found[key] for key in part)

    def relations(self) -> Iterator[tuple[str, str, str, list[tuple[str, float]]]]:
        """Every relation between two documents once: the citing and the cited one's id, the relation, and where it is
        said (`SHA-256#citation`) with its confidence, in order."""
        with self.reading() as connection:
            yield from whole.relations(connection)

    @overload
    def graph(
        self, library: Literal["rustworkx"] = "rustworkx"
    ) -> rustworkx.PyDiGraph[dict[str, Any], dict[str, Any]]: ...

    @overload
    def graph(self, library: Literal["networkx"]) -> networkx.MultiDiGraph: ...

    def graph(self, library: graphs.Library = "rustworkx") -> Any:
        """The graph of all documents, held and cited, and their relations: see `graphs.graph_of`."""
        return graphs.graph_of(self.nodes(), self.relations(), library)

    def to_pandas(self, table: frames.Table = "documents") -> pandas.DataFrame:
        """One of the tables `frames.COLUMNS` as a data frame: see `frames.frame`."""
        return frames.frame(table, self.records(), self.nodes(), self.relations())


def _bytes_of(path: Path, settings: Settings) -> bytes:
    """The bytes of a file, of one beyond `limits.bytes` only so many that it is refused."""
    try:
        with path.open("rb") as stream:
            return stream.read(settings.limits.bytes + 1)
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path and its permissions") from error
