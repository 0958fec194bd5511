"""Taking files into a corpus: paths go in; records, originals and failures come to stand in the store.

The store is the journal: each outcome is kept in a transaction of its own, so a kill at any moment loses only the files
that were being read, and running again takes up where it stopped. A file whose bytes are known under the same
fingerprint is not read again. What stands in the store does not depend on the number of workers or the order of files.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from docparse.errors import DocparseError, InputError
from docparse.pipeline import parse_bytes
from docparse.run import archives
from docparse.run.batch import Failure, run
from docparse.run.fingerprint import fingerprint
from docparse.run.inputs import SUFFIXES, Job, documents_in
from docparse.settings import Settings
from docparse.store import originals, schema, search, writing
from docparse.store.corpus import Corpus
from docparse.store.rows import Rows, rows_of


@dataclass(frozen=True, slots=True)
class Ready:
    """A parsed file as the store wants it, made by the worker: its rows, the words it is found by, its size."""

    path: str
    rows: Rows
    words: tuple[str, str]
    size: int


@dataclass(slots=True)
class Report:
    """What a run did, for people and machines: `docparse/run/1`."""

    stored: int = 0
    unchanged: int = 0
    same_bytes: int = 0
    failed: list[Failure] = field(default_factory=list)
    unreadable: int = 0

    @property
    def exit_code(self) -> int:
        """0 when all is well, 1 when a file failed or a page could not be read."""
        return int(bool(self.failed or self.unreadable))

    def to_json(self) -> str:
        """The report as JSON."""
        counts = {"stored": self.stored, "unchanged": self.unchanged, "same_bytes": self.same_bytes}
        failed = [asdict(one) for one in sorted(self.failed, key=lambda f: f.path)]
        return json.dumps(
            {"schema": "docparse/run/1", **counts, "unreadable_pages": self.unreadable, "failed": failed},
            ensure_ascii=False, indent=1,
        )  # fmt: skip


Advance = Callable[[str], None]


def take_in(
    corpus: Corpus,
    paths: Iterable[str],
    settings: Settings,
    workers: int | None = None,
    advance: Advance = lambda _: None,
) -> Report:
    """Take files, folders and ZIP archives into the corpus. Files that fail are kept with their reason.

    `advance` is told each path that is done with.
    """
    return _Intake(corpus, settings, advance).run(paths, workers)


def walk(paths: Iterable[str]) -> Iterator[str]:
    """Every file that the paths stand for, in order; a member of an archive as `ARCHIVE!/NAME`."""
    for path in paths:
        for one in documents_in(path, SUFFIXES | {".zip"}):
            if archives.is_archive(Path(one)):
                try:
                    yield from (f"{one}{archives.MARK}{name}" for name in archives.members(Path(one)))
                except DocparseError:
                    yield one
            else:
                yield one


def bytes_of(path: str, settings: Settings) -> bytes:
    """The bytes of a file or of a member of an archive. Raises a DocparseError."""
    archive, mark, name = path.partition(archives.MARK)
    if mark and archives.is_archive(Path(archive)):
        return archives.read_member(Path(archive), name, settings)
    if archives.is_archive(Path(path)):
        list(archives.members(Path(path)))
    try:
        if Path(path).stat().st_size > settings.limits.bytes:
            raise InputError(f"{path} is larger than limits.bytes ({settings.limits.bytes}); raise it with --set")
        return Path(path).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check the path and its permissions") from error


def prepare(job: Job, settings: Settings) -> Ready | Failure:
    """A worker's work: parse the bytes and make the rows. Whatever goes wrong becomes a failure."""
    try:
        data = job.data if job.data is not None else Path(str(job.stored)).read_bytes()
        record = parse_bytes(data, job.path, settings).record()
        return Ready(job.path, rows_of(record, job.fingerprint), search.words_of(writing.searched(record)), len(data))
    except DocparseError as error:
        message = str(error) if job.path in str(error) else f"{job.path}: {error}"
        return Failure(job.path, error.code, message, error.exit_code)
    except MemoryError:
        advice = "give it more with --set run.memory_mb=N"
        return Failure(job.path, "memory", f"{job.path}: not enough memory for this file; {advice}", 3)


class _Intake:
    """One run: what it knows of the corpus, what is on its way, and what it reports."""

    def __init__(self, corpus: Corpus, settings: Settings, advance: Advance) -> None:
        self._corpus, self._settings, self._advance = corpus, settings, advance
        self._print = fingerprint(settings)
        self._waiting: dict[str, list[tuple[str, int]]] = {}
        self._hashes: dict[str, str] = {}
        self._report = Report()

    def run(self, paths: Iterable[str], workers: int | None) -> Report:
        key = self._begin()
        for outcome in run(self._jobs(paths), self._settings, workers, prepare, ordered=False):
            digest = self._hashes.pop(outcome.path)
            if isinstance(outcome, Ready):
                self._store(outcome, digest)
            else:
                self._fail(outcome, digest)
            self._advance(outcome.path)
        with self._corpus.writing() as connection:
            values = {"ended": _now(), "summary": self._report.to_json()}
            connection.execute(schema.run.update().where(schema.run.c.id == key).values(**values))
        return self._report

    def _begin(self) -> int:
        with self._corpus.writing() as connection:
            statement = schema.run.insert().values(started=_now(), fingerprint=self._print).returning(schema.run.c.id)
            return int(connection.execute(statement).scalar_one())

    def _jobs(self, paths: Iterable[str]) -> Iterator[Job]:
        """A job for each file that has to be read; what is known is settled on the way."""
        for path in walk(paths):
            try:
                data = bytes_of(path, self._settings)
            except DocparseError as error:
                message = str(error) if path in str(error) else f"{path}: {error}"
                self._fail(Failure(path, error.code, message, error.exit_code), None)
                self._advance(path)
                continue
            digest = hashlib.sha256(data).hexdigest()
            if digest in self._waiting:
                self._waiting[digest].append((path, len(data)))
                continue
            if self._known(path, digest, len(data)):
                self._advance(path)
                continue
            with self._corpus.writing() as connection:
                originals.keep(data, self._corpus.folder, connection)
            self._waiting[digest] = []
            self._hashes[path] = digest
            stored = None if self._corpus.folder is None else str(originals.path_of(digest, self._corpus.folder))
            yield Job(path, data if stored is None else None, stored, self._print)

    def _known(self, path: str, digest: str, size: int) -> bool:
        d, f = schema.document, schema.file
        with self._corpus.reading() as connection:
            made = connection.execute(sa.select(d.c.fingerprint).where(d.c.sha256 == digest)).scalar()
            at = connection.execute(sa.select(f.c.sha256).where(f.c.path == path)).scalar()
        if made != self._print:
            return False
        if at == digest:
            self._report.unchanged += 1
            return True
        with self._corpus.writing() as connection:
            writing.put_path(connection, path, digest, size)
        self._report.same_bytes += 1
        return True

    def _store(self, ready: Ready, digest: str) -> None:
        with self._corpus.writing() as connection:
            writing.put(connection, ready.rows, ready.words, ready.size)
            for path, size in self._waiting.pop(digest):
                writing.put_path(connection, path, digest, size)
                self._report.same_bytes += 1
                self._advance(path)
        self._report.stored += 1
        self._report.unreadable += int(ready.rows.document["unreadable"])

    def _fail(self, failure: Failure, digest: str | None) -> None:
        others = self._waiting.pop(digest, []) if digest else []
        with self._corpus.writing() as connection:
            for path in (failure.path, *(path for path, _ in others)):
                message = failure.message.replace(failure.path, path)
                one = Failure(path, failure.code, message, failure.exit_code)
                writing.put_failure(connection, asdict(one) | {"sha256": digest, "fingerprint": self._print})
                self._report.failed.append(one)
        for path, _ in others:
            self._advance(path)


def failed_paths(corpus: Corpus) -> list[str]:
    """The paths of the files that gave no record, for `docparse retry`."""
    with corpus.reading() as connection:
        column = schema.failure.c.path
        return list(connection.execute(sa.select(column).order_by(column)).scalars())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
