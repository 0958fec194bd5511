"""`docparse correct`, `corrections` and `queue`: what a person says, what was said, and what should be looked at."""

from __future__ import annotations

import getpass
import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.ask import Json
from docparse.cli.options import CorpusAt, complain

By = Annotated[
    str | None,
    typer.Option("--by", metavar="NAME", envvar="DOCPARSE_BY", help="Who says so; without it the user's name."),
]


def correct(
    corpus: CorpusAt,
    called: Annotated[str | None, typer.Argument(metavar="[ID]", help="A document, or one file by its hash.")] = None,
    field: Annotated[
        str | None, typer.Argument(metavar="[FIELD]", help="As header.number (docs/corrections.md).")
    ] = None,
    value: Annotated[str | None, typer.Argument(metavar="[VALUE]", help="What it is; '' says there is none.")] = None,
    by: By = None,
    note: Annotated[str, typer.Option(metavar="WORDS", help="Why, for those who come later.")] = "",
    quote: Annotated[
        str, typer.Option(metavar="WORDS", help="The words of the claim that is meant, instead of its id.")
    ] = "",
    from_: Annotated[
        Path | None,
        typer.Option(
            "--from", metavar="FILE", help="Take the corrections of a CSV file or of edited Web Annotations in."
        ),
    ] = None,
    as_json: Json = False,
) -> None:
    """Say what a document says where docparse is wrong; it wins over the machine from now on."""
    from docparse.errors import ConfigError
    from docparse.export import said
    from docparse.run import annotation_file, correction_file
    from docparse.store.corpus import Corpus

    author = by or getpass.getuser()
    with Corpus.open(corpus) as opened:
        if from_ is not None:
            reader = annotation_file if from_.suffix.lower() in {".json", ".jsonld"} else correction_file
            taken = reader.take_in(opened, from_, author)
            for line in taken.refused:
                complain(line)
            typer.echo(json.dumps(asdict(taken), ensure_ascii=False, indent=1) if as_json else f"{taken.new} new")
            raise typer.Exit(int(bool(taken.refused)))
        if called is None or field is None or value is None:
            raise ConfigError(
                "say ID FIELD VALUE, as in: docparse correct 167-CV/HU header.date 2021-04-20, or --from FILE"
            )
        done = opened.correct(called, field, value, author, note, quote)
    for path in done.not_in:
        complain(f"{path} does not have these words and is not corrected")
    if as_json:
        typer.echo(json.dumps(said.amended_value(done), ensure_ascii=False, indent=1))
        return
    for line in said.amended_lines(done):
        typer.echo(line)


def corrections(
    corpus: CorpusAt,
    called: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only of this document or file.")] = None,
    undo: Annotated[int | None, typer.Option("--undo", metavar="N", help="Take correction N of ID back.")] = None,
    csv: Annotated[Path | None, typer.Option("--csv", metavar="FILE", help="Write the list as CSV too.")] = None,
    by: By = None,
    as_json: Json = False,
) -> None:
    """What people corrected, and whether each correction still has its words."""
    from docparse.errors import ConfigError
    from docparse.export import said
    from docparse.run import correction_file
    from docparse.run.sinks import write_whole
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        if undo is not None:
            if called is None:
                raise ConfigError("say of which document: docparse corrections ID --undo N")
            opened.undo(called, undo, by or getpass.getuser())
        entries = opened.corrections(called)
    if csv is not None:
        write_whole(csv, correction_file.dumped(entries))
    if as_json:
        typer.echo(json.dumps([said.entry_value(entry) for entry in entries], ensure_ascii=False, indent=1))
        return
    for entry in entries:
        typer.echo(said.entry_line(entry))


def queue(
    corpus: CorpusAt,
    called: Annotated[str | None, typer.Argument(metavar="[ID]", help="Only of this document.")] = None,
    below: Annotated[
        float, typer.Option(min=0, max=1, metavar="P", help="Claims less sure than this are listed.")
    ] = 0.8,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")] = 50,
    as_json: Json = False,
) -> None:
    """What a person should look at, what is worth most first."""
    from docparse.export import said
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        found = opened.queue(below, called)[:limit]
    if as_json:
        typer.echo(json.dumps([asdict(one) for one in found], ensure_ascii=False, indent=1))
        return
    for one in found:
        typer.echo(said.doubt_line(one))
