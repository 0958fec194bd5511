"""Trains the span model of bodies: gold folders in, weights, word classes, thresholds and a card out.

Rules, model and both are compared on documents that the model has not seen (folds by document, all forms of one in one
fold), whole and with their words worn; how sure the model must be is chosen on the other folds.
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product
from pathlib import Path
from typing import Any

try:
    import pycrfsuite
except ImportError:  # the extra `learn` is not installed
    pycrfsuite = None

from docparse import pipeline
from docparse.clean import clean
from docparse.errors import DependencyError, InputError
from docparse.evaluate import load_gold
from docparse.evaluate.judging import JUDGES
from docparse.evaluate.tallies import Score, Sheet
from docparse.learn.body_samples import Sample, damaged, from_gold, from_rules
from docparse.learn.calibrate import FOLDERS, FOLDS, forms
from docparse.learn.noise import as_scanned
from docparse.learn.noise import damaged as worn
from docparse.learn.portal import RULES, portal_texts
from docparse.learn.store import save_files
from docparse.learn.words import classes
from docparse.model import Annotation, Body, Document, Scan, Task
from docparse.read import read_file
from docparse.settings import Settings
from docparse.tables import Tables
from docparse.tag.body_choice import Choice, TaskReading, chosen, read_tasks
from docparse.tag.body_model import CHOICE, ROLE, WEIGHTS, WORDS, BodyReader, CrfReader
from docparse.tag.body_tokens import Lexicon, features, lexicon

PARAMETERS = {
    "c1": 0.05, "c2": 0.05, "max_iterations": 50, "feature.possible_transitions": True, "feature.minfreq": 2,
}  # fmt: skip
WORN = (0.1, 0.2)
"""Shares of worn words in the copies on which rules and model are compared."""
SHOWN_WORN = 0.12
"""Share of words without their marks in the second copy of each sample that is learned from."""
SURE = (0.7, 0.8, 0.9)
MISSED = (0.08, 0.12, 0.18, 0.25)
"""Thresholds that are tried."""
Json = Mapping[str, Any]
Read = Callable[[Path], Scan]


@dataclass(frozen=True, slots=True)
class Case:
    """A parsed document with its gold: its name, the share of its words worn, whether OCR read it."""

    name: str
    doc: Document
    gold: Json
    worn: float = 0.0

    @property
    def condition(self) -> str:
        """`text`, `scan`, or `worn 10 %`."""
        if self.worn:
            return f"worn {100 * self.worn:.0f} %"
        return "scan" if any(page.method == "ocr" for page in self.doc.pages) else "text"


def cases(folders: Iterable[Path], read: Read) -> Iterator[Case]:
    """The documents whose gold judges bodies: as text (with worn copies of it) and as scans."""
    for folder in folders:
        for name, gold in load_gold(folder).items() if folder.is_dir() else ():
            if not {"bodies", "tasks"} <= set(gold.get("scored", ())):
                continue
            files = forms(folder, name)
            text = [p for p in files if p.suffix == ".txt"] or [p for p in files if not p.stem.endswith("-scan")]
            for path in text[:1] + [p for p in files if p.stem.endswith("-scan")]:
                scan = read(path)
                yield Case(name, _rules(scan), gold)
                if not any(page.method == "ocr" for page in scan.pages):
                    for share in WORN:
                        seed = zlib.crc32(f"{name}{share}".encode())
                        yield Case(name, _rules(as_scanned(worn(scan, seed, share))), gold, share)


def _rules(scan: Scan) -> Document:
    return pipeline.annotate(clean(scan), pipeline.stages(RULES))


def crf(samples: Iterable[Sample], known: Lexicon) -> bytes:
    """The weights that the samples teach, each shown whole and worn. Raises DependencyError without the library."""
    if pycrfsuite is None:
        raise DependencyError("this needs python-crfsuite; install it with: pip install 'docparse[learn]'")
    trainer = pycrfsuite.Trainer(algorithm="lbfgs", params=PARAMETERS, verbose=False)
    for at, sample in enumerate(samples):
        for copy in (sample, damaged(sample, zlib.crc32(str(at).encode()), SHOWN_WORN)):
            trainer.append(features(copy.words, known), list(copy.labels))
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / WEIGHTS
        trainer.train(str(path))
        return path.read_bytes()


def reader_of(weights: bytes, known: Lexicon) -> CrfReader:
    """A reader with these weights."""
    tagger = pycrfsuite.Tagger()
    tagger.open_inmemory(weights)
    return CrfReader(tagger, known, weights)


@dataclass(frozen=True, slots=True)
class Held:
    """A case, its fold, and what a model reads in it that never saw its document."""

    case: Case
    fold: int
    read: list[TaskReading]


class Ledger:
    """What each way of choosing reaches in each case; nothing is judged twice."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, Choice, bool], tuple[int, int]] = {}

    def f1(self, held: Iterable[Held], choice: Choice, alone: bool = False) -> float:
        """F1 of bodies found in the right role; `alone` without the rules'."""
        return self.f1_of(((one, choice) for one in held), alone)

    def f1_of(self, held: Iterable[tuple[Held, Choice]], alone: bool = False) -> float:
        """As `f1`, with a choice for each case."""
        right = whole = 0
        for one, choice in held:
            mine = self._of(one, choice, alone)
            right, whole = right + mine[0], whole + mine[1]
        return 2 * right / whole if whole else 1.0

    def _of(self, held: Held, choice: Choice, alone: bool) -> tuple[int, int]:
        key = (id(held), choice, alone)
        if key not in self._known:
            doc = _without_bodies(held.case.doc) if alone else held.case.doc
            score = Score()
            sheet = Sheet(score, held.case.name, absent=False)
            JUDGES["bodies"](sheet, _record(doc, chosen(doc, held.read, choice)), held.case.gold)
            tally = score.tallies["bodies"]
            whole = 2 * tally.right + tally.invented + tally.missed
            self._known[key] = score.shares["body.role"].right, whole
        return self._known[key]


def _record(doc: Document, annotations: Iterable[Annotation]) -> Json:
    tasks = sorted(doc.tasks, key=lambda t: len(t.span))

    def task_of(a: Annotation) -> Task | None:
        return next((t for t in tasks if t.span.holds(a.span)), None)

    bodies = [(a.span.of(doc.text), a.value, task_of(a)) for a in annotations if isinstance(a.value, Body)]
    return {
        "tasks": [{"id": str(t.span), "path": t.path} for t in tasks],
        "bodies": [
            {"text": text, "name": value.name, "role": value.role, "task": str(t.span) if t else None}
            for text, value, t in bodies
        ],
    }


def held_out(known: Sequence[Case], silver: Sequence[Sample], words: Lexicon, folds: int = FOLDS) -> list[Held]:
    """What models read in documents that they never saw."""
    place = {name: i % folds for i, name in enumerate(sorted({c.name for c in known}))}
    out: list[Held] = []
    for fold in range(folds):
        shown = [s for c in known if place[c.name] != fold and not c.worn for s in from_gold(c.name, c.doc, c.gold)]
        reader: BodyReader = reader_of(crf([*shown, *silver], words), words)
        out += [Held(c, fold, read_tasks(c.doc, reader)) for c in known if place[c.name] == fold]
    return out


def choose(held: Sequence[Held], ledger: Ledger) -> dict[str, float]:
    """The thresholds for pages read by OCR that reach most in worn copies, of those under which scans lose nothing;
    none where all lose. For whole texts the model says nothing: rules that know these documents leave it no room."""
    scans = [h for h in held if h.case.condition == "scan"]
    copies = [h for h in held if h.case.worn]
    silent = Choice()
    best, choice, floor = ledger.f1(copies, silent), silent, ledger.f1(scans, silent)
    for tried in (Choice(anywhere=sure, missed=missed) for sure, missed in product(SURE, MISSED)):
        if ledger.f1(scans, tried) >= floor and ledger.f1(copies, tried) > best + 1e-9:
            best, choice = ledger.f1(copies, tried), tried
    return {} if choice == silent else {"ocr.anywhere": choice.anywhere, "ocr.missed": choice.missed}


def compared(held: Sequence[Held], ledger: Ledger, folds: int = FOLDS) -> dict[str, list[float]]:
    """F1 in the right role over all documents, of rules, model and both, by condition; the thresholds
    are those of the other folds."""
    choices = [Choice.of(choose([h for h in held if h.fold != fold], ledger), scanned=True) for fold in range(folds)]
    out: dict[str, list[float]] = {}
    for condition in sorted({h.case.condition for h in held}):
        mine = [h for h in held if h.case.condition == condition]
        both = [(h, Choice() if condition == "text" else choices[h.fold]) for h in mine]
        ways = (
            ledger.f1(mine, Choice()),
            ledger.f1(mine, Choice(anywhere=0.0), alone=True),
            ledger.f1_of(both),
        )
        out[condition] = [round(way, 4) for way in ways]
    return out


def _without_bodies(doc: Document) -> Document:
    """The document with none of the rules' bodies but those outside every task, which the model does not read."""
    spans = [t.span for t in doc.tasks]
    kept = (a for a in doc.annotations if not isinstance(a.value, Body) or not any(s.holds(a.span) for s in spans))
    return replace(doc, annotations=tuple(kept))


def train_bodies(
    models: Path, version: str, gold: Sequence[Path] = (), read: Read = lambda path: read_file(path, Settings())
) -> Path:
    """Learn from gold folders (by default FOLDERS, and then silver of the portal's texts too). Raises InputError when
    no gold judges bodies."""
    known = list(cases(gold or FOLDERS, read))
    if not known:
        raise InputError("no gold judges bodies; give its folders with --gold")
    silver = [s for name, doc in (() if gold else portal_texts()) for s in from_rules(name, doc)]
    table = classes(t.span.of(c.doc.text) for c in known if c.condition == "text" for t in c.doc.tasks)
    words = lexicon(Tables.default(), table)
    held = held_out(known, silver, words)
    ledger = Ledger()
    values = choose(held, ledger)
    samples = [s for c in known if not c.worn for s in from_gold(c.name, c.doc, c.gold)]
    files = {
        WEIGHTS: crf([*samples, *silver], words),
        WORDS: "".join(f"{pair}\t{kind}\n" for pair, kind in table.items()).encode(),
        CHOICE: (json.dumps(values, indent=1) + "\n").encode(),
    }
    card: dict[str, object] = {
        "role": ROLE,
        "reads": "bodies with their roles in the own words of tasks",
        "form": f"conditional random field over syllables (CRFsuite, L-BFGS; {json.dumps(PARAMETERS)})",
        "trained_on": sorted({c.name for c in known}),
        "silver": f"{len(silver)} ranges of the portal's normative texts as the rules label them",
        "words": "classes of words by underthesea, drawn when trained; parsing does not need it",
        "labelled": sum(label.startswith("B") for s in samples for label in s.labels),
        "held_out_by": f"document, {FOLDS} folds, all forms of one together; thresholds of the other folds",
        "thresholds": json.dumps(values),
        "f1_of": "bodies found in the right role: rules, model, both",
        "licence": "Apache-2.0, as docparse; learned from official texts and the project's own",
        "limits": "the rules were written with these documents at hand, the model was not: on whole texts it does not "
        "gain and says nothing; worn copies are simulated",
    }
    card |= {f"f1_{name.replace(' %', '').replace(' ', '_')}": row for name, row in compared(held, ledger).items()}
    return save_files(models, ROLE, version, files, card)
