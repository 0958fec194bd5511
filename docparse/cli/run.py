"""`docparse run` and `docparse retry`: files, folders and archives into a corpus."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docparse.cli.options import Config, CorpusAt, Quiet, Set, Verbose, Workers, complain, settings

if TYPE_CHECKING:
    from docparse.run.report import Report

ReportAt = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write what was done as JSON.")]
Watch = Annotated[bool, typer.Option("--watch", help="Go on looking for new files until Ctrl-C: for a drop folder.")]
Every = Annotated[float, typer.Option("--every", min=0.1, metavar="SECONDS", help="Between two looks of --watch.")]


def run(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, ZIP archives of documents.")],
    corpus: CorpusAt,
    report: ReportAt = None,
    watch: Watch = False,
    every: Every = 2.0,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Take documents into a corpus, which is made where there is none.

    Files that were taken in before and have not changed are skipped, so the same command goes on after a stop. A file
    that fails is kept with its reason; docparse retry tries it again.
    """
    from docparse.run import intake, watching
    from docparse.run.report import Report
    from docparse.store.corpus import Corpus

    chosen = settings(config, set_, verbose)
    done = Report()
    began = time.monotonic()

    def wait() -> bool:
        time.sleep(every)
        return True

    with Corpus.open(corpus, create=True) as opened:
        total = None if watch else sum(1 for _ in intake.walk(paths))
        with _bar(total, quiet, done) as advance, _stoppable(quiet):
            if watch:
                watching.watch(opened, paths, chosen, wait, workers, advance, done)
            else:
                intake.take_in(opened, paths, chosen, workers, advance, done)
    _end(done, report, quiet, time.monotonic() - began)


def retry(
    corpus: CorpusAt,
    report: ReportAt = None,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Try again the files of a corpus that gave no record."""
    from docparse.run import intake
    from docparse.run.report import Report
    from docparse.store.corpus import Corpus

    chosen = settings(config, set_, verbose)
    done = Report()
    began = time.monotonic()
    with Corpus.open(corpus) as opened:
        paths = intake.failed_paths(opened)
        with _bar(len(paths), quiet, done) as advance, _stoppable(quiet):
            intake.take_in(opened, paths, chosen, workers, advance, done)
    _end(done, report, quiet, time.monotonic() - began)


@contextmanager
def _stoppable(quiet: bool) -> Iterator[None]:
    """Ctrl-C ends a run as a kill would, with its report: what was finished is kept."""
    try:
        yield
    except KeyboardInterrupt:
        if not quiet:
            complain("stopped; run the same command again to go on")


@contextmanager
def _bar(total: int | None, quiet: bool, done: Report) -> Iterator[Callable[[str], None]]:
    """A bar on stderr, where that is a terminal: files, rate, remaining time, failures and the last file."""
    if quiet or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.markup import escape
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    rate = TextColumn("{task.fields[rate]}")
    columns = (BarColumn(), MofNCompleteColumn(), rate, TimeElapsedColumn(), TimeRemainingColumn(),
               TextColumn("{task.fields[failed]}"), TextColumn("{task.description}"))  # fmt: skip
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total, rate="", failed="")

        def advance(name: str) -> None:
            speed = bar.tasks[0].speed
            bar.update(
                task,
                advance=1,
                description=escape(name[-60:]),
                rate=f"{speed:.1f}/s" if speed else "",
                failed=f"{len(done.failed)} failed" if done.failed else "",
            )

        yield advance


def _end(done: Report, report: Path | None, quiet: bool, seconds: float) -> None:
    from docparse.run.sinks import write_whole

    if report is not None:
        write_whole(report, done.to_json(seconds) + "\n")
    for failure in done.failed:
        complain(failure.message)
    if not quiet:
        from rich.console import Console
        from rich.table import Table

        table = Table(show_header=False)
        table.add_column(no_wrap=True)
        table.add_column(justify="right", no_wrap=True)
        for row in done.rows(seconds):
            table.add_row(*row)
        Console().print(table)
    raise typer.Exit(done.exit_code)
