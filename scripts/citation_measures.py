"""Two measures of citations for docs/evaluation.md: hyperlinks of the portal's texts that are found, and lines that
look like citations and are none.

In: rows of the portal with their records; the lines of tests/unit/citation_negatives.tsv. Out: Markdown.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from docparse import parse_text
from docparse.places import fold
from docparse.tag.quoted import quoted_spans

NEGATIVES = Path(__file__).resolve().parents[1] / "tests" / "unit" / "citation_negatives.tsv"
_DOCUMENT = re.compile(r"\d+\s*/\s*\d{4}\s*/|(?i:luật|pháp lệnh|nghị định|nghị quyết|thông tư|quyết định|hiến pháp)")
_STANDARD = re.compile(r"(?:TCVN|QCVN)\b")
_IN_ADDRESS = re.compile(
    r"(?<!\d)0*(\d{1,4})-((?:19|20)\d\d)-(nd-cp|qd-[a-z]+|tt-[a-z]+|nq-cp|qh\d\d|ubtvqh\d\d)(?![a-z])"
)


@dataclass(frozen=True, slots=True)
class Link:
    """A hyperlink of a text: its file, its words, what became of it, and the number that its address and that the
    citation found there give."""

    file: str
    words: str
    outcome: str
    addressed: str | None = None
    found: str | None = None


def links(parsed: Iterable[tuple[Mapping[str, Any], Mapping[str, Any]]]) -> str:
    """The hyperlinks of the portal's rows against the citations of their records, with all misses."""
    every = [link for row, record in parsed for link in _links(row, record)]
    by = Counter(link.outcome for link in every)
    naming = by["found"] + by["missed"]
    numbered = [link for link in every if link.addressed and link.found]
    agreeing = [link for link in numbered if link.addressed == link.found]
    lines = [
        "### Hyperlinked citations",
        "",
        f"{len(every)} hyperlinks in the portal's texts; {naming} of them name a document: {by['found']} found as",
        f"citations ({by['found'] / max(naming, 1):.4f}). {len(agreeing)} of {len(numbered)} resolve to the number",
        "in the link's address, where both have one and the words are not part of another document's title.",
        "",
        f"Not judged: {by['standard']} to technical standards (TCVN, QCVN), which are no documents of this contract;",
        f"{by['quoted']} in text quoted for amendment; {by['unnamed']} on words that name no document;",
        f"{by['absent']} whose words do not stand in the text.",
        "",
        "| file | words of the link | outcome | number in the address | number found |",
        "| --- | --- | --- | --- | --- |",
    ]
    for link in dict.fromkeys(every):
        differs = link.addressed and link.found and link.addressed != link.found
        if differs or link.outcome not in {"found", "standard"}:
            outcome = "another number" if differs else link.outcome
            lines.append(f"| {link.file} | {link.words} | {outcome} | {link.addressed or '–'} | {link.found or '–'} |")
    return "\n".join([*lines, ""])


def _links(row: Mapping[str, Any], record: Mapping[str, Any]) -> Iterator[Link]:
    text = record["text"]
    plain = fold(text)  # one tone placement, one character for each of the text
    quoted = quoted_spans(text)
    seen: dict[str, int] = {}
    for link in row["links"]:
        words = " ".join(unicodedata.normalize("NFC", link["text"]).split())
        pattern = re.compile(
            r"(?<!\w)" + r"[\s,-]+".join(map(re.escape, re.split(r"[\s,-]+", fold(words)))) + r"(?!\w)"
        )
        match = pattern.search(plain, seen.get(words, 0)) or pattern.search(plain)
        if match is None:
            yield Link(row["file"], words, "absent")
            continue
        seen[words] = match.end()
        start, end = match.span()
        cited = next((c for c in record["citations"] if c["span"][0] < end and c["span"][1] > start), None)
        if cited is not None:
            address, name = _IN_ADDRESS.search(link["href"].lower()), _IN_ADDRESS.search(cited["target"]["id"])
            title = fold(cited["target"]["title"] or "")
            if fold(words) in title and len(title) > len(words) + 12 and cited["target"]["type"] not in {"L", "PL"}:
                address = None  # in the title of another document: no mention of its own
            numbers = ("-".join(found.groups()) if found else None for found in (address, name))
            yield Link(row["file"], words, "found", *numbers)
        elif any(begin <= start < stop for begin, stop in quoted):
            yield Link(row["file"], words, "quoted")
        elif _STANDARD.match(words):
            yield Link(row["file"], words, "standard")
        else:
            yield Link(row["file"], words, "missed" if _DOCUMENT.search(words) else "unnamed")


def negatives() -> str:
    """The rate at which lines that only look like citations are taken for some, by kind."""
    lines = [
        line for line in NEGATIVES.read_text("utf-8").splitlines() if line and not line.startswith(("#", "kind\t"))
    ]
    judged: Counter[str] = Counter()
    taken: dict[str, list[str]] = {}
    for kind, words in (line.split("\t", 1) for line in lines):
        judged[kind] += 1
        if parse_text(f"Mở đầu văn bản.\n{words}\nKết thúc văn bản.").record().citations:
            taken.setdefault(kind, []).append(words)
    wrong = sum(map(len, taken.values()))
    out = [
        "## Hard negatives",
        "",
        f"{judged.total()} lines that look like citations and are none (`tests/unit/{NEGATIVES.name}`), each parsed as",
        f"a document: {wrong} taken, a false-positive rate of {wrong / judged.total():.4f}.",
        "",
        "| kind | lines | taken |",
        "| --- | --- | --- |",
    ]
    out += [f"| {kind} | {n} | {len(taken.get(kind, ()))} |" for kind, n in judged.items()]
    out += [f"- taken: {words}" for found in taken.values() for words in found]
    return "\n".join([*out, ""])
