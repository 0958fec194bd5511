"""Worker processes: jobs in, what their work makes of each out, in rounds as they finish; a job that is lost is said.

A worker that dies or is too slow costs only the job it was at: another takes its place and its other jobs. Short jobs
are handed out several at a time, so that no worker waits while the results of others are stored.
"""

from __future__ import annotations

import multiprocessing
import os
import resource
import signal
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from docparse.run.inputs import Job
from docparse.settings import Settings

AHEAD_SECONDS = 0.5
"""How much work a worker may have waiting, by the pace of the last jobs; so long at most the others idle at the end."""
AHEAD_JOBS = 64
AHEAD_BYTES = 60_000
"""What may wait in the pipe to a worker; it holds more, so that handing out never waits for a worker."""
JOB_BYTES = 500
"""What a job without its bytes weighs in the pipe, beside its path."""
MOST_IN_ROUND = 64

Made = TypeVar("Made")


@dataclass(frozen=True, slots=True)
class Lost:
    """A job without a result: its path, and what became of it in an error's terms."""

    path: str
    code: str
    message: str
    exit_code: int


Numbered = tuple[int, Job]


class _Worker:
    """One process with the pipe to it, the jobs it was given, and the moment at which the first one's time is over."""

    def __init__(self, work: Callable[[Job, Settings], object], settings: Settings) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["docparse.pipeline"])
        self.pipe: Connection[Any, Any]
        self.pipe, far = context.Pipe()
        self.process = context.Process(target=_serve, args=(far, work, settings))
        self.process.start()
        far.close()
        self.jobs: deque[Numbered] = deque()
        self.weight = 0
        self.began = 0.0
        self.started = False

    def fits(self, job: Job) -> bool:
        return not self.jobs or self.weight + _weight(job) <= AHEAD_BYTES

    def give(self, index: int, job: Job) -> None:
        """Send a job. Raises OSError when the process is gone."""
        self.pipe.send(job)
        if not self.jobs:
            self.began = time.monotonic()
        self.jobs.append((index, job))
        self.weight += _weight(job)

    def done(self) -> Numbered:
        """Take the first job off: the process is at the next one now."""
        self.began = time.monotonic()
        index, job = self.jobs.popleft()
        self.weight -= _weight(job)
        return index, job

    def left(self, seconds: float) -> float:
        """What is left of the time for its first job; starting the process counts for none."""
        return self.began + seconds - time.monotonic() if self.started else seconds

    def has_started(self) -> bool:
        """Take in the word that the process sends when it has started. Raises EOFError or OSError when it is gone."""
        self.pipe.recv()
        self.started, self.began = True, time.monotonic()
        return self.started

    def stop(self) -> None:
        self.pipe.close()
        self.process.terminate()
        self.process.join(5)
        if self.process.is_alive():
            self.process.kill()
            self.process.join()


class Crew(Generic[Made]):
    """The workers of one run; `stop` it at the end."""

    def __init__(self, count: int, work: Callable[[Job, Settings], Made], settings: Settings) -> None:
        self._work, self._settings = work, settings
        self._workers = [_Worker(work, settings) for _ in range(count)]
        self._again: deque[Numbered] = deque()
        self._pace = AHEAD_SECONDS
        self._given = 0
        self._more = True

    def rounds(self, jobs: Iterator[Job], linger: float, window: int | None) -> Iterator[list[tuple[int, Made | Lost]]]:
        """What was finished, with the number of its job. A round ends `linger` seconds after its first outcome, or
        when nothing is left. With a `window` no job is begun so many after the oldest unfinished one, a worker."""
        while True:
            round_: list[tuple[int, Made | Lost]] = []
            until = 0.0
            while True:
                self._hand_out(jobs, window)
                busy = [worker for worker in self._workers if worker.jobs]
                if not busy:
                    break
                now = time.monotonic()
                left = min(worker.left(self._settings.run.seconds) for worker in busy)
                ready = wait([worker.pipe for worker in busy], max(0.0, min(left, until - now) if round_ else left))
                first = not round_
                for place, worker in enumerate(self._workers):
                    if not worker.jobs:
                        continue
                    if worker.pipe in ready:
                        round_ += self._take(place)
                    elif worker.left(self._settings.run.seconds) <= 0:
                        round_.append(self._give_up(place))
                if first:
                    until = time.monotonic() + linger
                if round_ and (time.monotonic() >= until or len(round_) >= MOST_IN_ROUND):
                    break
            if not round_:
                return
            yield round_

    def _hand_out(self, jobs: Iterator[Job], window: int | None) -> None:
        """First a job for each idle worker, then some ahead, one for each in turn."""
        ahead = min(AHEAD_JOBS, int(AHEAD_SECONDS / self._pace) if self._pace else AHEAD_JOBS)
        for depth in range(1 + ahead):
            for place, worker in enumerate(self._workers):
                if len(worker.jobs) > depth:
                    continue
                if not self._again and not (self._more and self._may_begin(window)):
                    return
                if not self._again:
                    job = next(jobs, None)
                    if job is None:
                        self._more = False
                        return
                    self._again.append((self._given, job))
                    self._given += 1
                if worker.fits(self._again[0][1]):
                    self._give(place, *self._again.popleft())

    def _may_begin(self, window: int | None) -> bool:
        if window is None:
            return True
        oldest = min((worker.jobs[0][0] for worker in self._workers if worker.jobs), default=self._given)
        return self._given < oldest + window * len(self._workers)

    def _give(self, place: int, index: int, job: Job) -> None:
        try:
            self._workers[place].give(index, job)
        except OSError:
            if self._workers[place].jobs:  # it died at its first job, which is found out when its answer is taken
                self._again.appendleft((index, job))
                return
            self._replace(place)
            self._workers[place].give(index, job)

    def _take(self, place: int) -> list[tuple[int, Made | Lost]]:
        """What a worker's pipe says: an outcome, nothing but that it has started, or that it died."""
        worker = self._workers[place]
        try:
            if not worker.started and worker.has_started():
                return []
            outcome: Made = worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join()
            code = worker.process.exitcode
            why = f"the worker process ended with code {code} at this file, perhaps for want of memory"
            return [self._lose(place, "worker_died", 5, f"{why}; try it alone, or with fewer --workers")]
        took = time.monotonic() - worker.began
        self._pace += 0.2 * (took - self._pace)
        return [(worker.done()[0], outcome)]

    def _give_up(self, place: int) -> tuple[int, Lost]:
        seconds = self._settings.run.seconds
        return self._lose(place, "timeout", 3, f"not read within {seconds:g} s; give it more with --set run.seconds=N")

    def _lose(self, place: int, code: str, exit_code: int, message: str) -> tuple[int, Lost]:
        """The first job of a worker is lost, its others are given out again."""
        index, job = self._workers[place].done()
        self._again.extendleft(reversed(self._workers[place].jobs))
        self._replace(place)
        return index, Lost(job.path, code, f"{job.path}: {message}", exit_code)

    def _replace(self, place: int) -> None:
        self._workers[place].stop()
        self._workers[place] = _Worker(self._work, self._settings)

    def stop(self) -> None:
        """End all processes."""
        for worker in self._workers:
            worker.stop()


def _weight(job: Job) -> int:
    return JOB_BYTES + len(os.fsencode(job.path)) + len(job.stored or "") + len(job.data or b"")


def _limit_memory(settings: Settings) -> None:
    """A worker that wants more than its share gets MemoryError, which becomes a failure of its file."""
    most = settings.run.memory_mb * 1_000_000
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _serve(pipe: Connection[Any, Any], work: Callable[[Job, Settings], object], settings: Settings) -> None:
    """A worker's life: a job in, an outcome out, until the other end closes. Ctrl-C is the parent's business."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _limit_memory(settings)
    pipe.send("started")
    while True:
        try:
            job = pipe.recv()
        except EOFError:
            return
        pipe.send(work(job, settings))
