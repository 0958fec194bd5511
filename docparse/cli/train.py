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
    corpus: Annotated[
        str | None,
        typer.Option("--corpus", "-C", metavar="DIR|URL", help="Calibration: learn from its corrections too."),
    ] = None,
) -> None:
    """Train a small model; the same inputs give the same bytes. Takes some minutes on one core."""
    from docparse.learn.corrected import train as learn
    from docparse.learn.train import train as run
    from docparse.store.corpus import Corpus
    from docparse.weights import MODELS

    if corpus is None:
        typer.echo(str(run(role, output or MODELS, version, gold or ())))
        return
    with Corpus.open(corpus) as opened:
        typer.echo(str(learn(role, opened, output or MODELS, version, gold or ())))
