"""The command line: arguments in, library calls out. One module for each command; nothing is decided here.

Command modules import what is heavy inside their function, so that `docparse --help` answers at once.
"""

from __future__ import annotations

import os
import sys
from typing import Annotated, Any

import typer
from typer.core import TyperGroup

from docparse import __version__
from docparse.cli.ask import chain, doc, search
from docparse.cli.correct import correct, corrections, queue
from docparse.cli.doctor import doctor
from docparse.cli.eval import evaluate
from docparse.cli.export import export
from docparse.cli.organ import organ
from docparse.cli.parse import parse
from docparse.cli.pdf import pdf
from docparse.cli.questions import audit, cited, duplicates, gaps, path, status, tasks
from docparse.cli.reconcile import reconcile
from docparse.cli.run import retry, run
from docparse.cli.schema import schema
from docparse.cli.show import show
from docparse.cli.train import train
from docparse.errors import DocparseError

INTERRUPTED = 130
BROKEN_PIPE = 141
DEFECT = 5


class Guarded(TyperGroup):
    """Turns what goes wrong in a command into a line on stderr and an exit code."""

    def invoke(self, ctx: Any) -> Any:
        """Run the command that was named."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except DocparseError as error:
            _say(str(error))
            raise typer.Exit(error.exit_code) from error
        except KeyboardInterrupt as error:
            _say("interrupted; records already written are whole")
            raise typer.Exit(INTERRUPTED) from error
        except BrokenPipeError as error:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(BROKEN_PIPE) from error


def _say(message: str) -> None:
    sys.stderr.write(f"docparse: {message}\n")


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"docparse {__version__}")
        raise typer.Exit


app = typer.Typer(
    cls=Guarded,
    name="docparse",
    help="Vietnamese Party and government documents, scans included, as structured records.",
    epilog="Example: docparse parse directive.pdf",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)


@app.callback()
def _docparse(
    version: Annotated[
        bool, typer.Option("--version", help="Print the version and leave.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


app.command("parse", epilog="Example: docparse parse letters/ scan.pdf -o records --table")(parse)
app.command("show", epilog="Example: docparse show directive.pdf")(show)
app.command("eval", epilog="Example: docparse eval corpus/gold records --misses")(evaluate)
app.command("export", epilog="Example: docparse export letters/ --format spacy -o letters.spacy")(export)
app.command("run", epilog="Example: docparse run scans/ letters.zip --corpus archive")(run)
app.command("retry", epilog="Example: docparse retry --corpus archive --set run.seconds=1800")(retry)
app.command("search", epilog="Example: docparse search 'thủ tục hành chính' --type CT --corpus archive")(search)
app.command("doc", epilog="Example: docparse doc 24-CT/TU --corpus archive")(doc)
app.command("chain", epilog="Example: docparse chain 24-CT/TU --down --relations implements --corpus archive")(chain)
app.command("organ", epilog="Example: docparse organ SKHĐT --at 2019-03-01 --place 'Hải Dương'")(organ)
app.command("pdf", epilog="Example: docparse pdf scan.tiff -o scan.pdf --annotate")(pdf)
app.command("path", epilog="Example: docparse path 167-CV/HU 24-CT/TU --corpus archive")(path)
app.command("cited", epilog="Example: docparse cited --awaited --corpus archive")(cited)
app.command("tasks", epilog="Example: docparse tasks --body 'Sở Nội vụ' --due-before 2025-12-31 -C archive")(tasks)
app.command("status", epilog="Example: docparse status 456-QĐ/TU --as-of 2024-01-01 --corpus archive")(status)
app.command("gaps", epilog="Example: docparse gaps --issuer 'lâm đồng' --type 'chỉ thị' --corpus archive")(gaps)
app.command("audit", epilog="Example: docparse audit --corpus archive")(audit)
app.command("duplicates", epilog="Example: docparse duplicates --corpus archive")(duplicates)
app.command("reconcile", epilog="Example: docparse reconcile register.csv --corpus archive")(reconcile)
app.command("correct", epilog="Example: docparse correct 167-CV/HU header.date 2021-04-20 --corpus archive")(correct)
app.command("corrections", epilog="Example: docparse corrections 167-CV/HU --undo 2 --corpus archive")(corrections)
app.command("queue", epilog="Example: docparse queue --limit 20 --corpus archive")(queue)
app.command("schema", epilog="Example: docparse schema > docparse-1.schema.json")(schema)
app.command("train", epilog="Example: docparse train handwriting")(train)
app.command("doctor", epilog="Example: docparse doctor")(doctor)


def main() -> None:
    """The console script."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    app()
