#!/usr/bin/env python3
"""Makes corpus/documents and corpus/gold from corpus/sources: every format that a source names, and its gold record.

    .venv/bin/python scripts/make_corpus.py [NAME...] [-o CORPUS] [--cheap]

NAME      only the sources with these names; all of them without
--cheap   only what needs no fonts and no rendering: gold, text, HTML, DOCX
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator
from pathlib import Path

from corpus_maker import pdf, plain, scan, word
from corpus_maker.gold import gold_record
from corpus_maker.source import Paper, read_paper

ROOT = Path(__file__).resolve().parents[1]
SUFFIXES = {"text": ".txt", "html": ".html", "docx": ".docx", "pdf": ".pdf", "scan": "-scan.pdf"}
CHEAP = ("text", "html", "docx")


def gold_text(paper: Paper) -> str:
    return json.dumps(gold_record(paper), ensure_ascii=False, indent=1) + "\n"


def files(paper: Paper, cheap: bool) -> Iterator[tuple[str, bytes]]:
    """Each format's file name and bytes."""
    wanted = [f for f in paper.meta["formats"] if not cheap or f in CHEAP]
    if "text" in wanted:
        yield paper.name + SUFFIXES["text"], plain.text_file(paper).encode()
    if "html" in wanted:
        yield paper.name + SUFFIXES["html"], plain.html_file(paper).encode()
    if "docx" in wanted:
        yield paper.name + SUFFIXES["docx"], word.word_file(paper)
    if "pdf" in wanted or "scan" in wanted:
        made = pdf.pdf_file(paper)
        if "pdf" in wanted:
            yield paper.name + SUFFIXES["pdf"], made.data
        if "scan" in wanted:
            yield paper.name + SUFFIXES["scan"], scan.scan_file(made, paper.name)


def make(corpus: Path, names: list[str], cheap: bool) -> int:
    """Writes the files under `corpus`; returns how many."""
    count = 0
    for folder in ("documents", "gold"):
        (corpus / folder).mkdir(parents=True, exist_ok=True)
    for source in sorted((ROOT / "corpus" / "sources").glob("*.toml")):
        if names and source.stem not in names:
            continue
        paper = read_paper(source)
        (corpus / "gold" / f"{paper.name}.gold.json").write_text(gold_text(paper), "utf-8")
        for name, data in files(paper, cheap):
            (corpus / "documents" / name).write_bytes(data)
            count += 1
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME")
    parser.add_argument("-o", "--output", type=Path, default=ROOT / "corpus")
    parser.add_argument("--cheap", action="store_true")
    args = parser.parse_args()
    count = make(args.output, args.names, args.cheap)
    print(f"{count} documents in {args.output / 'documents'}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
