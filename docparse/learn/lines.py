"""Trains the model of lines' jobs: parsed documents in, weights out, the same bytes each time.

Labels are the rules' where gold (or, for the portal's texts, its own record of the number) says that the rules are
right: gold does not mark lines, but where all recipients are right so are their lines.
"""

from __future__ import annotations

import json
import random
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from docparse import pipeline
from docparse.authority import fold
from docparse.clean import clean
from docparse.errors import InputError
from docparse.evaluate import load_gold
from docparse.evaluate.judging import JUDGES
from docparse.evaluate.tallies import Score, Sheet
from docparse.learn.calibrate import FOLDERS, FOLDS, forms
from docparse.learn.noise import as_scanned, garbled
from docparse.learn.noise import torn as torn_scan
from docparse.learn.portal import RULES, portal_texts
from docparse.learn.store import save
from docparse.model import Document, Field, Recipient, Scan, Section, Signer, Zone
from docparse.read import read_file
from docparse.segment.closing import zone_paragraphs
from docparse.segment.letterhead import PieceRole, read_letterhead
from docparse.segment.line_choice import SURE, repaired
from docparse.segment.line_model import ROLE, LineModel, job_of
from docparse.segment.line_roles import BUCKETS, JOBS, LineJob, features
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.stage import Stage
from docparse.tables import Tables

Json = Mapping[str, Any]
JUDGED = ("header", "recipients", "signature", "sections", "tasks")
TORN_SHARES = (0.15, 0.3)
LONGEST = 80_000
"""Code points of the longest document that is torn: the longer ones are all body."""
BODY_SHOWN = 150
"""So many lines from each end of a document are shown: of a long body the middle is all alike."""
TORN = 0.15
"""Share of lines made illegible in the second copy of each document."""
STRENGTH = 1.0
"""scikit-learn's C."""
PIECES: dict[PieceRole, LineJob] = {
    "number": "number", "type": "type", "subject": "subject", "about": "subject", "date": "date", "organ": "organ",
    "nation": "letterhead", "motto": "letterhead", "party": "letterhead", "stamp": "stamp", "draft": "stamp",
}  # fmt: skip
"""The job of a line that holds such a piece; of several the first here."""
_BASIS = ("can cu ", "xet ", "theo de nghi ", "thuc hien ")


@dataclass(frozen=True, slots=True)
class Sheaf:
    """The lines of one document with their jobs; None where nobody says which."""

    document: str
    lines: tuple[Paragraph, ...]
    jobs: tuple[LineJob | None, ...]


def sheaf(name: str, doc: Document, tables: Tables, unsure: Iterable[str] = ()) -> Sheaf:
    """A document's lines with the jobs that the rules give them; those of the parts in `unsure` have none."""
    lines = [p for p in paragraphs(doc) if p.text.strip()]
    given: dict[int, LineJob] = dict(_jobs(doc, tables))
    closed = [a.span for a in doc.of_kind(Zone) if a.value == Zone("closing")]
    headed = [a.span for a in doc.of_kind(Zone) if a.value == Zone("header")]
    blind = (closed if "closing" in unsure else []) + (headed if "header" in unsure else [])
    outside = closed + headed
    jobs = [
        None
        if any(z.meets(p.span) for z in blind)
        else given.get(p.index, None if any(z.meets(p.span) for z in outside) else "text")
        for p in lines
    ]
    if len(lines) > 2 * BODY_SHOWN:
        lines, jobs = lines[:BODY_SHOWN] + lines[-BODY_SHOWN:], jobs[:BODY_SHOWN] + jobs[-BODY_SHOWN:]
    return Sheaf(name, tuple(lines), tuple(jobs))


def _jobs(doc: Document, tables: Tables) -> Iterator[tuple[int, LineJob]]:
    """Paragraphs' indices with their jobs by the rules, the surest last."""
    yield from _structure(doc)
    head = zone_paragraphs(doc, "header")
    for role in reversed(PIECES):
        for piece in read_letterhead(head, tables).of(role):
            yield head[piece.index].index, PIECES[role]
    places = paragraphs(doc)
    for a in doc.annotations:
        under = [p.index for p in paragraphs_of(places, a.span.start, a.span.end)]
        if isinstance(a.value, Field) and a.value.name == "addressee":
            yield from ((at, "addressee") for at in under)
        elif isinstance(a.value, Recipient):
            yield from ((at, "recipient") for at in under)
        elif isinstance(a.value, Signer) and under and a.value.name:
            yield from ((at, "authority") for at in under[:-1])
            yield under[-1], "signer"


def paragraphs_of(places: Sequence[Paragraph], start: int, end: int) -> list[Paragraph]:
    """The paragraphs that a range touches."""
    return [p for p in places if p.span.start < end and start < p.span.end]


def _structure(doc: Document) -> Iterator[tuple[int, LineJob]]:
    heads: dict[int, LineJob] = {}

    def walk(sections: Iterable[Section]) -> None:
        for section in sections:
            heads[section.span.start] = "heading" if section.children and len(section.heading) < 200 else "item"
            walk(section.children)

    walk(doc.sections)
    annexes = {a.span.start for a in doc.of_kind(Zone) if a.value == Zone("annex")}
    for p in paragraphs(doc):
        line = p.first
        if line is not None and line.cell is not None:
            yield p.index, "table"
        elif line is not None and line.role == "footnote":
            yield p.index, "footnote"
        elif p.span.start in annexes:
            yield p.index, "annex"
        elif p.span.start in heads:
            yield p.index, heads[p.span.start]
        elif fold(p.text[:16]).lower().startswith(_BASIS) and p.text.rstrip().endswith((";", ",", ".")):
            yield p.index, "basis"


def unsure_parts(record: Json, gold: Json) -> Iterator[str]:
    """The parts of a document in which the rules are not all right, or which its gold does not judge."""
    for part, keys in (("header", ("header",)), ("closing", ("recipients", "signature"))):
        score = Score()
        for key in keys:
            if key in gold["scored"] and (key != "header" or (gold["header"] and record["header"])):
                JUDGES[key](Sheet(score, "one", absent=False), record, gold)
        marks = [t.invented + t.missed == 0 for t in score.tallies.values()]
        marks += [share.right == share.judged for share in score.shares.values()]
        if not marks or not all(marks):
            yield part


def torn(one: Sheaf, share: float = TORN) -> Sheaf:
    """A copy with this share of its lines made illegible."""
    dice = random.Random(zlib.crc32(one.document.encode()))
    spoiled = tuple(replace(p, text=garbled(p.text, dice)) if dice.random() < share else p for p in one.lines)
    return replace(one, lines=spoiled)


def fit(known: Sequence[Sheaf]) -> LineModel:
    """The model that these documents teach, each shown whole and torn."""
    rows: list[list[int]] = []
    wanted: list[int] = []
    for one in (copy for each in known for copy in (each, torn(each))):
        for row, job in zip(features(one.lines), one.jobs, strict=True):
            if job is not None:
                rows.append(row)
                wanted.append(job_of(job))
    ends = np.cumsum([0, *map(len, rows)])
    table = csr_matrix((np.ones(ends[-1], np.float32), np.concatenate(rows), ends), (len(rows), BUCKETS))
    model = LogisticRegression(C=STRENGTH, max_iter=120, tol=1e-3).fit(table, np.array(wanted))
    weights, bias = np.zeros((BUCKETS, len(JOBS))), np.full(len(JOBS), -20.0)
    weights[:, model.classes_] = model.coef_.T
    bias[model.classes_] = model.intercept_
    return LineModel(weights.astype(np.float16).astype(np.float32), bias.astype(np.float32))


def accuracy(model: LineModel, judged: Iterable[Sheaf]) -> dict[str, tuple[int, int]]:
    """Of each job how many lines are told right, and of how many."""
    out: dict[str, tuple[int, int]] = {}
    for one in judged:
        best = model.read(one.lines).argmax(axis=1)
        for told, job in zip(best, one.jobs, strict=True):
            if job is not None:
                right, of = out.get(job, (0, 0))
                out[job] = (right + (JOBS[told] == job), of + 1)
    return out


@dataclass(frozen=True, slots=True)
class Case:
    """A torn document with its gold, as text before zones were sought in it."""

    name: str
    doc: Document
    gold: Json


def gathered(folders: Iterable[Path], read: Callable[[Path], Scan], tables: Tables) -> tuple[list[Sheaf], list[Case]]:
    """The documents beside the gold, whole as sheaves of lines and torn as cases; PDFs and scans are not torn."""
    whole: list[Sheaf] = []
    cases: list[Case] = []
    for folder in folders:
        for name, gold in load_gold(folder).items() if folder.is_dir() else ():
            files = forms(folder, name)
            for path in [p for p in files if p.suffix == ".txt"][:1] or files[:1]:
                scan = read(path)
                doc = pipeline.annotate(clean(scan), pipeline.stages(RULES))
                if doc.kind != "official" or gold.get("kind", "official") != "official":
                    continue
                record = doc.record().model_dump(mode="json", by_alias=True)
                whole.append(sheaf(name, doc, tables, list(unsure_parts(record, gold))))
                if all(page.method != "ocr" for page in scan.pages) and len(doc.text) < LONGEST:
                    seed = zlib.crc32(name.encode())
                    cases += [Case(name, clean(as_scanned(torn_scan(scan, seed, s))), gold) for s in TORN_SHARES]
    return whole, cases


def compared(cases: Iterable[Case], model_of: Callable[[str], LineModel]) -> dict[str, list[float]]:
    """Of torn documents the figures of rules alone and of rules with the model: mean accuracy of header and signature,
    F1 of lists; and how many documents the model changed."""
    scores = [Score(), Score()]
    changed = 0
    for case in cases:
        records = [_parsed(case.doc, None)]
        records.append(_parsed(case.doc, model_of(case.name)) if not records[0]["closing"] else records[0])
        changed += records[0] is not records[1] and bool(records[1]["closing"])
        for score, record in zip(scores, records, strict=True):
            for key in JUDGED:
                if key in case.gold["scored"] and (key != "header" or case.gold["header"]):
                    JUDGES[key](Sheet(score, case.name, absent=False), record, case.gold)
    out: dict[str, list[float]] = {"changed": [changed]}
    for key in JUDGED:
        out[key] = [round(_figure(score, key), 4) for score in scores]
    return out


def _figure(score: Score, key: str) -> float:
    if key in score.tallies:
        return float(score.tallies[key].figures()["f1"])
    shares = [
        share.right / share.judged for name, share in score.shares.items() if name.startswith(key) and share.judged
    ]
    return sum(shares) / max(1, len(shares))


def _parsed(doc: Document, model: LineModel | None) -> dict[str, Any]:
    stages = []
    for stage in pipeline.stages(RULES):
        stages.append(stage)
        if stage.name == "zones" and model is not None:
            stages.append(Stage("lines", lambda d, _, m=model: repaired(d, m, SURE), frozenset({"zones"})))  # type: ignore[misc]
    parsed = pipeline.annotate(doc, stages)
    record = parsed.record().model_dump(mode="json", by_alias=True)
    return {**record, "closing": any(a.value == Zone("closing") for a in parsed.of_kind(Zone))}


def train_lines(
    models: Path, version: str, gold: Sequence[Path] = (), read: Callable[[Path], Scan] = lambda p: read_file(p, RULES)
) -> Path:
    """Learn from gold folders (by default FOLDERS, and then from the portal's texts too). Raises InputError without
    gold."""
    tables = Tables.default()
    whole, cases = gathered(gold or FOLDERS, read, tables)
    if not whole:
        raise InputError("there is no gold to learn from; give its folders with --gold")
    silver = [sheaf(n, d, tables) for n, d in (() if gold else portal_texts()) if d.kind == "official"]
    place = {name: i % FOLDS for i, name in enumerate(sorted({s.document for s in whole}))}
    folds = [fit([s for s in whole if place[s.document] != fold] + silver) for fold in range(FOLDS)]
    told: dict[str, list[int]] = {}
    for one in whole:
        for job, (right, of) in accuracy(folds[place[one.document]], [one]).items():
            mine = told.setdefault(job, [0, 0])
            mine[0], mine[1] = mine[0] + right, mine[1] + of
    model = fit(whole + silver)
    card: dict[str, object] = {
        "role": ROLE,
        "reads": "the job of a line, from its words, case, length, place, font, box and neighbours",
        "form": f"multinomial logistic regression, {BUCKETS} hashed features, L2 (C = {STRENGTH})",
        "trained_on": sorted(place),
        "silver": f"{len(silver)} of the portal's normative texts, labelled by the rules",
        "labels": "the rules' where gold says that they are right",
        "held_out_by": f"document, {FOLDS} folds",
        "held_out_accuracy": {job: round(r / n, 3) for job, (r, n) in sorted(told.items())},
        "held_out_lines": {job: n for job, (_, n) in sorted(told.items())},
        "torn": f"{len(cases)} copies with the shares {TORN_SHARES} of their lines illegible",
        "torn_rules_and_both": compared(cases, lambda name: folds[place[name]]),
        "used_for": "the closing of a document in which the rules find none",
        "licence": "Apache-2.0, as docparse; learned from official texts and the project's own",
        "limits": "gold documents whole or scanned all have a closing that the rules find: there it changes nothing",
    }
    arrays = {"weights": model.weights.astype(np.float16), "bias": model.bias}
    return save(models, ROLE, version, arrays, {k: _inline(v) for k, v in card.items()})


def _inline(value: object) -> object:
    return json.dumps(value, ensure_ascii=False) if isinstance(value, dict) else value
