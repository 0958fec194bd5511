"""Calibrated confidence: gold folders in, for each family of claims the weights that turn features into chances out.

A logistic regression over what speaks for a claim (docparse/tag/confidence.py), strongly regularised: the weight of a
rule with few examples stays near nothing, so that the rule has the rate of its kind. Documents, never claims, are held
out: what one document gets wrong it gets wrong often.
"""

from __future__ import annotations

import json
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from docparse import pipeline
from docparse.calibration import FILE, ROLE, Feature, Scale
from docparse.clean import clean
from docparse.errors import DocparseError, InputError
from docparse.evaluate import load_gold
from docparse.learn.exchanged import Values, exchanged, header_values
from docparse.learn.noise import damaged
from docparse.learn.store import save_text
from docparse.learn.verdicts import verdicts
from docparse.model import Document, Scan
from docparse.read import read_file
from docparse.recording import to_record
from docparse.run.inputs import SUFFIXES
from docparse.settings import Settings
from docparse.tag import cross_checks
from docparse.tag.confidence import claims

FOLDS = 5
STRENGTH = 0.3
"""scikit-learn's C: small is strongly regularised."""
FREER = 3.0
"""How much freer than a rule's the weight of a kind of claim or of a contradiction is."""
DOUBTS = cross_checks.DOUBTS | {"ocr", "ocr-doubt", "ocr-worst"}
"""What can only speak against a claim; where the examples show the contrary by chance it has no weight."""
NOISE = (0.04, 0.1, 0.2)
"""Shares of words damaged in the simulated copies of a text."""
EXCHANGES = 3
"""Copies of a text with values exchanged."""
NOISE_WEIGHT = 0.2
"""What a simulated claim counts beside a real one."""
LEAST = 4
"""Examples that a feature needs to have a weight."""
EDGES = (0.0, 0.5, 0.7, 0.8, 0.9, 0.94, 0.96, 0.98, 1.0)
ROOT = Path(__file__).resolve().parents[2]
_SETS = ("seeds", "norms", "office", "party", "scans")
FOLDERS = (ROOT / "corpus" / "gold", *(ROOT.parent / "shared" / "gold" / name for name in _SETS))
"""Where gold lies in a checkout and beside it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One judged claim: of which document (all its forms have one name), what speaks for it, whether it is right."""

    document: str
    family: str
    features: tuple[Feature, ...]
    right: bool
    damage: float = 0.0  # share of the words damaged by simulation; 0 for a real document
    exchanged: bool = False  # of a copy with values exchanged

    @property
    def simulated(self) -> bool:
        """Whether the document is no real one."""
        return self.exchanged or self.damage > 0


@dataclass(frozen=True, slots=True)
class Bin:
    """Claims of like confidence: its bounds, how many, their mean confidence and the share that is right."""

    low: float
    high: float
    claims: int
    confidence: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How far confidences may be believed: expected calibration error, Brier score, bins."""

    claims: int
    right: float
    error: float
    brier: float
    bins: tuple[Bin, ...]


def examples(
    folders: Iterable[Path] = FOLDERS,
    read: Callable[[Path], Scan] = lambda path: read_file(path, Settings()),
    simulate: bool = True,
) -> list[Example]:
    """Every judged claim in the documents beside the gold, and of simulated copies unless `simulate` is off. Raises
    InputError when no folder holds any gold."""
    out: list[Example] = []
    headers: list[Values] = []  # of the documents before, for exchange
    for folder in folders:
        if any(folder.glob("*.gold.json")):
            for name, gold in load_gold(folder).items():
                for path in forms(folder, name):
                    out += _of_file(name, path, gold, read, headers if simulate else None)
    if not out:
        raise InputError("there is no gold to learn from; give its folders with --gold")
    return out


def forms(folder: Path, name: str) -> list[Path]:
    """The files of a gold record's document: text, office, PDF and scan of the same document."""
    places = (folder, folder.parent / "documents")
    found = (p for place in places for p in sorted(place.glob(f"{name}*")))
    return [p for p in found if p.stem in {name, f"{name}-scan"} and p.suffix.lower() in SUFFIXES]


def _of_file(
    name: str, path: Path, gold: Mapping[str, object], read: Callable[[Path], Scan], headers: list[Values] | None
) -> Iterator[Example]:
    try:
        scan = read(path)
    except DocparseError:
        return  # a reader that this machine lacks, as of legacy Word
    doc = _annotated(scan)
    right = _verdicts(doc, gold)
    yield from _judged(name, doc, right)
    if headers is None or any(
        page.method not in {"text", "markup"} or any(n.words for n in page.lines) for page in scan.pages
    ):
        return
    for turn in range(EXCHANGES):
        copy, wrong = exchanged(doc, headers, zlib.crc32(f"{name}{path.suffix}{turn}".encode()))
        yield from _judged(name, copy, {i: ok and i not in wrong for i, ok in right.items()}, swapped=True)
    headers.append(header_values(doc))
    for share in NOISE:
        copy = _annotated(damaged(scan, zlib.crc32(f"{name}{path.suffix}{share}".encode()), share))
        yield from _judged(name, copy, _verdicts(copy, gold), share)


def _annotated(scan: Scan) -> Document:
    return pipeline.annotate(clean(scan), [stage for stage in pipeline.STAGES if stage.name != "confidence"])


def _verdicts(doc: Document, gold: Mapping[str, object]) -> dict[int, bool]:
    return verdicts(doc, to_record(doc).model_dump(mode="json", by_alias=True), gold)


def _judged(
    name: str, doc: Document, right: Mapping[int, bool], damage: float = 0.0, swapped: bool = False
) -> Iterator[Example]:
    for claim in claims(doc):
        if claim.index in right:
            yield Example(name, claim.family, claim.features, right[claim.index], damage, swapped)


def fit(known: Sequence[Example]) -> dict[str, Scale]:
    """A scale for each family of claims."""
    families: dict[str, list[Example]] = defaultdict(list)
    for example in known:
        families[example.family].append(example)
    return {family: _scale(mine) for family, mine in sorted(families.items())}


def _scale(known: Sequence[Example]) -> Scale:
    # after n documents without a miss the next may still hold one (Laplace); claims of one document are no new evidence
    seen_documents = len({e.document for e in known if not e.simulated})
    most = (seen_documents + 1) / (seen_documents + 2)
    seen: dict[str, int] = defaultdict(int)
    for example in known:
        for name, _ in example.features:
            seen[name] += 1
    names = sorted(name for name, n in seen.items() if n >= LEAST)
    wanted = np.array([e.right for e in known])
    if wanted.all() or not wanted.any():
        rate = (wanted.sum() + 1) / (len(known) + 2)
        return Scale(round(float(np.log(rate / (1 - rate))), 3), {}, most=round(most, 4))
    while True:
        intercept, weights = _regression(known, wanted, names)
        absurd = {name for name in DOUBTS if weights.get(name, 0.0) > 0}
        if not absurd:
            return Scale(intercept, weights, most=round(most, 4))
        names = [name for name in names if name not in absurd]


def _regression(
    known: Sequence[Example], wanted: NDArray[np.bool_], names: Sequence[str]
) -> tuple[float, dict[str, float]]:
    """Intercept and weights. How much wronger simulation makes the claims is learned beside them and left out."""
    column = {name: i for i, name in enumerate(names)}
    table = np.zeros((len(known), len(names) + 3))
    for row, example in enumerate(known):
        for name, value in example.features:
            if name in column:
                table[row, column[name]] = value * _reach(name)
        simulated = example.damage > 0, example.damage / NOISE[-1], example.exchanged
        table[row, -3:] = [FREER * value for value in simulated]
    weight = np.array([NOISE_WEIGHT if e.simulated else 1.0 for e in known])
    model = LogisticRegression(C=STRENGTH, max_iter=5000, tol=1e-8).fit(table, wanted, weight)
    weights = {name: round(float(model.coef_[0, i]) * _reach(name), 3) for name, i in column.items()}
    return round(float(model.intercept_[0]), 3), weights


def _reach(name: str) -> float:
    return FREER if name.startswith("kind=") or (name in DOUBTS and not name.startswith("ocr")) else 1.0


def held_out(known: Sequence[Example], folds: int = FOLDS) -> list[tuple[Example, float, int]]:
    """Each real example with the confidence that a model gives it which never saw its document, and its fold."""
    place = {name: i % folds for i, name in enumerate(sorted({e.document for e in known}))}
    out: list[tuple[Example, float, int]] = []
    for fold in range(folds):
        scales = fit([e for e in known if place[e.document] != fold])
        for example in known:
            if place[example.document] == fold and not example.simulated and example.family in scales:
                out.append((example, scales[example.family].confidence(example.features), fold))
    return out


def reliability(judged: Sequence[tuple[float, bool]]) -> Reliability:
    """Confidence against truth, in bins between EDGES; the error is the mean distance of the bins, by their claims."""
    bins: list[Bin] = []
    for low, high in pairwise(EDGES):
        inside = [(p, right) for p, right in judged if low <= p < high or p == high == 1.0]
        if inside:
            n = len(inside)
            sure, right = sum(p for p, _ in inside) / n, sum(r for _, r in inside) / n
            bins.append(Bin(low, high, n, round(sure, 4), round(right, 4)))
    total = max(1, len(judged))
    return Reliability(
        len(judged),
        round(sum(right for _, right in judged) / total, 4),
        round(sum(b.claims * abs(b.confidence - b.right) for b in bins) / total, 4),
        round(sum((p - right) ** 2 for p, right in judged) / total, 4),
        tuple(bins),
    )


def train_calibration(models: Path, version: str, gold: Sequence[Path] = ()) -> Path:
    """Learn from gold folders (by default FOLDERS), and keep scales and a card with what held-out documents show."""
    known = examples(gold or FOLDERS)
    text = json.dumps(
        {
            family: {
                "intercept": scale.intercept,
                "least": scale.least,
                "most": scale.most,
                "weights": dict(sorted(scale.weights.items())),
            }
            for family, scale in fit(known).items()
        },
        ensure_ascii=False,
        indent=1,
    )
    return save_text(models, ROLE, version, FILE, text + "\n", card(known))


def card(known: Sequence[Example]) -> dict[str, object]:
    """What the model was learned from and how it does on documents it did not see."""
    real = [e for e in known if not e.simulated]
    out: dict[str, object] = {
        "role": ROLE,
        "reads": "the rule of a claim, the rule's own number, OCR's confidence in its words, cross-checks",
        "says": "the chance that a claim is right: a citation's number, type, date and issuer, a body's role, "
        "a deadline's value, a header field; spans and relations are not judged",
        "form": f"logistic regression for each family of claims, L2 (C = {STRENGTH}); chances end at "
        "what that many documents can show, (n + 1) / (n + 2)",
        "trained_on": sorted({e.document for e in real}),
        "scans": "gold PDFs and the noisy scans of corpus/, read by OCR",
        "simulated": f"text documents with {', '.join(f'{100 * n:.0f} %' for n in NOISE)} of their words damaged "
        f"(diacritics, digits), and {EXCHANGES} copies each with values exchanged between claims, at weight "
        f"{NOISE_WEIGHT}, with intercepts of their own that are left out",
        "folds": FOLDS,
        "held_out_by": "document, all its forms together; simulated documents are never judged",
        "limits": "the rules were written with most of these documents at hand; on others they err more often",
    }
    judged = held_out(known)
    for family in sorted({e.family for e in real}):
        mine = [(e, p, fold) for e, p, fold in judged if e.family == family]
        whole = reliability([(p, e.right) for e, p, _ in mine])
        by_fold = [reliability([(p, e.right) for e, p, at in mine if at == fold]) for fold in range(FOLDS)]
        out |= {
            f"{family}_claims": whole.claims,
            f"{family}_simulated": sum(e.family == family and e.simulated for e in known),
            f"{family}_right": whole.right,
            f"{family}_calibration_error": whole.error,
            f"{family}_brier": whole.brier,
            f"{family}_calibration_error_by_fold": [one.error for one in by_fold],
            f"{family}_brier_by_fold": [one.brier for one in by_fold],
            f"{family}_bins": [[b.low, b.high, b.claims, b.confidence, b.right] for b in whole.bins],
        }
    return out
