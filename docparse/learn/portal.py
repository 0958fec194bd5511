"""Silver: the national portal's normative texts, where they lie beside the checkout, come out parsed by the rules.

Only texts whose number the rules read as the portal gives it: then their letterhead was understood.
"""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from pathlib import Path

from docparse import pipeline
from docparse.evaluate.forms import folded_number
from docparse.learn.calibrate import ROOT
from docparse.model import Document, Field
from docparse.settings import Settings

TEXTS = ROOT.parent / "shared" / "corpora" / "vbpl.jsonl.gz"
RULES = Settings.model_validate({"learn": {"lines": "off", "bodies": "off"}})
"""No model may teach the next."""
EACH = 4
"""Every fourth text is taken: the rules label more alike than new."""
LONGEST = 80_000
"""Code points of the longest text taken."""


def portal_texts(path: Path = TEXTS) -> Iterator[tuple[str, Document]]:
    """Name and document of each text taken; none where the texts are not at hand."""
    if not path.is_file():
        return
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for at, line in enumerate(lines):
            entry = json.loads(line) if at % EACH == 0 else None
            if entry is None or len(entry["text"]) > LONGEST:
                continue
            doc = pipeline.parse_text(entry["text"], entry["file"], RULES)
            values = [a.value for a in doc.annotations if isinstance(a.value, Field)]
            numbers = (folded_number(value.value) for value in values if value.name == "header.number")
            if folded_number(entry["so_ky_hieu"]) in numbers:
                yield entry["file"], doc
