"""Whole records of small invented documents against committed JSON; `pytest --update-golden` rewrites them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from conftest import refuse_golden_update

from docparse import parse_bytes

HERE = Path(__file__).resolve().parent
SOURCES = sorted(p for p in (HERE / "sources").iterdir() if p.is_file())


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: str(path.name))
def test_the_record_is_the_golden_one(source: Path, update_golden: bool) -> None:
    golden = HERE / f"{source.name}.json"
    record = parse_bytes(source.read_bytes(), source.name).record().to_json(1) + "\n"
    if update_golden:
        golden.write_text(record, "utf-8")
    assert json.loads(record) == json.loads(golden.read_text("utf-8")), "read it; then pytest --update-golden"


def test_ci_may_not_rewrite_golden_records() -> None:
    with pytest.raises(pytest.UsageError, match="not for CI"):
        refuse_golden_update(asked=True, in_ci=True)
    refuse_golden_update(asked=True, in_ci=False)
    refuse_golden_update(asked=False, in_ci=True)
