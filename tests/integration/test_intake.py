"""Taking files into a corpus, through real workers: nothing read twice, nothing lost, the same for any order."""

from __future__ import annotations

import json
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from builders import DIRECTIVE

from docparse.errors import ConfigError
from docparse.run import intake
from docparse.settings import Settings
from docparse.store.corpus import Corpus

SETTINGS = Settings()


def papers(folder: Path, count: int = 4) -> list[Path]:
    """Directives with numbers of their own."""
    folder.mkdir(parents=True, exist_ok=True)
    out = []
    for number in range(1, count + 1):
        path = folder / f"ct-{number:03}.txt"
        path.write_text(DIRECTIVE.replace("19/CT-UBND", f"{number}/CT-UBND"), "utf-8")
        out.append(path)
    return out


def take(where: Path, *paths: Path, workers: int = 1) -> intake.Report:
    with Corpus.open(where, create=True) as corpus:
        return intake.take_in(corpus, map(str, paths), SETTINGS, workers)


def held(where: Path) -> list[str]:
    """Every record as JSON, in order."""
    with Corpus.open(where) as corpus:
        return [record.to_json() for record in corpus.records()]


def test_files_are_read_once_and_again_only_when_they_change(tmp_path: Path) -> None:
    first, *_ = papers(tmp_path / "in")
    assert take(tmp_path / "c", tmp_path / "in").stored == 4
    again = take(tmp_path / "c", tmp_path / "in")
    assert (again.stored, again.unchanged) == (0, 4)
    first.write_text(DIRECTIVE.replace("19/CT-UBND", "77/CT-UBND"), "utf-8")
    assert take(tmp_path / "c", tmp_path / "in").stored == 1
    with Corpus.open(tmp_path / "c") as corpus:
        assert {r.header.number for r in corpus.records() if r.header} == {f"{n}/CT-UBND" for n in (2, 3, 4, 77)}


def test_the_same_bytes_at_two_paths_are_one_document(tmp_path: Path) -> None:
    first, *_ = papers(tmp_path / "in", 1)
    (tmp_path / "in" / "a-copy.txt").write_bytes(first.read_bytes())
    report = take(tmp_path / "c", tmp_path / "in")
    assert (report.stored, report.same_bytes) == (1, 1)
    with Corpus.open(tmp_path / "c") as corpus:
        assert [r.source.path for r in corpus.records()] == [
            str(tmp_path / "in" / "a-copy.txt")
        ]  # the first of its paths


def test_a_corpus_is_the_same_for_any_workers_and_order(tmp_path: Path) -> None:
    files = papers(tmp_path / "in", 6)
    take(tmp_path / "one", *files)
    take(tmp_path / "two", *reversed(files), workers=2)
    assert held(tmp_path / "one") == held(tmp_path / "two")


def test_a_file_that_fails_is_kept_with_its_reason_and_tried_again(tmp_path: Path) -> None:
    papers(tmp_path / "in", 2)
    bad = tmp_path / "in" / "bad.pdf"
    bad.write_bytes(b"%PDF-1.4 nothing more")
    report = take(tmp_path / "c", tmp_path / "in")
    assert (report.stored, report.exit_code) == (2, 1)
    assert json.loads(report.to_json())["failed"][0]["code"] == "damaged"
    with Corpus.open(tmp_path / "c") as corpus:
        assert intake.failed_paths(corpus) == [str(bad)]
        bad.write_text(DIRECTIVE, "utf-8")
        assert intake.take_in(corpus, intake.failed_paths(corpus), SETTINGS, 1).stored == 1
        assert intake.failed_paths(corpus) == []


def test_an_archive_is_read_and_what_is_unsafe_in_it_refused(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "in.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a/ct.txt", DIRECTIVE)
        archive.writestr("../out.txt", DIRECTIVE)
        archive.writestr("bomb.txt", b"0" * 30_000_000)
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    report = take(tmp_path / "c", tmp_path / "in.zip")
    reasons = {Path(one.path).name: one.code for one in report.failed}
    assert report.stored == 1
    assert reasons == {"out.txt": "input", "bomb.txt": "too_large", "link.txt": "input"}
    with Corpus.open(tmp_path / "c") as corpus:
        assert [r.source.path for r in corpus.records()] == [f"{tmp_path}/in.zip!/a/ct.txt"]
    (tmp_path / "cut.zip").write_bytes((tmp_path / "in.zip").read_bytes()[:200])
    assert take(tmp_path / "c", tmp_path / "cut.zip").failed[0].code == "damaged"


KILLED = """
import os, signal, sys
from docparse.run import intake
from docparse.settings import Settings
from docparse.store.corpus import Corpus

left = int(sys.argv[3])

def advance(path):
    global left
    left -= 1
    if not left:
        os.killpg(0, signal.SIGKILL)

if __name__ == "__main__":
    with Corpus.open(sys.argv[2], create=True) as corpus:
        intake.take_in(corpus, [sys.argv[1]], Settings(), 2, advance)
"""
"""A run that is killed with all its workers after so many files."""


@pytest.mark.parametrize("after", [1, 7])
def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, after: int) -> None:
    papers(tmp_path / "in", 12)
    take(tmp_path / "whole", tmp_path / "in")
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    command = [sys.executable, str(script), str(tmp_path / "in"), str(tmp_path / "c"), str(after)]
    killed = subprocess.run(command, start_new_session=True, check=False)
    assert killed.returncode == -signal.SIGKILL
    rest = take(tmp_path / "c", tmp_path / "in")
    assert rest.stored + rest.unchanged == 12
    assert rest.unchanged >= after
    assert held(tmp_path / "c") == held(tmp_path / "whole")


def test_a_corpus_where_no_folder_can_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ConfigError, match="choose another"):
        Corpus.open(tmp_path / "file" / "c", create=True)
