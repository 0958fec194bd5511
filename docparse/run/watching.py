"""A drop folder: what stands in it goes in, look by look; files that have come to rest come out, each version once.

A scanner writes for a while: a file is taken when its size and time of change are as they were at the look before.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from docparse.run import archives, intake
from docparse.run.inputs import SUFFIXES, documents_in, on_disk
from docparse.run.report import Report
from docparse.settings import Settings
from docparse.store.corpus import Corpus

State = tuple[int, int]


class Drop:
    """What was seen in the folders at the last look, and what was handed on."""

    def __init__(self, paths: Sequence[str]) -> None:
        self._paths = paths
        self._seen: dict[str, State] = {}
        self._taken: dict[str, State] = {}

    def rested(self) -> list[str]:
        """The files that did not change since the last look and are not handed on yet, in order."""
        now: dict[str, State] = {}
        for path in map(on_disk, self._paths):
            for one in documents_in(path, SUFFIXES | {archives.NESTED}):
                try:
                    about = os.stat(one)
                except OSError:  # gone since it was listed; it is looked at again when it comes back
                    continue
                if os.path.isfile(one):
                    now[one] = (about.st_size, about.st_mtime_ns)
        out = [one for one, state in now.items() if self._seen.get(one) == state and self._taken.get(one) != state]
        self._seen = now
        self._taken = {one: state for one, state in self._taken.items() if one in now} | {one: now[one] for one in out}
        return out


def watch(
    corpus: Corpus,
    paths: Sequence[str],
    settings: Settings,
    wait: Callable[[], bool],
    workers: int | None = None,
    advance: intake.Advance = lambda _: None,
    report: Report | None = None,
) -> Report:
    """Take in what comes to rest in the folders until `wait`, called between two looks, says no (or Ctrl-C)."""
    report = report or Report()
    drop = Drop(paths)
    try:
        while True:
            if files := drop.rested():
                intake.take_in(corpus, files, settings, workers, advance, report)
            if not wait():
                return report
    except KeyboardInterrupt:
        return report
