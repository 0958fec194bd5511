"""The command line: streams, exit codes, files, and that every command and option is documented."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import typer.main
from builders import DIRECTIVE
from typer.testing import CliRunner, Result

from docparse import __version__, cli
from docparse.run import doctor

ROOT = Path(__file__).resolve().parents[2]
COMMANDS = (
    "parse", "show", "run", "retry", "search", "doc", "chain", "path", "cited", "tasks", "status", "gaps", "audit",
    "duplicates", "reconcile", "correct", "corrections", "queue", "eval", "export", "pdf", "organ", "schema", "train",
    "doctor",
)  # fmt: skip


def run(*arguments: str, stdin: str | None = None) -> Result:
    return CliRunner().invoke(cli.app, list(arguments), input=stdin)


@pytest.fixture
def directive(tmp_path: Path) -> Path:
    path = tmp_path / "Chỉ thị 19.txt"
    path.write_text(DIRECTIVE, "utf-8")
    return path


def test_one_file_is_one_json(directive: Path) -> None:
    done = run("parse", str(directive))
    assert done.exit_code == 0
    assert json.loads(done.stdout)["header"]["number"] == "19/CT-UBND"


def test_several_files_are_lines_in_their_order(directive: Path, tmp_path: Path) -> None:
    other = tmp_path / "a.txt"
    other.write_text("Thông báo", "utf-8")
    done = run("parse", str(directive), str(other), "--workers", "2")
    assert [json.loads(line)["source"]["path"] for line in done.stdout.splitlines()] == [str(directive), str(other)]


def test_standard_input_is_a_file() -> None:
    assert json.loads(run("parse", "-", stdin=DIRECTIVE).stdout)["source"]["path"] == "-"


def test_a_failure_is_told_on_stderr_and_the_others_go_on(directive: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = run("parse", str(directive), str(tmp_path / "none.pdf"), "-o", str(out), "--table")
    assert done.exit_code == 1
    assert "none.pdf" in done.stderr
    assert "check the path" in done.stderr
    assert sorted(p.name for p in out.iterdir()) == ["Chỉ thị 19.json", "none.error.json"]
    assert "1 records, 1 failed" in done.stdout
    assert "19/CT-UBND" in done.stdout


def test_a_single_failure_has_its_own_exit_code(tmp_path: Path) -> None:
    done = run("parse", str(tmp_path / "none.pdf"))
    assert (done.exit_code, done.stdout) == (3, "")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["parse"], "FILE"),
        (["parse", "x", "--set", "ocr.lan=vie"], "ocr.lang"),
        (["parse", "x", "--config", "none.toml"], "--config"),
        (["prase", "x"], "prase"),
        (["parse", "x", "--workers", "0"], "workers"),
    ],
)
def test_wrong_usage_ends_with_two(arguments: list[str], words: str) -> None:
    done = run(*arguments)
    assert done.exit_code == 2
    assert words in done.stderr


def test_a_setting_reaches_the_readers(directive: Path) -> None:
    done = run("parse", str(directive), "--set", "limits.bytes=10")
    assert done.exit_code == 3
    assert "limits.bytes" in done.stderr


def test_verbose_tells_the_stages(directive: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "docparse.cli", "parse", "-v", str(directive)],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "citations:" in done.stderr
    assert json.loads(done.stdout)


def test_the_schema_is_a_schema() -> None:
    jsonschema.Draft202012Validator.check_schema(json.loads(run("schema").stdout))


def test_the_doctor_says_what_is_missing_and_ends_with_four(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor.shutil, "which", lambda name: None)  # type: ignore[attr-defined]
    done = run("doctor")
    assert done.exit_code == 4
    assert "apt-get install tesseract-ocr" in done.stdout
    checks = {check["name"]: check["found"] for check in json.loads(run("doctor", "--json").stdout)}
    assert not checks["tesseract"]
    assert checks["pydantic"]


def test_a_missing_package_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "PACKAGES", (("docparse-of-tomorrow", True, "nothing"),))
    done = run("doctor")
    assert done.exit_code == 4
    assert "pip install docparse-of-tomorrow" in done.stdout


def test_show_takes_a_document_or_its_record(directive: Path, tmp_path: Path) -> None:
    page = run("show", str(directive), "--no-color").stdout
    for words in ("19/CT-UBND", "Outline", "Tasks", "Trần Văn Thử", "2023-05-12"):
        assert words in page
    record = tmp_path / "record.json"
    record.write_text(run("parse", str(directive)).stdout, "utf-8")
    assert run("show", str(record), "--no-color").stdout == page
    assert "\x1b[" in run("show", str(record), "--color").stdout


def test_eval_measures_compares_and_parses(directive: Path, tmp_path: Path) -> None:
    gold = {"scored": ["kind", "header"], "kind": "official", "header": {"number": "19/CT-UBND", "date": "2023-05-12"}}
    (tmp_path / f"{directive.stem}.gold.json").write_text(json.dumps(gold), "utf-8")
    assert "header.number" in run("eval", str(tmp_path)).stdout
    for name, number in (("old", "1/CT-UBND"), ("new", "19/CT-UBND")):
        (tmp_path / name).mkdir()
        record = {"kind": "official", "header": {"number": number, "date": "2023-05-12"}}
        (tmp_path / name / f"{directive.stem}.json").write_text(json.dumps(record), "utf-8")
    figures = json.loads(run("eval", str(tmp_path), str(tmp_path / "old"), "--json").stdout)
    assert figures["header.number"] == {"accuracy": 0.0, "n": 1}
    assert "header.number: '1/CT-UBND'" in run("eval", str(tmp_path), str(tmp_path / "old"), "--misses").stdout
    assert "+1.0000" in run("eval", str(tmp_path), "--compare", str(tmp_path / "old"), str(tmp_path / "new")).stdout
    assert run("eval", str(tmp_path / "old")).exit_code == 3


def test_a_closed_pipe_and_ctrl_c_end_quietly(directive: Path) -> None:
    command = f"{sys.executable} -m docparse.cli parse '{directive}' '{directive}' | head -c 1; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=True)
    assert re.search(r"(?:141|0)$", done.stdout.strip())
    assert "Traceback" not in done.stderr
    waiting = subprocess.Popen([sys.executable, "-m", "docparse.cli", "parse", "-"], stdin=-1, stderr=-1, text=True)
    time.sleep(2)
    waiting.send_signal(signal.SIGINT)
    _, errors = waiting.communicate(timeout=20)
    assert waiting.returncode == 130
    assert "Traceback" not in errors


def test_help_ends_with_an_example_and_comes_at_once() -> None:
    for command in COMMANDS:
        assert re.search(r"Example: docparse \w+.*(?:\n  .+)?\s*$", run(command, "--help").stdout)
    assert "Example: docparse parse" in run("--help").stdout
    assert run("--version").stdout.strip() == f"docparse {__version__}"
    loaded = subprocess.run(
        [sys.executable, "-c", "import sys, docparse.cli; print(*sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.split()
    assert not {"numpy", "cv2", "pydantic", "pypdfium2", "lxml", "docparse.pipeline"} & set(loaded)


def options(command: str) -> list[str]:
    group: Any = typer.main.get_command(cli.app)
    return [name for parameter in group.commands[command].params for name in parameter.opts if name.startswith("--")]


def test_every_command_and_option_is_documented() -> None:
    text = (ROOT / "docs" / "cli.md").read_text("utf-8")
    group: Any = typer.main.get_command(cli.app)
    assert set(group.commands) == set(COMMANDS)
    for command in COMMANDS:
        part = re.search(rf"^## `docparse {command}.*?(?=^## |\Z)", text, re.M | re.S)
        assert part, f"docs/cli.md says nothing of {command}"
        missing = [name for name in options(command) if f"`{name}" not in part[0] and f", `{name}" not in part[0]]
        assert not missing, f"docs/cli.md does not name {missing} of {command}"
