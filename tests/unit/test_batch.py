"""Batches: order, failures beside records, a dead worker, names of record files."""

from __future__ import annotations

import json
import os
import signal
import time
from pathlib import Path

import pytest
from builders import DIRECTIVE

from docparse import Settings
from docparse.errors import ConfigError
from docparse.run import batch, inputs, sinks
from docparse.run.batch import Done, Failure, Outcome
from docparse.run.inputs import Job


def act(job: Job, settings: Settings) -> Outcome:
    """Does what the job's name says."""
    if job.path.startswith("die"):
        os.kill(os.getpid(), signal.SIGKILL)
    if job.path.startswith("slow"):
        time.sleep(0.3)
    return Failure(job.path, "acted", str(os.getpid()), 3)


def test_outcomes_come_in_the_order_of_the_jobs() -> None:
    names = ["slow", "b", "c", "d", "e"]
    assert [o.path for o in batch.run([Job(n) for n in names], Settings(), 2, act)] == names


def test_a_dead_worker_costs_only_its_file() -> None:
    names = ["a", "die 1", "b", "die 2", "c"]
    outcomes = list(batch.run([Job(n) for n in names], Settings(), 1, act))
    codes = {o.path: o.code for o in outcomes if isinstance(o, Failure)}
    assert codes == {"a": "acted", "die 1": "worker_died", "b": "acted", "die 2": "worker_died", "c": "acted"}


def greedy(job: Job, settings: Settings) -> Outcome:
    """Hangs, or wants more memory than there is, where the name says so."""
    if job.path.startswith("hang"):
        time.sleep(600)
    try:
        kept = bytearray(10**12 if job.path.startswith("greedy") else 1)
    except MemoryError:
        return Failure(job.path, "memory", "too much", 3)
    return Failure(job.path, "acted", str(len(kept)), 3)


def test_a_file_that_hangs_or_wants_too_much_fails_alone() -> None:
    settings = Settings.model_validate({"run": {"seconds": 3, "memory_mb": 2_000}})
    names = ["a", "hang", "b", "greedy", "c"]
    outcomes = list(batch.run([Job(n) for n in names], settings, 1, greedy))
    assert [o.path for o in outcomes] == names
    assert [o.code for o in outcomes if isinstance(o, Failure)] == ["acted", "timeout", "acted", "memory", "acted"]


def test_short_jobs_wait_at_the_worker_and_come_back_once_each() -> None:
    jobs = [Job(f"{n}" if n % 50 else f"die {n}") for n in range(1, 301)]
    seen = [outcome.path for finished in batch.rounds(iter(jobs), Settings(), 2, act) for _, outcome in finished]
    assert sorted(seen) == sorted(job.path for job in jobs)


def test_leaving_early_stops_the_workers() -> None:
    outcomes = batch.run([Job(f"slow {n}") for n in range(6)], Settings(), 2, act)
    first = next(outcomes)
    assert isinstance(first, Failure)
    outcomes.close()  # type: ignore[attr-defined]
    assert not Path(f"/proc/{first.message}").exists()


def test_records_do_not_depend_on_the_number_of_workers(tmp_path: Path) -> None:
    for n in range(3):
        (tmp_path / f"{n}.txt").write_text(f"{DIRECTIVE}\n{n}", "utf-8")
    jobs = inputs.expand([str(tmp_path)])
    one, two = (list(batch.run(jobs, Settings(), workers)) for workers in (1, 2))
    assert one == two
    assert all(isinstance(outcome, Done) for outcome in one)


def test_a_failure_names_the_file_and_the_others_go_on(tmp_path: Path) -> None:
    good = tmp_path / "good.txt"
    good.write_text(DIRECTIVE, "utf-8")
    bad, done = batch.run([Job(str(tmp_path / "no.txt")), Job(str(good))], Settings(), 2)
    assert isinstance(bad, Failure)
    assert (bad.code, bad.exit_code) == ("input", 3)
    assert "no.txt" in bad.message
    assert isinstance(done, Done)
    assert sinks.exit_code([batch.result(bad), batch.result(done)]) == 1
    assert sinks.exit_code([batch.result(bad)]) == 3
    assert sinks.exit_code([batch.result(done)]) == 0


def test_a_folder_stands_for_its_documents(tmp_path: Path) -> None:
    for name in ("b.txt", "a.PDF", "c/d.docx", ".hidden/e.txt", "README.md", "x.gold.json", "c/.f.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    assert [Path(j.path).name for j in inputs.expand([str(tmp_path)])] == ["a.PDF", "b.txt", "d.docx"]
    assert inputs.expand([str(tmp_path / "README.md")]) == [Job(str(tmp_path / "README.md"))]


@pytest.mark.parametrize(
    ("paths", "names"),
    [
        (["a/x.pdf", "y.txt"], ["x", "y"]),
        (["x.pdf", "x.docx"], ["x.pdf", "x.docx"]),  # two formats of one document
        (["a/x.pdf", "b/x.pdf"], ["x.pdf", "x.pdf~2"]),
        (["X.pdf", "x.txt"], ["X.pdf", "x.txt"]),  # alike where the file system folds case
        (["x.error.pdf", "x.txt"], ["x.error", "x~2"]),  # x.error.json is the place of x's failure
        (["thị.txt", "thi\u0323.txt"], ["thị.txt", "thi\u0323.txt~2"]),  # NFC and NFD are one name on some systems
        (["-", "stdin.txt"], ["-", "stdin.txt"]),
    ],
)
def test_no_two_records_share_a_file(paths: list[str], names: list[str]) -> None:
    assert sinks.file_names([Job(p) for p in paths]) == names


def test_a_long_name_still_fits(tmp_path: Path) -> None:
    name = "ộ" * 120
    (short,) = sinks.file_names([Job(f"{name}.txt")])
    assert len(os.fsencode(f"{short}.error.json")) < 255


def test_a_folder_of_records_is_whole(tmp_path: Path) -> None:
    jobs = [Job("a.txt", DIRECTIVE.encode()), Job("b.txt")]
    out = tmp_path / "deep" / "er"
    sink = sinks.RecordFolder(out, jobs)
    (out / "a.error.json").write_text("old")
    sink.write(batch.parse_job(jobs[0], Settings()))
    sink.write(Failure("b.txt", "input", "gone", 3))
    assert sorted(p.name for p in out.iterdir()) == ["a.json", "b.error.json"]
    assert json.loads((out / "b.error.json").read_text("utf-8"))["code"] == "input"


def test_a_failed_write_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "a.json").mkdir()
    with pytest.raises(ConfigError, match="choose another folder"):
        sinks.write_whole(tmp_path / "a.json", "x")
    assert [p.name for p in tmp_path.iterdir()] == ["a.json"]


def test_a_folder_that_cannot_be_made_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(ConfigError, match="choose another"):
        sinks.RecordFolder(tmp_path / "file" / "out", [])


def test_a_record_file_is_recognised(tmp_path: Path) -> None:
    done = batch.parse_job(Job("a.txt", DIRECTIVE.encode()), Settings())
    assert isinstance(done, Done)
    kept = tmp_path / "record.json"
    kept.write_text(done.to_json(1), "utf-8")
    assert batch.record_of(str(kept), Settings()).to_json() == done.record
    kept.write_text("{}", "utf-8")
    assert batch.kept_record(kept) is None
