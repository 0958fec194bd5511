"""Taking files into a corpus, through real workers: nothing read twice, nothing lost, the same for any order."""

from __future__ import annotations

import json
import os
import random
import resource
import signal
import stat
import subprocess
import sys
import zipfile
from itertools import islice
from pathlib import Path

import pytest
import sqlalchemy as sa
from builders import DIRECTIVE
from records import a_record

from docparse.errors import ConfigError, StoreError
from docparse.run import archives, inputs, intake, watching
from docparse.run.report import Report
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


def take(where: Path, *paths: Path, workers: int = 1) -> Report:
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
        archive.writestr("more.zip", b"PK")
        archive.writestr("__MACOSX/a/ct.txt", b"no document")
        archive.writestr("table.xlsx", b"no document either")
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "/etc/hostname")
    report = take(tmp_path / "c", tmp_path / "in.zip")
    reasons = {Path(one.path).name: one.code for one in report.failed}
    assert report.stored == 1
    assert reasons == {"out.txt": "input", "bomb.txt": "too_large", "link.txt": "input", "more.zip": "input"}
    assert "archive in an archive" in " ".join(one.message for one in report.failed)
    with Corpus.open(tmp_path / "c") as corpus:
        assert [r.source.path for r in corpus.records()] == [f"{tmp_path}/in.zip!/a/ct.txt"]
    (tmp_path / "cut.zip").write_bytes((tmp_path / "in.zip").read_bytes()[:200])
    assert take(tmp_path / "c", tmp_path / "cut.zip").failed[0].code == "damaged"


def test_an_archive_that_unpacks_to_more_than_it_can_is_refused_whole(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(archives, "FREE_ALL", 1_000)
    with zipfile.ZipFile(tmp_path / "many.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(3):
            archive.writestr(f"{number}.txt", b"0" * 1_000_000)  # each is allowed alone
    report = take(tmp_path / "c", tmp_path / "many.zip")
    assert [(Path(one.path).name, one.code) for one in report.failed] == [("many.zip", "too_large")]


def test_an_encrypted_member_and_an_archive_without_documents_say_so(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "locked.zip", "w") as archive:
        archive.writestr("a.txt", DIRECTIVE)
    data = bytearray((tmp_path / "locked.zip").read_bytes())
    data[data.index(b"PK\x03\x04") + 6] |= 1
    data[data.index(b"PK\x01\x02") + 8] |= 1
    (tmp_path / "locked.zip").write_bytes(data)
    with zipfile.ZipFile(tmp_path / "none.zip", "w") as archive:
        archive.writestr("a.bin", b"x")
    report = take(tmp_path / "c", tmp_path / "locked.zip", tmp_path / "none.zip")
    assert [one.code for one in report.failed] == ["encrypted", "input"]
    assert "holds no documents" in report.failed[1].message


def test_names_in_other_encodings_are_kept_readable_and_found_again(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    raw = os.fsencode(tmp_path / "in") + b"/Ch\xec th\xec.txt"
    Path(os.fsdecode(raw)).write_text(DIRECTIVE, "utf-8")
    plain = zipfile.ZipInfo("Chỉ thị.txt".encode().decode("cp437"))  # UTF-8 that the archive does not admit to
    with zipfile.ZipFile(tmp_path / "old.zip", "w") as archive:
        archive.writestr(plain, DIRECTIVE + "Bản sao")
    listed = archives._name(plain)  # the writer marks it UTF-8, so the reading of an unmarked name is checked by itself
    assert listed == "Chỉ thị.txt"
    assert take(tmp_path / "c", tmp_path / "in").stored == 1
    with Corpus.open(tmp_path / "c") as corpus:
        (record,) = corpus.records()
    assert Path(record.source.path).name == r"Ch\xec th\xec.txt"
    assert os.fsencode(inputs.on_disk(record.source.path)) == raw
    assert take(tmp_path / "c", tmp_path / "in").unchanged == 1


def test_a_walk_is_lazy_sorted_and_follows_no_folder_links(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/1.txt", "a.txt", "c.txt", "b/.hidden/x.txt"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    (tmp_path / "b" / "round").symlink_to(tmp_path, target_is_directory=True)
    found = inputs.documents_in(str(tmp_path))
    assert next(found) == str(tmp_path / "a.txt")
    (tmp_path / "b" / "3.txt").write_text("x")  # its folder was not listed yet
    assert [str(Path(p).relative_to(tmp_path)) for p in found] == ["b/1.txt", "b/2.txt", "b/3.txt", "c.txt"]


def test_a_large_folder_is_read_as_it_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    papers(tmp_path / "in", 1)
    for number in range(3_000):
        (tmp_path / "in" / f"x{number}.txt").touch()
    read: list[str] = []
    monkeypatch.setattr(intake, "bytes_of", lambda path, _: read.append(path) or path.encode())  # type: ignore[func-returns-value]
    with Corpus.open(tmp_path / "c", create=True) as corpus:
        run = intake._Intake(corpus, SETTINGS, lambda _: None, Report())
        assert len(list(islice(run._jobs([str(tmp_path / "in")]), 10))) == 10
    assert len(read) == intake.CHUNK_FILES


def test_a_file_that_changes_while_it_is_read_counts_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (path,) = papers(tmp_path / "in", 1)
    before = path.read_bytes()
    real = intake.bytes_of

    def then_change(name: str, settings: Settings) -> bytes:
        data = real(name, settings)
        path.write_text(DIRECTIVE.replace("19/CT-UBND", "99/CT-UBND"), "utf-8")
        return data

    monkeypatch.setattr(intake, "bytes_of", then_change)
    take(tmp_path / "c", path)
    with Corpus.open(tmp_path / "c") as corpus:
        (record,) = corpus.records()
        assert record.header is not None
        assert record.header.number == "1/CT-UBND"
        assert corpus.original(record.source.sha256) == before
    monkeypatch.undo()
    assert take(tmp_path / "c", path).stored == 1


def test_a_drop_folder_gives_files_that_rest_and_each_version_once(tmp_path: Path) -> None:
    first, second = papers(tmp_path / "in", 2)
    drop = watching.Drop([str(tmp_path / "in")])
    assert drop.rested() == []
    with second.open("a", encoding="utf-8") as stream:
        stream.write("Trang sau")  # still being written
    assert drop.rested() == [str(first)]
    assert drop.rested() == [str(second)]
    assert drop.rested() == []
    first.write_text("Thông báo", "utf-8")
    assert drop.rested() == []
    assert drop.rested() == [str(first)]


def test_watching_takes_in_what_comes_and_ends_at_once(tmp_path: Path) -> None:
    papers(tmp_path / "in", 1)
    looks = iter([True, True])

    def wait() -> bool:
        if next(looks, False):
            return True
        raise KeyboardInterrupt

    with Corpus.open(tmp_path / "c", create=True) as corpus:
        report = watching.watch(corpus, [str(tmp_path / "in")], SETTINGS, wait, 1)
        assert (report.stored, report.failed) == (1, [])
        assert len(list(corpus.records())) == 1


KILLED = """
import os, signal, sys
from docparse.run import intake
from docparse.settings import Settings
from docparse.store.corpus import Corpus

left = int(sys.argv[3])
intake.fingerprint = lambda _: "f"
intake.rounds = lambda jobs, settings, workers, work: rounds(jobs, settings, workers, work, linger=0.0)

def advance(path):
    global left
    left -= 1
    if not left:
        os.killpg(0, signal.SIGKILL)

if __name__ == "__main__":
    from docparse.run.batch import rounds
    with Corpus.open(sys.argv[2], create=True) as corpus:
        intake.take_in(corpus, [sys.argv[1]], Settings(), 2, advance)
"""
"""A run that is killed with all its workers after so many files; nothing waits, so that a file is a transaction."""


def test_a_killed_run_goes_on_where_it_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(intake, "fingerprint", lambda _: "f")
    papers(tmp_path / "in", 12)
    take(tmp_path / "whole", tmp_path / "in")
    script = tmp_path / "killed.py"
    script.write_text(KILLED, "utf-8")
    for after in random.Random(5).sample(range(1, 12), 3):
        where = tmp_path / f"after-{after}"
        command = [sys.executable, str(script), str(tmp_path / "in"), str(where), str(after)]
        killed = subprocess.run(command, start_new_session=True, check=False)
        assert killed.returncode == -signal.SIGKILL
        rest = take(where, tmp_path / "in")
        assert rest.stored + rest.unchanged == 12
        assert rest.unchanged >= after
        assert held(where) == held(tmp_path / "whole")


def test_a_full_disk_is_said_and_what_was_stored_stays(tmp_path: Path) -> None:
    """The kernel refuses to let a file grow: the same answers that a full disk gives."""
    urns = [f"urn:lex:vn;lam.dong:uy.ban.nhan.dan:chi.thi:2020-01-{day:02};{day}-ct-ubnd" for day in range(1, 29)]
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    with Corpus.open(tmp_path / "c", create=True) as corpus:
        corpus.add(a_record(urns[0]), b"first")
        most = (tmp_path / "c" / "corpus.db-wal").stat().st_size + 150_000

        def fill() -> None:
            for urn in urns[1:]:
                corpus.add(a_record(urn, text=" ".join(f"{urn}{n}" for n in range(3_000))))
                kept.append(urn)

        kept = urns[:1]
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, hard))
            with pytest.raises(StoreError, match="nothing that was stored is lost"):
                fill()
            with pytest.raises(StoreError, match="free some space"):
                corpus.add(a_record(urns[-1]), b"x" * (most + 1))
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    with Corpus.open(tmp_path / "c") as corpus:
        assert {record.id for record in corpus.records()} == set(kept)
        with corpus.reading() as connection:
            assert connection.exec_driver_sql("PRAGMA integrity_check").scalar() == "ok"
        corpus.add(a_record(urns[-1]))


def test_a_corpus_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    files = papers(tmp_path / "in", 1)
    with Corpus.open(tmp_path / "c", create=True) as corpus:
        sa.event.listen(corpus._engine, "begin", lambda connection: connection.exec_driver_sql("PRAGMA query_only=ON"))
        with pytest.raises(StoreError, match="read-only"):
            intake.take_in(corpus, map(str, files), SETTINGS, 1)
    assert held(tmp_path / "c") == []


@pytest.mark.parametrize("url", ["mysql://h/d", "postgresql://", "://x", "postgresql+psycopg://u@127.0.0.1:1/none"])
def test_a_wrong_url_is_named_with_the_next_step(url: str) -> None:
    with pytest.raises((ConfigError, StoreError), match=r"folder|check|server"):
        Corpus.open(url)


def test_a_corpus_where_no_folder_can_be_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    with pytest.raises(ConfigError, match="choose another"):
        Corpus.open(tmp_path / "file" / "c", create=True)
