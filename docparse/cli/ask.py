"""`docparse search`, `doc` and `chain`: questions to a corpus."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from docparse.cli.options import CorpusAt

Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
Called = Annotated[str, typer.Argument(metavar="ID", help="A canonical id, a number as printed, or a file's hash.")]


def search(
    words: Annotated[list[str], typer.Argument(metavar="WORDS...", help="With or without diacritics.")],
    corpus: CorpusAt,
    issuer: Annotated[str | None, typer.Option(metavar="NAME", help="Only what this organ issued.")] = None,
    type: Annotated[str | None, typer.Option("--type", metavar="CODE", help="Only this type: CT, QĐ, KH …")] = None,
    since: Annotated[str | None, typer.Option(metavar="DATE", help="Only from this day on, 2021-01-31.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="Only up to this day.")] = None,
    limit: Annotated[int, typer.Option(min=1, metavar="N", help="How many to show.")] = 20,
    as_json: Json = False,
) -> None:
    """Find documents by their words, best first."""
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        hits = opened.search(" ".join(words), limit, issuer, type, since, until)
    if as_json:
        typer.echo(json.dumps([asdict(hit) for hit in hits], ensure_ascii=False, indent=1))
        return
    for hit in hits:
        typer.echo(f"{hit.id}\n    {hit.path}: {hit.snippet}")


def doc(called: Called, corpus: CorpusAt, as_json: Json = False) -> None:
    """What the corpus knows of one document: what it is, where it is held, what it rests on and what rests on it."""
    from docparse.export import answers
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        node = opened.document(called)
        up, down = opened.chain(node.id, "up", depth=1), opened.chain(node.id, "down", depth=1)
    if as_json:
        value = answers.node_value(node) | {
            "up": answers.chain_value(up)["links"],
            "down": answers.chain_value(down)["links"],
        }
        typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    typer.echo(node.id)
    for digest, path in node.files:
        typer.echo(f"  {path}  sha256:{digest[:16]}")
    for line in [*answers.chain_lines(up), *list(answers.chain_lines(down))[1:]]:
        typer.echo(line)


def chain(
    called: Called,
    corpus: CorpusAt,
    down: Annotated[bool, typer.Option("--down/--up", help="What rests on it, instead of what it rests on.")] = False,
    relations: Annotated[
        str | None, typer.Option(metavar="A,B", help="Only these relations: implements,amends …")
    ] = None,
    depth: Annotated[int, typer.Option(min=1, max=50, metavar="N", help="How many steps to go.")] = 3,
    as_of: Annotated[str | None, typer.Option("--as-of", metavar="DATE", help="As it stood on this day.")] = None,
    svg: Annotated[Path | None, typer.Option("--svg", metavar="FILE", help="Draw it over time into this file.")] = None,
    html: Annotated[
        Path | None, typer.Option("--html", metavar="FILE", help="Also with every document and the sentences behind.")
    ] = None,
    as_json: Json = False,
) -> None:
    """The citation chain of a document: what it rests on (--up), or what carries it out (--down)."""
    from docparse.export import answers
    from docparse.export.html import dumped as page_of
    from docparse.export.svg import dumped as picture_of
    from docparse.run.sinks import write_whole
    from docparse.store.corpus import Corpus

    with Corpus.open(corpus) as opened:
        wanted = [word.strip() for word in relations.split(",")] if relations else []
        found = opened.chain(called, "down" if down else "up", depth, wanted, as_of)
        if svg is not None:
            write_whole(svg, picture_of(found, as_of))
        if html is not None:
            write_whole(html, page_of(opened, found, as_of))
    if as_json:
        typer.echo(json.dumps(answers.chain_value(found), ensure_ascii=False, indent=1))
        return
    for line in answers.chain_lines(found):
        typer.echo(line)
