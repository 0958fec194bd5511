"""A spaCy DocBin: records in, the bytes of a `.spacy` file out, and back; the same records give the same bytes.

Each record becomes a `Doc` of its own text, cut into words and single marks, so that almost every claim ends where a
token does.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from spacy.vocab import Vocab

from docparse.export.spacy_spans import annotate, record_of
from docparse.record import Record

_TOKEN = re.compile(r"\w+|[^\w\s]|[^\S ]+|(?<=\s) +|^ +")
"""A word, a single mark, line ends, and spaces that do not follow a word."""


def blank() -> Language:
    """An empty Vietnamese pipeline whose tokenizer needs no other package (spaCy's own asks for pyvi)."""
    return spacy.blank("vi", config={"nlp": {"tokenizer": {"use_pyvi": False}}})


def doc_of(record: Record, vocab: Vocab) -> Doc:
    """A record as a `Doc` of its text, with spans and values."""
    words: list[str] = []
    spaces: list[bool] = []
    end = 0
    for match in _TOKEN.finditer(record.text):
        if match.start() > end:
            spaces[-1] = True
        words.append(match[0])
        spaces.append(False)
        end = match.end()
    if end < len(record.text):
        spaces[-1] = True
    return annotate(Doc(vocab, words=words, spaces=spaces), record)


def dumped(records: Iterable[Record]) -> bytes:
    """The records as a DocBin, in their order."""
    vocab = blank().vocab
    store = DocBin(store_user_data=True)
    for record in records:
        store.add(doc_of(record, vocab))
    return store.to_bytes()


def loaded(data: bytes, vocab: Vocab | None = None) -> Iterator[Record]:
    """The records in the bytes of a `.spacy` file that docparse wrote."""
    for doc in DocBin().from_bytes(data).get_docs(vocab or blank().vocab):
        record = record_of(doc)
        if record is not None:
            yield record
