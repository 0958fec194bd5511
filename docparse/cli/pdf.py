"""`docparse pdf`: scans in, searchable PDFs out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.options import Config, Quiet, Set, Workers, complain, progress, settings


def pdf(
    files: Annotated[
        list[str], typer.Argument(metavar="FILE...", help="PDFs, images or folders; - is standard input.")
    ],
    output: Annotated[
        Path, typer.Option("--output", "-o", metavar="OUT", help="The PDF to write; for several files a folder.")
    ],
    annotate: Annotated[
        bool, typer.Option("--annotate", help="Also mark citations, deadlines and tasks as PDF annotations.")
    ] = False,
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
    quiet: Quiet = False,
) -> None:
    """Put an invisible text layer on scanned pages, so that they can be searched and copied from.

    Pages that have good text stay as they are, and so do all images. An image file becomes a PDF.
    """
    from docparse.export.places import paths_for
    from docparse.export.searchable import annotated_job, layered_job
    from docparse.run import batch, inputs, sinks

    jobs = inputs.expand(files, sys.stdin.buffer)
    paths = paths_for(jobs, output, ".pdf")
    results: list[batch.Result] = []
    work = annotated_job if annotate else layered_job
    with progress(len(jobs), quiet) as advance:
        for path, made in zip(paths, batch.run(jobs, settings(config, set_), workers, work), strict=True):
            if isinstance(made, batch.Failure):
                complain(made.message)
                results.append(made)
            else:
                sinks.write_whole(path, made.data)
                results.append(made.summary)
                if made.signed and (made.layered or made.notes):
                    complain(f"{made.path} is digitally signed; the signature does not cover {path}, keep both")
            advance(made.path)
    raise typer.Exit(sinks.exit_code(results))
