"""The guide to Python and the notebook: what they print is what runs now, and they name no machine."""

from __future__ import annotations

import doctest
import json
import re
from pathlib import Path

import notebook
import pytest

ROOT = Path(__file__).resolve().parents[2]
MACHINE = re.compile(r"/(?:home|root|work|tmp|Users)/")


def test_the_guide_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, tried = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert (failed, tried > 20) == (0, True)


def test_the_notebook_says_what_it_would_say_now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT / "docs")
    kept = (ROOT / "docs" / "research.ipynb").read_text("utf-8")
    assert not MACHINE.search(kept)
    told = json.loads(kept)
    assert sum(bool(cell.get("outputs")) for cell in told["cells"]) >= 6
    assert notebook.executed(told) == told, "run: .venv/bin/python scripts/notebook.py docs/research.ipynb"
