"""Sentences behind a link: links go in; for each the words of its documents that say so, with page, come out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from docparse.record import CitationRecord, Record
from docparse.store.chains import Link
from docparse.store.corpus import Corpus

EACH: Final = 3
"""How many sentences a link shows at most, the surest first."""
_REACH: Final = 320
_END = re.compile(r"[.;!?](?=\s)|\n")


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence in three parts, the middle one being the citation; where it stands, and how sure the claim is."""

    before: str
    words: str
    after: str
    path: str
    page: int | None
    provision: str | None
    rule: str
    confidence: float


def sentences(corpus: Corpus, links: Iterable[Link]) -> Mapping[tuple[int, int, str], list[Sentence]]:
    """The surest sentences of each link, by its source, target and relation."""
    records: dict[str, tuple[Record, dict[str, CitationRecord]]] = {}
    out: dict[tuple[int, int, str], list[Sentence]] = {}
    for link in links:
        for said in link.evidence[:EACH]:
            if said.sha256 not in records:
                record = corpus.record(said.sha256)
                records[said.sha256] = record, {one.id: one for one in record.citations}
            record, citations = records[said.sha256]
            if said.citation in citations:
                found = sentence_of(record, citations[said.citation])
                out.setdefault((link.source, link.target, link.relation), []).append(found)
    return out


def sentence_of(record: Record, citation: CitationRecord) -> Sentence:
    """The sentence around a citation, cut on both sides where it is long."""
    start, end = citation.span
    before, after = record.text[max(0, start - _REACH) : start], record.text[end : end + _REACH]
    stops = [match.end() for match in _END.finditer(before)]
    head = before[stops[-1] :] if stops else ("…" if start > _REACH else "") + before
    stop = _END.search(after)
    tail = after[: stop.end()] if stop else after + ("…" if end + _REACH < len(record.text) else "")
    return Sentence(
        _plain(head).lstrip(),
        _plain(record.text[start:end]),
        _plain(tail).rstrip(),
        record.source.path,
        _page(record, citation),
        citation.provision,
        citation.rule,
        citation.confidence,
    )


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text)


def _page(record: Record, citation: CitationRecord) -> int | None:
    """The page on which it stands, where the document has pages."""
    if citation.boxes:
        return citation.boxes[0][0]
    pages = record.source.pages
    if len(pages) == 1 and pages[0].method == "markup":
        return None
    return next((page.number for page in pages if page.span[0] <= citation.span[0] < page.span[1]), None)
