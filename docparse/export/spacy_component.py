"""The pipeline component `docparse`: a spaCy `Doc` of any tokenizer in, the same with our spans and its record out.

A record's text is normalised (CONTRACT.md); the spans stand where their words stand in the `Doc`'s own text.
"""

from __future__ import annotations

from spacy.tokens import Doc

from docparse.export.origins import origins
from docparse.export.spacy_spans import annotate
from docparse.pipeline import parse_text


class Component:
    """Parses the text of each `Doc` as a plain text document called `source`."""

    def __init__(self, source: str = "-") -> None:
        self._source = source

    def __call__(self, doc: Doc) -> Doc:
        """The `Doc` with its spans. Raises a DocparseError when a stage fails."""
        parsed = parse_text(doc.text, self._source)
        same = parsed.text == doc.text
        return annotate(doc, parsed.record(), None if same else origins(parsed, doc.text))
