"""`docparse eval`: records against gold records."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.options import Config, Set, Workers, settings


def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Folder of NAME.gold.json files.")],
    predictions: Annotated[
        Path | None,
        typer.Argument(
            metavar="PREDICTIONS",
            help="Folder of NAME.json, or JSON Lines; without it the documents beside the gold are parsed.",
        ),
    ] = None,
    misses: Annotated[bool, typer.Option("--misses", help="Also list what was missed, invented or wrong.")] = False,
    json: Annotated[bool, typer.Option("--json", help="Print the figures as JSON.")] = False,
    compare: Annotated[
        tuple[Path, Path] | None,
        typer.Option("--compare", metavar="OLD NEW", help="List gains and losses between two sets of predictions."),
    ] = None,
    only: Annotated[str, typer.Option("--only", metavar="SUFFIX", help="Only gold whose NAME ends so.")] = "",
    workers: Workers = None,
    config: Config = None,
    set_: Set = None,
) -> None:
    """Measure records against gold: precision, recall and F1 of each kind of finding."""
    from docparse import evaluate as library

    gold_records = library.load_gold(gold, only)
    if compare:
        old, new = (library.score(library.load_predictions(path), gold_records) for path in compare)
        sys.stdout.write(library.compared(old, new, as_json=json))
        return
    records = (
        library.load_predictions(predictions)
        if predictions
        else library.parse_sources(gold, gold_records, settings(config, set_), workers)
    )
    sys.stdout.write(library.rendered(library.score(records, gold_records), misses=misses, as_json=json))
