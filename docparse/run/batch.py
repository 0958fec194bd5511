"""Files over worker processes: jobs in, one outcome for each out, in the order of the jobs.

An outcome is a record or a failure. A worker that dies costs only the file it was at; another takes its place.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from docparse.errors import DocparseError
from docparse.pipeline import parse, parse_bytes
from docparse.record import Record
from docparse.run.crew import Crew, Lost
from docparse.run.inputs import Job
from docparse.run.summary import Summary, summarize
from docparse.settings import Settings

LINGER = 0.2
"""Seconds for which outcomes are gathered before they are handed on together."""
WINDOW = 32
"""How many jobs for each worker may be ahead of the oldest one not yet handed out, so that memory stays bounded."""


@dataclass(frozen=True, slots=True)
class Done:
    """A parsed file: its record as canonical JSON on one line, and its row."""

    path: str
    record: str
    summary: Summary

    def to_json(self, indent: int | None = None) -> str:
        """The record, indented where asked."""
        return self.record if indent is None else json.dumps(json.loads(self.record), ensure_ascii=False, indent=indent)


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that has no record: the error's code, its message with what to do next, and its exit code."""

    path: str
    code: str
    message: str
    exit_code: int

    def to_json(self, indent: int | None = None) -> str:
        """The failure record, `docparse/failure/1`."""
        record = {
            "schema": "docparse/failure/1",
            "source": {"path": self.path},
            "code": self.code,
            "message": self.message,
            "exit_code": self.exit_code,
        }
        return json.dumps(record, ensure_ascii=False, indent=indent)


Outcome = Done | Failure
Result = Summary | Failure
"""What is kept of an outcome once its record is written."""

Made = TypeVar("Made")


def parse_job(job: Job, settings: Settings) -> Outcome:
    """Parse one job; whatever goes wrong becomes a failure, never a lost exception."""
    try:
        doc = parse(job.path, settings) if job.data is None else parse_bytes(job.data, job.path, settings)
        record = doc.record()
    except DocparseError as error:
        return Failure(job.path, error.code, _named(job.path, str(error)), error.exit_code)
    except MemoryError:
        return Failure(
            job.path,
            "memory",
            f"{job.path}: not enough memory for this file; use fewer --workers or lower limits.pixels",
            3,
        )
    return Done(job.path, record.to_json(), summarize(record))


def _named(path: str, message: str) -> str:
    """The message with the file's name, which a reader that works on bytes does not know."""
    return message if path in message else f"{path}: {message}"


def result(outcome: Outcome) -> Result:
    """The row of a record, or the failure."""
    return outcome.summary if isinstance(outcome, Done) else outcome


def record_of(path: str, settings: Settings) -> Record:
    """The record of a document, or the record that the file already is. Raises a DocparseError."""
    kept = kept_record(Path(path))
    return kept if kept is not None else parse(path, settings).record()


def kept_record(source: Path | bytes) -> Record | None:
    """The record in a JSON file (or its bytes) that docparse wrote; None when it is something else."""
    try:
        if isinstance(source, bytes):
            return Record.model_validate_json(source) if source.lstrip().startswith(b"{") else None
        with source.open("rb") as stream:
            if not stream.read(64).lstrip().startswith(b"{"):
                return None
            stream.seek(0)
            return Record.model_validate_json(stream.read())
    except (OSError, ValueError):
        return None


def run(
    jobs: Iterable[Job],
    settings: Settings,
    workers: int | None = None,
    work: Callable[[Job, Settings], Made] = parse_job,  # type: ignore[assignment]
) -> Iterator[Made | Failure]:
    """The outcome of each job, in order. `workers` defaults to the number of cores; a single job of a list needs no
    process. Jobs are taken from the iterable as workers become free.

    `work` must be a function of a module (it is sent to the workers by name).
    """
    if isinstance(jobs, Sized) and len(jobs) <= 1:
        yield from (work(job, settings) for job in jobs)
        return
    done: dict[int, Made | Failure] = {}
    out = 0
    for finished in rounds(jobs, settings, workers, work, linger=0.0, window=WINDOW):
        done.update(finished)
        while out in done:
            yield done.pop(out)
            out += 1


def rounds(
    jobs: Iterable[Job],
    settings: Settings,
    workers: int | None,
    work: Callable[[Job, Settings], Made],
    linger: float = LINGER,
    window: int | None = None,
) -> Iterator[list[tuple[int, Made | Failure]]]:
    """What was finished, with the number of its job, round by round: each gathers for at most `linger` seconds after
    its first outcome. With a `window` no job is begun that many for each worker after the oldest unfinished one."""
    count = workers or os.cpu_count() or 1
    crew = Crew(min(count, len(jobs)) if isinstance(jobs, Sized) else count, work, settings)
    try:
        for finished in crew.rounds(iter(jobs), linger, window):
            yield [(number, _said(outcome) if isinstance(outcome, Lost) else outcome) for number, outcome in finished]
    finally:
        crew.stop()


def _said(lost: Lost) -> Failure:
    return Failure(lost.path, lost.code, lost.message, lost.exit_code)
