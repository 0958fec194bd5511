"""`docparse show`: one record as a readable coloured page."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from docparse.cli.options import Config, Set, settings


def show(
    file: Annotated[str, typer.Argument(metavar="FILE", help="A document, or a record that docparse wrote.")],
    color: Annotated[
        bool | None, typer.Option("--color/--no-color", help="Without it: where stdout is a terminal.")
    ] = None,
    config: Config = None,
    set_: Set = None,
) -> None:
    """Show the record of a document as a readable page in the terminal."""
    from docparse.export.terminal import print_page
    from docparse.run.batch import record_of

    print_page(record_of(file, settings(config, set_)), sys.stdout, color)
