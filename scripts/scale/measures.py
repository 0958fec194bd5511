"""Times of a corpus: its URL and its size go in; how long loading, questions and one more document take comes out.

Each time is told twice: by the clock, which is what a user waits, and in CPU seconds of this process and of the
server's backend, which do not depend on what else the machine does.
"""

from __future__ import annotations

import random
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import median

import sqlalchemy as sa

from docparse.record import Record
from docparse.store.corpus import Corpus
from scale.generator import Generator, record, vocabulary

ROOT = Path(__file__).resolve().parents[2]
MORE = 40
"""Documents that are added one by one to the loaded corpus."""
QUESTIONS = 100
IN_ONE = 2_000
Timing = tuple[float, float]
"""Seconds by the clock, and of CPU."""


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, in milliseconds but for loading (edges a second) and memory (MB), with its goal."""

    what: str
    clock: float
    cpu: float
    clock_95: float | None = None
    cpu_95: float | None = None


class Meter:
    """Clock and CPU of this process, and of the PostgreSQL backend that serves it."""

    def __init__(self, corpus: Corpus) -> None:
        self._backend: Path | None = None
        with corpus.reading() as connection:
            if connection.dialect.name == "postgresql":
                pid = connection.execute(sa.text("SELECT pg_backend_pid()")).scalar_one()
                self._backend = Path(f"/proc/{pid}/schedstat")

    def now(self) -> Timing:
        """Clock and CPU until now."""
        cpu = time.process_time()
        if self._backend is not None:
            cpu += int(self._backend.read_text().split()[0]) / 1e9
        return time.perf_counter(), cpu

    def of(self, work: Callable[[], object]) -> Timing:
        """What a piece of work takes."""
        clock, cpu = self.now()
        work()
        clock_after, cpu_after = self.now()
        return clock_after - clock, cpu_after - cpu

    def figure(self, what: str, works: Iterable[Callable[[], object]]) -> Figure:
        """Median and 95th percentile over pieces of work, in milliseconds."""
        took = [self.of(work) for work in works]
        clocks, cpus = sorted(t[0] for t in took), sorted(t[1] for t in took)
        at = min(len(took) - 1, int(0.95 * len(took)))
        return Figure(what, median(clocks) * 1e3, median(cpus) * 1e3, clocks[at] * 1e3, cpus[at] * 1e3)


def load(where: str, documents: int) -> tuple[list[Figure], list[str], list[Record]]:
    """Generate and load a corpus; gives the rate of loading without the generator's share, some of its ids, and the
    records that would come next."""
    stream = iter(Generator(documents + MORE))
    clock = cpu = 0.0
    edges, ids = 0, list[str]()
    pick = random.Random(3)
    with Corpus.open(where, create=True) as corpus:
        meter = Meter(corpus)
        loading = corpus.bulk()
        bulk = loading.__enter__()
        for _ in range(0, documents, IN_ONE):
            some = list(islice(stream, min(IN_ONE, documents - len(ids))))
            before = meter.now()
            for rows, words, size in some:
                bulk.add(rows, words, size)
            after = meter.now()
            clock, cpu = clock + after[0] - before[0], cpu + after[1] - before[1]
            edges += sum(len(rows.edges) for rows, _, _ in some)
            ids += [rows.own.urn for rows, _, _ in some]
        finish = meter.of(lambda: loading.__exit__(None, None, None))
    clock, cpu = clock + finish[0], cpu + finish[1]
    figures = [
        Figure("edges", edges, edges),
        Figure("loading, edges/s", edges / clock, edges / cpu),
    ]
    return figures, pick.sample(ids, min(len(ids), QUESTIONS)), [record(rows) for rows, _, _ in stream]


def questions(seed: int = 5) -> list[str]:
    """What is searched for: rare words, usual ones, common ones alone and together, with diacritics and without."""
    words, pick = vocabulary(), random.Random(seed)
    made = []
    for number in range(QUESTIONS):
        common, usual, rare = (pick.choice(words[a:b]) for a, b in ((0, 50), (50, 2000), (2000, 40_000)))
        second = pick.choice(words[:50])
        made.append([rare, usual, f"{usual} {common}", common, f"{common} {second}", f"{common} {rare}"][number % 6])
    return made


def ask(where: str, ids: list[str], more: list[Record]) -> list[Figure]:
    """The times of questions and of adding, after one of each kind that is not counted."""
    with Corpus.open(where) as corpus:
        meter = Meter(corpus)
        corpus.search(questions(1)[0])
        corpus.chain(ids[0], "up", 5)
        return [
            meter.figure("look-up by id", [lambda i=i: corpus.document(i) for i in ids]),  # type: ignore[misc]
            meter.figure("chain up, depth 5", [lambda i=i: corpus.chain(i, "up", 5) for i in ids]),  # type: ignore[misc]
            meter.figure("chain down, depth 5", [lambda i=i: corpus.chain(i, "down", 5) for i in ids]),  # type: ignore[misc]
            meter.figure("search", [lambda q=q: corpus.search(q) for q in questions()]),  # type: ignore[misc]
            meter.figure("search, one type, since 2020",
                         [lambda q=q: corpus.search(q, type="Kế hoạch", since="2020-01-01") for q in questions()]),  # type: ignore[misc]
            meter.figure("one more document", [lambda r=r: corpus.add(r, fingerprint="scale") for r in more]),  # type: ignore[misc]
        ]  # fmt: skip


def memory(where: str, ids: list[str]) -> Figure:
    """The peak of a process that only asks, in MB."""
    code = f"import sys; sys.path.insert(0, {str(ROOT / 'scripts')!r}); from scale import measures; measures.asking()"
    result = subprocess.run(
        [sys.executable, "-c", code, where, *ids[:20]], check=True, capture_output=True, text=True, cwd=ROOT
    )
    return Figure("memory of questions, MB", float(result.stdout), float(result.stdout))


def asking() -> None:
    """What `memory` runs: questions to the corpus and documents that the command line names, then its peak in MB."""
    where, *ids = sys.argv[1:]
    with Corpus.open(where) as corpus:
        for words in questions()[:30]:
            corpus.search(words)
        for called in ids:
            corpus.chain(called, "up", 5)
            corpus.chain(called, "down", 5)
    # not getrusage, which counts what the parent had when it forked
    peak = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    sys.stdout.write(f"{int(peak.split()[1]) / 1024:.1f}\n")


def measured(where: str, documents: int) -> list[Figure]:
    """Every figure of a new corpus of so many documents."""
    loaded, ids, more = load(where, documents)
    return [*loaded, *ask(where, ids, more), memory(where, ids)]
