"""Options that several commands share, and what they turn into: settings, logging, progress."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from docparse.settings import Settings

Config = Annotated[
    Path | None,
    typer.Option("--config", metavar="FILE", help="Settings file; without it docparse.toml of the working folder."),
]
Set = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Override one setting; may be given again (docs/settings.md)."),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress on stderr, errors only.")]
Verbose = Annotated[bool, typer.Option("--verbose", "-v", help="Tell on stderr what each stage does.")]
CorpusAt = Annotated[
    str,
    typer.Option(
        "--corpus", "-C", metavar="DIR|URL", envvar="DOCPARSE_CORPUS", help="Folder of the corpus, or PostgreSQL URL."
    ),
]
Workers = Annotated[
    int | None, typer.Option("--workers", "-j", min=1, metavar="N", help="Processes to use; without it one a core.")
]


def settings(config: Path | None, pairs: list[str] | None, verbose: bool = False) -> Settings:
    """The settings of this call; with `verbose` the stages' log goes to stderr."""
    from docparse.settings import Settings

    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    if verbose:
        logging.getLogger("docparse").setLevel(logging.DEBUG)
    return Settings.load(config, overrides=pairs or ())


@contextmanager
def progress(total: int, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A bar on stderr for more than one file, where stderr is a terminal; gives a function to call after each file."""
    if quiet or total < 2 or not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=total)
        yield lambda name: bar.update(task, advance=1, description=name)


def complain(message: str) -> None:
    """A line on stderr."""
    sys.stderr.write(f"docparse: {message}\n")
