"""Where outcomes go: one JSON, JSON Lines, or a folder with a file for each record; nothing is ever half-written."""

from __future__ import annotations

import hashlib
import os
import tempfile
import unicodedata
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Protocol, TextIO

from docparse.errors import ConfigError
from docparse.run.batch import Done, Failure, Outcome, Result
from docparse.run.inputs import STDIN, Job
from docparse.run.summary import Summary

NAME_BYTES = 200
"""Longest name of a record's file in bytes; file systems end at 255 and the suffixes need room."""


class Sink(Protocol):
    """Takes the outcomes in order."""

    def write(self, outcome: Outcome) -> None:
        """Keep one outcome."""


class OneRecord:
    """The record of a single file, indented, on a stream; a failure goes elsewhere."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self._stream.write(outcome.to_json(1) + "\n")


class RecordLines:
    """JSON Lines on a stream, one record a line in the order of the inputs."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, outcome: Outcome) -> None:
        if isinstance(outcome, Done):
            self._stream.write(outcome.record + "\n")
            self._stream.flush()


class RecordFolder:
    """`NAME.json` for each record and `NAME.error.json` for each failure, written beside and renamed into place."""

    def __init__(self, folder: Path, jobs: Sequence[Job]) -> None:
        self._folder = folder
        self._names = iter(file_names(jobs))
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"cannot make the folder {folder}: {error.strerror}; choose another with -o") from error

    def write(self, outcome: Outcome) -> None:
        name = next(self._names)
        failed = isinstance(outcome, Failure)
        write_whole(self._folder / f"{name}{'.error' if failed else ''}.json", outcome.to_json(1) + "\n")
        if not failed:
            with suppress(FileNotFoundError):
                (self._folder / f"{name}.error.json").unlink()


class Nowhere:
    """For runs that want the table only."""

    def write(self, outcome: Outcome) -> None:
        """Keep nothing."""


def choose(jobs: Sequence[Job], folder: Path | None, table: bool, stream: TextIO) -> Sink:
    """The sink of a run: the folder where given, else the stream, unless that shows the table."""
    if folder is not None:
        return RecordFolder(folder, jobs)
    if table:
        return Nowhere()
    return OneRecord(stream) if len(jobs) == 1 else RecordLines(stream)


def write_whole(path: Path, content: str | bytes) -> None:
    """Write a file so that it is there wholly or not at all; text as UTF-8."""
    data = content.encode("utf-8") if isinstance(content, str) else content
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".docparse-")
        try:
            with os.fdopen(handle, "wb") as stream:
                stream.write(data)
            os.chmod(temporary, 0o666 & ~_umask())
            os.replace(temporary, path)
        except BaseException:
            with suppress(FileNotFoundError):
                os.unlink(temporary)
            raise
    except OSError as error:
        raise ConfigError(
            f"cannot write {path}: {error.strerror}; free some space or choose another folder with -o"
        ) from error


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def file_names(jobs: Sequence[Job]) -> list[str]:
    """A name without suffix for each job, no two alike on any file system: the stem, where two share it the whole file
    name, where they share that too a number after it."""
    stems = [_short("stdin" if job.path == STDIN else Path(job.path).stem or "unnamed") for job in jobs]
    taken: set[str] = set()
    out: list[str] = []
    shared = _repeated(map(_folded, stems))
    for job, stem in zip(jobs, stems, strict=True):
        wish = stem if _folded(stem) not in shared else _short(Path(job.path).name or "unnamed")
        name, n = wish, 1
        while taken & _claims(name):
            n += 1
            name = f"{wish}~{n}"
        taken |= _claims(name)
        out.append(name)
    return out


def _claims(name: str) -> set[str]:
    """The files that a name may become."""
    return {_folded(name), _folded(f"{name}.error")}


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _repeated(names: Iterable[str]) -> set[str]:
    seen: set[str] = set()
    return {name for name in names if name in seen or seen.add(name)}  # type: ignore[func-returns-value]


def _short(name: str) -> str:
    raw = os.fsencode(name)
    if len(raw) <= NAME_BYTES:
        return name
    return raw[: NAME_BYTES - 9].decode("utf-8", "ignore") + "~" + hashlib.sha256(raw).hexdigest()[:8]


def exit_code(results: Sequence[Result]) -> int:
    """0 when all is well; a single failed file ends with its own error's code; otherwise 1 when a file failed or a page
    could not be read."""
    failures = [r for r in results if isinstance(r, Failure)]
    if len(results) == 1 and failures:
        return failures[0].exit_code
    return int(bool(failures) or any(isinstance(r, Summary) and r.unreadable for r in results))
