"""The count of syllables: folders of official texts in, the arrays of a `SyllableModel` out.

Only texts that were never scanned are counted. How good the count is, is tried on documents held out of it: some of
their syllables are exchanged for others of the same letters, and it has to find them.
"""

from __future__ import annotations

import gzip
import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np

from docparse.clean.normalize import normal
from docparse.clean.syllables import BREAK, FIGURE, OTHER, SPECIAL, tokens
from docparse.errors import InputError
from docparse.read.quality import is_syllable

LEAST_SINGLE, LEAST_TRIPLE = 3, 2
"""Occurrences from which a syllable and a run of three are kept."""
MOST = 65_535
ROOT = Path(__file__).resolve().parents[2]
FOLDERS = (ROOT.parent / "shared" / "corpora",)
"""Where the texts lie beside a checkout."""


@dataclass(frozen=True, slots=True)
class Trained:
    """Arrays for `learn/store.py` and what they were counted from."""

    arrays: Mapping[str, Any]
    documents: int
    syllables: int
    known: int


def texts_of(folders: Iterable[Path]) -> Iterator[str]:
    """The texts of the folders: `text` of JSON Lines (also gzipped), and whole `.txt` and `.tsv` files, in the order of
    their names. Raises InputError when there are none."""
    found = False
    for folder in folders:
        for path in sorted(folder.glob("*")) if folder.is_dir() else ():
            if path.name.endswith((".jsonl", ".jsonl.gz")):
                data = path.read_bytes()
                text = (gzip.decompress(data) if path.suffix == ".gz" else data).decode("utf-8")
                for line in text.splitlines():
                    found = True
                    yield str(json.loads(line).get("text", ""))
            elif path.suffix in (".txt", ".tsv"):
                found = True
                yield path.read_text("utf-8")
    if not found:
        raise InputError("there are no texts to count; give folders with .txt, .tsv or .jsonl files")


def train(texts: Iterable[str]) -> Trained:
    """Count the syllables of the texts and their runs of two and three. The same texts give the same arrays."""
    lines = [_read(line) for text in texts for line in ("\0" + text).split("\n")]
    words = Counter(token for line in lines for token in line if token.isalpha())
    known = sorted(w for w, n in words.items() if n >= LEAST_SINGLE and is_syllable(w))
    ids = {word: at for at, word in enumerate(known, len(SPECIAL))}
    single: Counter[int] = Counter()
    pair: Counter[tuple[int, ...]] = Counter()
    triple: Counter[tuple[int, ...]] = Counter()
    documents = 0
    for line in lines:
        if line[:1] == ["\0"]:
            documents += 1
        run = _numbered(line, ids)
        single.update(run)
        pair.update(pairwise(run))
        triple.update(zip(run, run[1:], run[2:], strict=False))
    size = len(SPECIAL) + len(known)
    pairs = _packed(pair, size, 1)
    triples = _packed(triple, size, LEAST_TRIPLE)
    arrays = {
        "words": np.frombuffer("\n".join(known).encode(), dtype=np.uint8),
        "singles": np.array([single[i] for i in range(size)], dtype=np.uint32),
        "pair_steps": pairs[0],
        "pair_counts": pairs[1],
        "triple_steps": triples[0],
        "triple_counts": triples[1],
    }
    return Trained(arrays, documents, sum(words.values()), len(known))


def _read(line: str) -> list[str]:
    """The tokens of a line: words in lower case, `0` for a figure, a point for a mark; `\\0` opens a document."""
    head = ["\0"] if line.startswith("\0") else []
    return head + [
        m["word"].lower() if m["word"] else "0" if m["figure"] else "." for m in tokens(normal(line.lstrip("\0")))
    ]


def _numbered(line: Sequence[str], ids: Mapping[str, int]) -> list[int]:
    """The ids of a line between breaks; several marks together are one break."""
    run = [BREAK]
    for token in line:
        at = FIGURE if token == "0" else BREAK if token in ".\0" else ids.get(token, OTHER)
        if at != BREAK or run[-1] != BREAK:
            run.append(at)
    if run[-1] != BREAK:
        run.append(BREAK)
    return run


def _packed(counts: Counter[tuple[int, ...]], size: int, least: int) -> tuple[Any, Any]:
    """Keys in ascending order as steps from one to the next, and their counts."""
    kept: list[tuple[int, int]] = []
    for run, count in counts.items():
        if count >= least:
            key = 0
            for at in run:
                key = key * size + at
            kept.append((key, min(count, MOST)))
    kept.sort()
    steps = np.diff(np.array([key for key, _ in kept], dtype=np.int64), prepend=0)
    return steps.astype(np.uint32), np.array([count for _, count in kept], dtype=np.uint16)
