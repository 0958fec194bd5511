"""`docparse parse`: documents in, records out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.options import Config, Quiet, Set, Verbose, Workers, complain, progress, settings


def parse(
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="Files or folders; - is standard input.")],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", metavar="DIR", help="Write NAME.json for each file here.")
    ] = None,
    table: Annotated[bool, typer.Option("--table", help="Print a table of what was found instead of records.")] = False,
    crops: Annotated[
        Path | None,
        typer.Option("--crops", metavar="DIR", help="Keep pictures of what warnings name, as unsure handwriting."),
    ] = None,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Turn documents into docparse/1 records.

    One file: its record as JSON on stdout. Several files or a folder: JSON Lines in the order of the input.
    A file that fails is named on stderr with the reason, and the others go on.
    """
    from docparse.export.terminal import print_table
    from docparse.run import batch, inputs, sinks
    from docparse.run.crops import Crops

    chosen = settings(config, set_, verbose)
    jobs = inputs.expand(files, sys.stdin.buffer)
    sink = sinks.choose(jobs, output, table, sys.stdout)
    kept = Crops(crops, jobs) if crops is not None else None
    results: list[batch.Result] = []
    with progress(len(jobs), quiet) as advance:
        for outcome in batch.run(jobs, chosen, workers):
            sink.write(outcome)
            results.append(batch.result(outcome))
            if isinstance(outcome, batch.Failure):
                complain(outcome.message)
            elif kept is not None:
                kept.keep(outcome)
            advance(outcome.path)
    if table:
        print_table(results, output, sys.stdout)
    raise typer.Exit(sinks.exit_code(results))
