"""`docparse train`: train a small model again and put it in use."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer


def train(
    role: Annotated[str, typer.Argument(help="Which model: handwriting, diacritics, lines, bodies or calibration.")],
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="Folder of models; default: the one in use.")
    ] = None,
    version: Annotated[str, typer.Option("--version", help="Name of the new version.")] = "1",
    gold: Annotated[
        list[Path] | None,
        typer.Option("--gold", help="Folder of gold records to learn from; may be given several times."),
    ] = None,
) -> None:
    """Train a small model; the same inputs give the same bytes. Takes some minutes on one core."""
    from docparse.learn.train import train as run
    from docparse.weights import MODELS

    typer.echo(str(run(role, output or MODELS, version, gold or ())))
