"""Taking files into a corpus: paths go in; records, originals and failures come to stand in the store.

The store is the journal: what was finished is kept in one transaction each time, so a kill at any moment loses only the
files that were on their way, and running again takes up where it stopped. A file whose bytes are known under the same
fingerprint is not read again. What stands in the store does not depend on the number of workers or the order of files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path

import sqlalchemy as sa

from docparse.errors import DocparseError, InputError, TooLarge
from docparse.pipeline import parse_bytes
from docparse.run import archives
from docparse.run.batch import Failure, rounds
from docparse.run.fingerprint import fingerprint
from docparse.run.inputs import SUFFIXES, Job, documents_in, on_disk, printable
from docparse.run.report import Report
from docparse.settings import Settings
from docparse.store import originals, schema, search, writing
from docparse.store.corpus import Corpus
from docparse.store.gathered import Entry, put_all
from docparse.store.rows import rows_of

CHUNK_FILES = 64
CHUNK_BYTES = 16_000_000
"""How many files, and about how many bytes, are looked up in the store at once."""

Advance = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Ready:
    """A parsed file as the store wants it, made by the worker."""

    path: str
    entry: Entry


@dataclass(frozen=True, slots=True)
class _Found:
    """A file with its bytes, read once, and their hash."""

    path: str
    data: bytes
    sha256: str


def take_in(
    corpus: Corpus,
    paths: Iterable[str],
    settings: Settings,
    workers: int | None = None,
    advance: Advance = lambda _: None,
    report: Report | None = None,
) -> Report:
    """Take files, folders and ZIP archives into the corpus. Files that fail are kept with their reason.

    `advance` is told each path that is done with, once it is kept; `report` is added to where given. Raises StoreError
    when the corpus cannot be written; what was kept before stays whole.
    """
    return _Intake(corpus, settings, advance, report or Report()).run(paths, workers)


def walk(paths: Iterable[str]) -> Iterator[str]:
    """Every file that the paths stand for, in order, as it is asked for; a member of an archive as `ARCHIVE!/NAME`."""
    for path in paths:
        for one in documents_in(path, SUFFIXES | {archives.NESTED}):
            names: list[str] = []
            if archives.is_archive(Path(one)):
                try:
                    names = archives.members(Path(one))
                except DocparseError:
                    names = []  # reading the archive itself gives the reason
            yield from (f"{one}{archives.MARK}{name}" for name in names) if names else (one,)


def bytes_of(path: str, settings: Settings) -> bytes:
    """The bytes of a file or of a member of an archive. Raises a DocparseError."""
    archive, mark, name = path.partition(archives.MARK)
    if mark and archives.is_archive(Path(archive)):
        return archives.read_member(Path(archive), name, settings)
    file = Path(path)
    try:
        if file.exists() and not file.is_file():
            what = "a folder without documents" if file.is_dir() else "no file"
            raise InputError(f"{path} is {what}; name files, folders of documents or ZIP archives")
        if file.stat().st_size > settings.limits.bytes:
            raise TooLarge(f"{path} is larger than limits.bytes ({settings.limits.bytes}); raise it with --set")
        if archives.is_archive(file) and not archives.members(file):
            raise InputError(f"{path} holds no documents; check the archive")
        return file.read_bytes()
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check the path and its permissions") from error


def prepare(job: Job, settings: Settings) -> Ready | Failure:
    """A worker's work: parse the bytes and make the rows. Whatever goes wrong becomes a failure."""
    try:
        data = job.data if job.data is not None else Path(str(job.stored)).read_bytes()
        record = parse_bytes(data, job.path, settings).record()
        words = search.words_of(writing.searched(record))
        return Ready(job.path, Entry(rows_of(record, job.fingerprint), words, len(data)))
    except DocparseError as error:
        return _failure(job.path, error)
    except MemoryError:
        advice = "give it more with --set run.memory_mb=N"
        return Failure(job.path, "memory", f"{job.path}: not enough memory for this file; {advice}", 3)


def _failure(path: str, error: DocparseError) -> Failure:
    said = printable(str(error))
    return Failure(path, error.code, said if path in said else f"{path}: {said}", error.exit_code)


class _Intake:
    """One run: what it knows of the corpus, what is on its way, and what it reports."""

    def __init__(self, corpus: Corpus, settings: Settings, advance: Advance, report: Report) -> None:
        self._corpus, self._settings, self._advance = corpus, settings, advance
        self._print = fingerprint(settings)
        self._waiting: dict[str, list[tuple[str, int]]] = {}
        """The bytes that are on their way, by hash, with the other paths at which they stand."""
        self._hashes: dict[str, str] = {}
        self._report = report

    def run(self, paths: Iterable[str], workers: int | None) -> Report:
        key = self._begin()
        for finished in rounds(self._jobs(paths), self._settings, workers, prepare):
            self._keep([outcome for _, outcome in finished])
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
        files = iter(walk(map(on_disk, paths)))
        while True:
            found, failed, asked, size = [], [], 0, 0
            for path in islice(files, CHUNK_FILES):
                asked += 1
                try:
                    data = bytes_of(path, self._settings)
                except DocparseError as error:
                    failed.append((_failure(printable(path), error), None))
                else:
                    found.append(_Found(printable(path), data, hashlib.sha256(data).hexdigest()))
                    size += len(data)
                if size > CHUNK_BYTES:
                    break
            if not asked:
                return
            yield from self._settled(found, failed)

    def _settled(self, found: list[_Found], failed: list[tuple[Failure, None]]) -> list[Job]:
        """The jobs for those of the files that the store does not know yet."""
        made, at = self._known(found)
        jobs: list[Job] = []
        moved: list[_Found] = []
        done: list[str] = []
        fresh: list[bytes] = []
        for one in found:
            if one.sha256 in self._waiting:
                self._waiting[one.sha256].append((one.path, len(one.data)))
            elif made.get(one.sha256) == self._print:
                done.append(one.path)
                if at.get(one.path) == one.sha256:
                    self._report.unchanged += 1
                else:
                    moved.append(one)
            else:
                self._waiting[one.sha256] = []
                self._hashes[one.path] = one.sha256
                fresh.append(one.data)
                jobs.append(self._job(one))
        if self._corpus.folder is not None:
            for data in fresh:
                originals.keep(data, self._corpus.folder, None)
        if moved or failed or (fresh and self._corpus.folder is None):
            with self._corpus.writing() as connection:
                if self._corpus.folder is None:
                    for data in fresh:
                        originals.keep(data, None, connection)
                for one in moved:
                    writing.put_path(connection, one.path, one.sha256, len(one.data))
                for failure, _ in failed:
                    self._put_failure(connection, failure, None)
        self._report.same_bytes += len(moved)
        self._report.failed += [failure for failure, _ in failed]
        for path in [*done, *(failure.path for failure, _ in failed)]:
            self._advance(path)
        return jobs

    def _job(self, one: _Found) -> Job:
        """What the worker reads are the bytes that were hashed, whatever happens to the file meanwhile."""
        if self._corpus.folder is None:
            return Job(one.path, one.data, None, self._print)
        return Job(one.path, None, str(originals.path_of(one.sha256, self._corpus.folder)), self._print)

    def _known(self, found: list[_Found]) -> tuple[dict[str, str], dict[str, str]]:
        """What the store says of the files: the fingerprint by hash, and the hash by path."""
        d, f = schema.document.c, schema.file.c
        hashes, paths = [one.sha256 for one in found], [one.path for one in found]
        with self._corpus.reading() as connection:
            made = connection.execute(sa.select(d.sha256, d.fingerprint).where(d.sha256.in_(hashes)))
            at = connection.execute(sa.select(f.path, f.sha256).where(f.path.in_(paths)))
            return {row.sha256: row.fingerprint for row in made}, {row.path: row.sha256 for row in at}

    def _keep(self, outcomes: list[Ready | Failure]) -> None:
        """Store what is finished, in one transaction, and only then say so."""
        ready = [one for one in outcomes if isinstance(one, Ready)]
        failures = [one for one in outcomes if isinstance(one, Failure)]
        done = [one.path for one in outcomes]
        failed: list[Failure] = []
        same = 0
        with self._corpus.writing() as connection:
            put_all(connection, [one.entry for one in ready])
            for one in ready:
                digest = self._hashes.pop(one.path)
                for path, size in self._waiting.pop(digest):
                    writing.put_path(connection, path, digest, size)
                    same += 1
                    done.append(path)
            for failure in failures:
                digest = self._hashes.pop(failure.path)
                for path in (failure.path, *(path for path, _ in self._waiting.pop(digest))):
                    message = failure.message.replace(failure.path, path)
                    failed.append(Failure(path, failure.code, message, failure.exit_code))
                    self._put_failure(connection, failed[-1], digest)
                    if path != failure.path:
                        done.append(path)
        self._report.stored += len(ready)
        self._report.same_bytes += same
        self._report.failed += failed
        self._report.unreadable += sum(int(one.entry.rows.document["unreadable"]) for one in ready)
        for path in done:
            self._advance(path)

    def _put_failure(self, connection: sa.Connection, failure: Failure, digest: str | None) -> None:
        writing.put_failure(connection, asdict(failure) | {"sha256": digest, "fingerprint": self._print})


def failed_paths(corpus: Corpus) -> list[str]:
    """The paths of the files that gave no record, for `docparse retry`."""
    with corpus.reading() as connection:
        column = schema.failure.c.path
        return list(connection.execute(sa.select(column).order_by(column)).scalars())


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
