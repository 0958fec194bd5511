"""`docparse export`: documents or records in, one file in another format out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from docparse.cli.options import Config, Quiet, Set, Workers, complain, progress, settings

if TYPE_CHECKING:
    from docparse.settings import Settings


def export(
    output: Annotated[
        Path,
        typer.Option("--output", "-o", metavar="OUT", help="The file to write; of some formats a folder."),
    ],
    files: Annotated[
        list[str] | None,
        typer.Argument(metavar="[FILE...]", help="Documents, records, JSON Lines or folders; - is standard input."),
    ] = None,
    corpus: Annotated[
        str | None, typer.Option("--corpus", "-C", metavar="DIR|URL", help="Export this corpus instead of files.")
    ] = None,
    format_: Annotated[
        str | None,
        typer.Option("--format", "-f", metavar="FORMAT", help="See docs/cli.md; without it by the suffix of OUT."),
    ] = None,
    spacy: Annotated[bool, typer.Option("--spacy", help="Short for --format spacy.")] = False,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
) -> None:
    """Write documents, their records or a whole corpus in another format.

    A file that fails is named on stderr with the reason, and the others go on. Formats of a graph, asked for files,
    link these files alone.
    """
    from docparse.export import formats, sources, written
    from docparse.run import batch, sinks
    from docparse.store.corpus import Corpus

    name = "spacy" if spacy else format_ or formats.format_of(output)
    kind = formats.kind_of(name)
    if corpus is not None:
        sources.refuse_both(files)
        with Corpus.open(corpus) as opened:
            written.write(name, opened.records(), lambda: opened, output)
        raise typer.Exit(0)
    if kind == "pages":
        raise typer.Exit(_export_pages(name, files or [], output, settings(config, set_), workers, quiet))
    jobs = sources.jobs_of(sources.refuse_none(files), sys.stdin.buffer)
    lines: list[str] = []
    results: list[batch.Result] = []
    with progress(len(jobs), quiet) as advance:
        for outcome in batch.run(jobs, settings(config, set_), workers, sources.record_job):
            results.append(batch.result(outcome))
            if isinstance(outcome, batch.Failure):
                complain(outcome.message)
            else:
                lines.append(outcome.record)
            advance(outcome.path)
    if lines:
        with sources.records_corpus(lines) as (records, made):
            written.write(name, records, made, output)
    raise typer.Exit(sinks.exit_code(results))


def _export_pages(name: str, files: list[str], output: Path, chosen: Settings, workers: int | None, quiet: bool) -> int:
    """Write a file for each document; returns the exit code."""
    from docparse.export import formats, paged, places
    from docparse.run import batch, inputs, sinks

    jobs = inputs.expand(files, sys.stdin.buffer)
    paths = places.paths_for(jobs, output, formats.FORMATS[name].suffix)
    results: list[batch.Result] = []
    with progress(len(jobs), quiet) as advance:
        for path, made in zip(paths, batch.run(jobs, chosen, workers, paged.JOBS[name]), strict=True):
            if isinstance(made, batch.Failure):
                complain(made.message)
                results.append(made)
            else:
                sinks.write_whole(path, made.data)
                results.append(made.summary)
            advance(made.path)
    return sinks.exit_code(results)
