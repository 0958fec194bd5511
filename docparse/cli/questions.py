"""`docparse path`, `cited`, `tasks`, `status`, `gaps`, `audit` and `duplicates`: more questions to a corpus."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer

from docparse.cli.ask import Called, Json
from docparse.cli.options import CorpusAt

Limit = Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As it stood on this day.")]


def _json(value: Any) -> None:
    typer.echo(json.dumps(value, ensure_ascii=False, indent=1))


def path(
    a: Annotated[str, typer.Argument(metavar="A", help="The document that cites.")],
    b: Annotated[str, typer.Argument(metavar="B", help="The document that it leads to.")],
    corpus: CorpusAt,
    depth: Annotated[int, typer.Option(min=1, max=50, metavar="N", help="How many steps at most.")] = 10,
    as_json: Json = False,
) -> None:
    """The shortest way of citations from one document to another."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        links, nodes = opened.path(a, b, depth)
    if as_json:
        _json(answers.link_values(links, nodes))
        return
    for line in answers.path_lines(links, nodes):
        typer.echo(line)


def cited(
    corpus: CorpusAt,
    awaited: Annotated[bool, typer.Option("--awaited", help="Only documents that the corpus does not have.")] = False,
    relation: Annotated[str | None, typer.Option(metavar="NAME", help="Only this relation.")] = None,
    limit: Limit = 20,
    as_json: Json = False,
) -> None:
    """What the most documents cite; with --awaited, what is most missed."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        found = opened.cited(limit, awaited, relation)
    if as_json:
        _json([answers.node_value(node) | {"cited_by": many} for node, many in found])
        return
    for node, many in found:
        typer.echo(f"{many:6}  {answers.node_line(node)}")


def tasks(
    corpus: CorpusAt,
    body: Annotated[str | None, typer.Option(metavar="NAME", help="Only of this body, or a part of its name.")] = None,
    due_before: Annotated[str | None, typer.Option("--due-before", metavar="DATE", help="Due up to this day.")] = None,
    due_from: Annotated[str | None, typer.Option("--due-from", metavar="DATE", help="Due from this day on.")] = None,
    ics: Annotated[Path | None, typer.Option("--ics", metavar="FILE", help="Write the days as a calendar.")] = None,
    as_json: Json = False,
) -> None:
    """Who owes what by when, from all documents; recurring deadlines are counted out in the time asked for."""
    from docparse.export import answers
    from docparse.export.ics import calendar
    from docparse.run.sinks import write_whole
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        items = opened.tasks(body, due_from, due_before)
    if ics is not None:
        write_whole(ics, calendar(items))
    if as_json:
        _json([asdict(item) for item in items])
        return
    for item in items:
        typer.echo(answers.item_line(item))


def status(called: Called, corpus: CorpusAt, as_of: AsOf = None, as_json: Json = False) -> None:
    """Whether a document is in force, amended, replaced or repealed, as far as the corpus tells."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        node, found, chain = opened.status(called, as_of)
    if as_json:
        _json(answers.node_value(node) | asdict(found) | {"links": answers.chain_value(chain)["links"]})
        return
    for line in answers.status_lines(node, found):
        typer.echo(line)


def gaps(
    corpus: CorpusAt,
    issuer: Annotated[str | None, typer.Option(metavar="NAME", help="Only series of this organ or place.")] = None,
    type: Annotated[str | None, typer.Option("--type", metavar="WORD", help="Only this type: 'chỉ thị'.")] = None,
    as_json: Json = False,
) -> None:
    """Numbers missing in the series of each issuer, type and year (of the Party: term)."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        found = opened.series(issuer, type)
    if as_json:
        _json([asdict(one) | {"missing": one.missing} for one in found])
        return
    for one in found:
        typer.echo(answers.series_line(one))


def audit(corpus: CorpusAt, as_json: Json = False) -> None:
    """What cannot be right: documents that cite themselves or the future, circles of replacement, doubled numbers.

    Ends with 1 when something is found.
    """
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        found = opened.audit()
    if as_json:
        _json([asdict(one) for one in found])
    else:
        for one in found:
            typer.echo(f"{one.code}: {one.message}")
    raise typer.Exit(int(bool(found)))


def duplicates(corpus: CorpusAt, as_json: Json = False) -> None:
    """Documents that several files hold, the best reading first; none is ever deleted."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        found = opened.duplicates()
    if as_json:
        _json([answers.node_value(node) for node in found])
        return
    for node in found:
        typer.echo(answers.node_line(node))
        for digest, path in node.files:
            typer.echo(f"  {path}  sha256:{digest[:16]}")
