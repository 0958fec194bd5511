"""`docparse organ`: what a code or an organ's name means on a day, what came before it, what does its work now."""

from __future__ import annotations

import json as json_module
import sys
from datetime import date
from typing import Annotated

import typer


def organ(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A code (BNV) or a name, with its place or without.")],
    at: Annotated[
        str | None, typer.Option("--at", metavar="DATE", help="ISO day; without it all that NAME ever meant.")
    ] = None,
    place: Annotated[
        str | None, typer.Option("--place", metavar="PLACE", help="Where: Lâm Đồng; 'huyện Lạc Dương, Lâm Đồng'.")
    ] = None,
    json: Annotated[bool, typer.Option("--json", help="Print the cards as JSON.")] = False,
) -> None:
    """Look an organ up in the authority register."""
    from docparse.errors import ConfigError
    from docparse.export import organs

    if at is not None:
        try:
            date.fromisoformat(at)
        except ValueError as error:
            raise ConfigError(f"--at {at}: not a day; write it as 2019-03-01") from error
    cards = organs.organ_cards(name, at, place)
    if json:
        sys.stdout.write(json_module.dumps(cards, ensure_ascii=False, indent=1) + "\n")
    else:
        sys.stdout.write("\n".join(organs.lines(cards)) + "\n")
