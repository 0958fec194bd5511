"""`docparse run` and `docparse retry`: files, folders and archives into a corpus."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docparse.cli.options import Config, CorpusAt, Quiet, Set, Verbose, Workers, complain, progress, settings

if TYPE_CHECKING:
    from docparse.run.intake import Report

ReportAt = Annotated[Path | None, typer.Option("--report", metavar="FILE", help="Write what was done as JSON.")]


def run(
    paths: Annotated[list[str], typer.Argument(metavar="PATH...", help="Files, folders, ZIP archives of documents.")],
    corpus: CorpusAt,
    report: ReportAt = None,
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
    from docparse.run import intake
    from docparse.store.corpus import Corpus

    chosen = settings(config, set_, verbose)
    with Corpus.open(corpus, create=True) as opened:
        total = sum(1 for _ in intake.walk(paths))
        with progress(total, quiet) as advance:
            done = intake.take_in(opened, paths, chosen, workers, advance)
    _end(done, report, quiet)


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
    from docparse.store.corpus import Corpus

    chosen = settings(config, set_, verbose)
    with Corpus.open(corpus) as opened:
        paths = intake.failed_paths(opened)
        with progress(len(paths), quiet) as advance:
            done = intake.take_in(opened, paths, chosen, workers, advance)
    _end(done, report, quiet)


def _end(done: Report, report: Path | None, quiet: bool) -> None:
    from docparse.run.sinks import write_whole

    if report is not None:
        write_whole(report, done.to_json() + "\n")
    for failure in done.failed:
        complain(failure.message)
    if not quiet:
        typer.echo(
            f"{done.stored} stored, {done.unchanged} unchanged, {done.same_bytes} with bytes already known, "
            f"{len(done.failed)} failed, {done.unreadable} pages unreadable"
        )
    raise typer.Exit(done.exit_code)
