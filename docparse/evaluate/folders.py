"""Gold and predictions on disk: folders in, records by name out; documents beside their gold may be parsed afresh."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from docparse.errors import InputError
from docparse.evaluate.judging import judge
from docparse.evaluate.tallies import Score
from docparse.run.batch import Done, parse_job, run
from docparse.run.inputs import SUFFIXES, Job
from docparse.settings import Settings

GOLD = ".gold.json"
Records = Mapping[str, Mapping[str, Any]]


def load_gold(folder: Path, only: str = "") -> dict[str, Any]:
    """The gold records of a folder by name; `only` keeps the names that end so. Raises InputError for none."""
    paths = sorted(folder.glob(f"*{only}{GOLD}"))
    if not paths:
        raise InputError(f"no *{only}{GOLD} in {folder}; give the folder that holds the gold records")
    return {path.name.removesuffix(GOLD): _load(path) for path in paths}


def load_predictions(path: Path) -> dict[str, Any]:
    """Records by name: a folder of NAME.json, or JSON Lines, where the name is the stem of `source.path`."""
    if path.is_dir():
        files = (p for p in sorted(path.glob("*.json")) if not p.name.endswith((".error.json", GOLD)))
        return {p.name.removesuffix(".json"): _load(p) for p in files}
    records = [_parsed(line, path) for line in _read(path).split("\n") if line.strip()]
    return {Path(record["source"]["path"]).stem: record for record in records}


def source_of(folder: Path, name: str) -> Path | None:
    """The document that a gold record describes: the file of the same name beside it, or in the folder `documents`
    beside that of the gold."""
    files = (p for place in (folder, folder.parent / "documents") for p in sorted(place.glob("*")))
    found = (p for p in files if p.stem == name and p.suffix.lower() in SUFFIXES)
    return next(found, None)


def parse_sources(folder: Path, gold: Records, settings: Settings, workers: int | None = None) -> dict[str, Any]:
    """Parse the documents beside the gold; a failed one has no record. Raises InputError when there are none."""
    sources = {name: path for name in gold if (path := source_of(folder, name)) is not None}
    if not sources:
        raise InputError(f"no documents beside the gold in {folder}; give a folder of predictions after it")
    outcomes = run([Job(str(path)) for path in sources.values()], settings, workers, parse_job)
    return {
        name: json.loads(outcome.record)
        for name, outcome in zip(sources, outcomes, strict=True)
        if isinstance(outcome, Done)
    }


def score(predictions: Records, gold: Records) -> Score:
    """Judge every gold document, the absent ones as wholly missed; `parts` of the score has each alone."""
    parts: dict[str, Score] = {}
    for name, wanted in gold.items():
        parts[name] = Score()
        judge(parts[name], name, predictions.get(name), wanted)
    return Score.total(parts)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except OSError as error:
        raise InputError(f"{path}: {error.strerror}; check the path") from error
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8 text; give records that docparse wrote") from error


def _load(path: Path) -> Any:
    return _parsed(_read(path), path)


def _parsed(text: str, path: Path) -> Any:
    try:
        return json.loads(text)
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}; write it again") from error
