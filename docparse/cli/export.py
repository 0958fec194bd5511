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
    files: Annotated[
        list[str],
        typer.Argument(metavar="FILE...", help="Documents, records, JSON Lines or folders; - is standard input."),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", "-o", metavar="OUT", help="The file to write; for hocr and alto of several documents a folder."
        ),
    ],
    format_: Annotated[
        str | None,
        typer.Option(
            "--format", "-f", metavar="FORMAT", help="jsonl, spacy, hocr or alto; without it by the suffix of OUT."
        ),
    ] = None,
    spacy: Annotated[bool, typer.Option("--spacy", help="Short for --format spacy.")] = False,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
) -> None:
    """Write documents or their records as one file in another format.

    A file that fails is named on stderr with the reason, and the others go on.
    """
    from docparse.export import formats, sources
    from docparse.record import Record
    from docparse.run import batch, sinks

    name = "spacy" if spacy else format_ or formats.format_of(output)
    if formats.is_paged(name):
        raise typer.Exit(_export_pages(name, files, output, settings(config, set_), workers, quiet))
    dump = formats.dump_of(name)
    jobs = sources.jobs_of(files, sys.stdin.buffer)
    records: list[Record] = []
    results: list[batch.Result] = []
    with progress(len(jobs), quiet) as advance:
        for outcome in batch.run(jobs, settings(config, set_), workers, sources.record_job):
            results.append(batch.result(outcome))
            if isinstance(outcome, batch.Failure):
                complain(outcome.message)
            else:
                records.append(Record.model_validate_json(outcome.record))
            advance(outcome.path)
    if records:
        sinks.write_whole(output, dump(records))
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
