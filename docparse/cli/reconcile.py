"""`docparse reconcile`: an archive's register against a corpus."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.ask import Json
from docparse.cli.options import CorpusAt, complain


def reconcile(
    register: Annotated[Path, typer.Argument(metavar="REGISTER.csv", help="A register as CSV or TSV, with headings.")],
    corpus: CorpusAt,
    column: Annotated[
        list[str] | None,
        typer.Option("--column", metavar="FIELD=HEADING", help="Which column holds number, date or subject."),
    ] = None,
    as_json: Json = False,
) -> None:
    """What the register has and the corpus lacks, the reverse, and where the two disagree.

    Ends with 1 when something differs.
    """
    from docparse.export import answers
    from docparse.link.reconciling import reconcile as compared
    from docparse.run.register_file import named_columns, read_register
    from docparse.store.corpus import Corpus

    read = read_register(register, named_columns(column or ()))
    for line, why in read.refused:
        complain(f"{register}, line {line}: {why}")
    with Corpus.open(corpus) as opened:
        found = compared(read.rows, opened.register_rows())
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
    else:
        for one in found:
            typer.echo(answers.difference_line(one))
    raise typer.Exit(int(bool(found)))
