"""A file's kind by its content."""

from __future__ import annotations

import io
import zipfile

import pytest

from docparse.read.kinds import DOC, DOCX, kind_of


def a_zip(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        pytest.param(b"%PDF-1.7\n", "application/pdf", id="pdf"),
        pytest.param(b"\r\n junk before \n%PDF-1.4", "application/pdf", id="pdf after junk"),
        pytest.param(b"II*\0rest", "image/tiff", id="tiff"),
        pytest.param(b"RIFF1234WEBP", "image/webp", id="webp"),
        pytest.param(a_zip("word/document.xml"), DOCX, id="docx"),
        pytest.param(a_zip("xl/workbook.xml"), None, id="another zip"),
        pytest.param(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 99, DOC, id="doc"),
        pytest.param(b"\n<!DOCTYPE html><p>x", "text/html", id="html"),
        pytest.param("Kính gửi: các sở".encode(), "text/plain", id="text"),
        pytest.param("Kính gửi".encode("utf-16"), "text/plain", id="utf-16 with its mark"),
        pytest.param("Kinh gui: cac so, ban, nganh".encode("utf-16-le"), "text/plain", id="utf-16 without"),
        pytest.param(bytes(range(256)) * 9, None, id="random bytes"),
    ],
)
def test_kind(data: bytes, kind: str | None) -> None:
    assert kind_of(data) == kind
