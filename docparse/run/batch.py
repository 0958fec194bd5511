"""Files over worker processes: jobs in, one outcome for each out, in the order of the jobs.

An outcome is a record or a failure. A worker that dies costs only the file it was at; another takes its place.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import resource
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Sized
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any, Generic, TypeVar

from docparse.errors import DocparseError
from docparse.pipeline import parse, parse_bytes
from docparse.record import Record
from docparse.run.inputs import Job
from docparse.run.summary import Summary, summarize
from docparse.settings import Settings

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
    ordered: bool = True,
) -> Iterator[Made | Failure]:
    """The outcome of each job, in order, or as they come where `ordered` is off. `workers` defaults to the number of
    cores; a single job of a list needs no process. Jobs are taken from the iterable as workers become free.

    `work` must be a function of a module (it is sent to the workers by name).
    """
    count = workers or os.cpu_count() or 1
    if isinstance(jobs, Sized):
        if len(jobs) <= 1:
            yield from (work(job, settings) for job in jobs)
            return
        count = min(count, len(jobs))
    crew = _Crew(count, work, settings)
    try:
        yield from crew.run(iter(jobs), ordered)
    finally:
        crew.stop()


class _Worker:
    """One process with the pipe to it, the job it is at with its index, and the moment at which its time is over."""

    def __init__(self, work: Callable[[Job, Settings], object], settings: Settings) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["docparse.pipeline"])
        self.pipe: Connection[Any, Any]
        self.pipe, far = context.Pipe()
        self.process = context.Process(target=_serve, args=(far, work, settings))
        self.process.start()
        far.close()
        self.at: tuple[int, Job] | None = None
        self.until = 0.0

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class _Crew(Generic[Made]):
    """The workers of one run."""

    def __init__(self, count: int, work: Callable[[Job, Settings], Made], settings: Settings) -> None:
        self._work, self._settings = work, settings
        self._workers = [_Worker(work, settings) for _ in range(count)]

    def run(self, jobs: Iterator[Job], ordered: bool) -> Iterator[Made | Failure]:
        done: dict[int, Made | Failure] = {}
        todo = out = 0
        more = True
        while True:
            for place, worker in enumerate(self._workers):
                if more and worker.at is None and todo < out + WINDOW * len(self._workers):
                    job = next(jobs, None)
                    if job is None:
                        more = False
                        break
                    self._give(place, todo, job)
                    todo += 1
            busy = [worker for worker in self._workers if worker.at is not None]
            if not busy:
                return
            left = max(0.0, min(worker.until for worker in busy) - time.monotonic())
            ready = wait([worker.pipe for worker in busy], left)
            for place, worker in enumerate(self._workers):
                if worker.at is None:
                    continue
                index, job = worker.at
                if worker.pipe in ready:
                    done[index] = self._take(place, job)
                elif worker.until <= time.monotonic():
                    self._replace(place)
                    done[index] = _out_of_time(job, self._settings)
            for index in sorted(done):
                if ordered and index != out:
                    break
                yield done.pop(index)
                out += 1

    def _give(self, place: int, index: int, job: Job) -> None:
        try:
            self._workers[place].pipe.send(job)
        except OSError:  # it died while it had nothing to do
            self._replace(place)
            self._workers[place].pipe.send(job)
        self._workers[place].at = (index, job)
        self._workers[place].until = time.monotonic() + self._settings.run.seconds

    def _take(self, place: int, job: Job) -> Made | Failure:
        worker = self._workers[place]
        try:
            outcome: Made = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            code = worker.process.exitcode
            self._replace(place)
            return Failure(
                job.path,
                "worker_died",
                f"{job.path}: the worker process ended with code {code} at this file, perhaps for want of memory; "
                "try it alone, or with fewer --workers",
                5,
            )
        worker.at = None
        return outcome

    def _replace(self, place: int) -> None:
        self._workers[place].stop()
        self._workers[place] = _Worker(self._work, self._settings)

    def stop(self) -> None:
        for worker in self._workers:
            worker.stop()


def _out_of_time(job: Job, settings: Settings) -> Failure:
    return Failure(
        job.path,
        "timeout",
        f"{job.path}: not read within {settings.run.seconds:g} s; give it more with --set run.seconds=N",
        3,
    )


def _limit_memory(settings: Settings) -> None:
    """A worker that wants more than its share gets MemoryError, which becomes a failure of its file."""
    most = settings.run.memory_mb * 1_000_000
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _serve(pipe: Connection[Any, Any], work: Callable[[Job, Settings], object], settings: Settings) -> None:
    """A worker's life: a job in, an outcome out, until the other end closes. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(settings)
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send(work(job, settings))
