"""`docparse doctor`: what is installed, what is missing, and how to get it."""

from __future__ import annotations

import sys
from typing import Annotated

import typer

from docparse.cli.options import Config, Set, settings


def doctor(
    json: Annotated[bool, typer.Option("--json", help="Print the findings as JSON.")] = False,
    config: Config = None,
    set_: Set = None,
) -> None:
    """Say what is installed, in which versions, what is missing and how to get it.

    Ends with 4 when something that parsing needs is missing.
    """
    from docparse.export.terminal import print_checks
    from docparse.run.doctor import as_json, examine, sound

    checks = examine(settings(config, set_))
    if json:
        sys.stdout.write(as_json(checks) + "\n")
    else:
        print_checks(checks, sys.stdout)
    raise typer.Exit(0 if sound(checks) else 4)
