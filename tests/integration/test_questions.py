"""Questions to a corpus, through the command line and Python: ways, what is cited, who owes what, what is doubled."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import icalendar
import pytest
from builders import DIRECTIVE
from records import LAM_DONG, LETTER, PLAN, a_record
from typer.testing import CliRunner

from docparse import cli, parse_text
from docparse.store.agenda import days_of
from docparse.store.corpus import Corpus

REPEAL = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2022-03-01;30-ct-tu"


@pytest.fixture
def where(tmp_path: Path) -> Iterator[str]:
    with Corpus.open(tmp_path / "corpus", create=True) as corpus:
        corpus.add(a_record(PLAN, [("implements", LAM_DONG)]))
        corpus.add(a_record(LETTER, [("cites", PLAN), ("cites", LAM_DONG)], text="công văn"))
        corpus.add(a_record(LETTER, [("cites", PLAN)], text="công văn, một bản chụp khác", path="again.pdf"))
        corpus.add(a_record(REPEAL, [("replaces", LAM_DONG)]))
        corpus.add(parse_text(DIRECTIVE).record())
        yield corpus.where


def ask(*arguments: str, code: int = 0) -> str:
    done = CliRunner().invoke(cli.app, list(arguments))
    assert done.exit_code == code, done.output
    return done.stdout


def test_a_way_leads_from_the_citing_to_the_cited(where: str) -> None:
    said = json.loads(ask("path", LETTER, LAM_DONG, "-C", where, "--json"))
    assert [(one["source"], one["target"]) for one in said] == [(LETTER, LAM_DONG)]
    assert "24-CT/TU" in ask("path", LETTER, LAM_DONG, "-C", where)
    ask("path", LAM_DONG, LETTER, "-C", where, code=2)  # not the other way round


def test_what_is_cited_most_and_what_is_missed(where: str) -> None:
    first = json.loads(ask("cited", "-C", where, "--json"))[0]
    assert (first["id"], first["cited_by"], first["held"]) == (LAM_DONG, 3, False)
    awaited = [one["id"] for one in json.loads(ask("cited", "--awaited", "-C", where, "--json"))]
    assert LAM_DONG in awaited
    assert PLAN not in awaited


def test_a_body_is_told_what_it_owes_and_when(where: str, tmp_path: Path) -> None:
    owed = json.loads(ask("tasks", "--body", "so tai nguyen", "--due-before", "2023-12-31", "-C", where, "--json"))
    assert [(one["days"], one["role"]) for one in owed] == [(["2023-06-30"], "lead")]
    assert ask("tasks", "--body", "so tai nguyen", "--due-before", "2023-06-01", "-C", where) == ""
    ask("tasks", "--due-before", "2024-12-31", "--ics", str(tmp_path / "a.ics"), "-C", where)
    events = icalendar.Calendar.from_ical((tmp_path / "a.ics").read_bytes()).walk("VEVENT")
    assert {str(event.decoded("dtstart")) for event in events} >= {"2023-06-30", "2023-12-31", "2024-12-31"}


@pytest.mark.parametrize(
    ("value", "since", "before", "days"),
    [
        ("FREQ=MONTHLY;BYMONTHDAY=25", "2021-01-01", "2021-03-01", ("2021-01-25", "2021-02-25")),
        ("FREQ=YEARLY;BYMONTH=6,12", "2021-01-01", "2021-12-31", ("2021-06-30", "2021-12-31")),  # the month's last day
        ("FREQ=YEARLY", "2021-01-01", "2022-12-31", ("2021-12-31", "2022-12-31")),
        ("FREQ=MONTHLY;INTERVAL=3", "2021-01-01", "2021-08-01", ("2021-03-31", "2021-06-30")),  # quarters end so
        ("not a rule", "2021-01-01", "2021-08-01", ()),
    ],
)
def test_recurring_deadlines_are_counted_out(value: str, since: str, before: str, days: tuple[str, ...]) -> None:
    assert days_of({"kind": "recurring", "value": value}, "2020-05-01", since, before) == days


def test_a_status_is_of_a_day(where: str) -> None:
    assert json.loads(ask("status", LAM_DONG, "-C", where, "--json"))["state"] == "replaced"
    assert json.loads(ask("status", LAM_DONG, "--as-of", "2022-01-01", "-C", where, "--json"))["state"] == "in_force"
    assert "replaced, since 2022-03-01" in ask("status", LAM_DONG, "-C", where)


def test_gaps_audit_and_duplicates_answer(where: str) -> None:
    said = json.loads(ask("gaps", "--issuer", "Lâm Đồng", "--type", "chỉ thị", "-C", where, "--json"))
    assert {one["period"]: one["missing"] for one in said if one["symbol"] == "ct-tu"} == {
        "2015-2020": [[1, 23]],
        "2020-2025": [[1, 29]],
    }
    assert ask("audit", "-C", where) == ""
    double = json.loads(ask("duplicates", "-C", where, "--json"))
    assert [(one["id"], len(one["files"])) for one in double] == [(LETTER, 2)]
