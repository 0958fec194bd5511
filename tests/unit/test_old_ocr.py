"""hOCR and ALTO: what is written is read back, what other programs wrote is read, what is damaged is named."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pages import A4, LETTER, a_line, a_page, a_scan
from typer.testing import CliRunner

from docparse import Settings
from docparse.clean import clean
from docparse.cli import app
from docparse.errors import DamagedFile
from docparse.export import alto, hocr
from docparse.export.pages import WordPage, word_pages
from docparse.model import Scan
from docparse.read import kinds, read_bytes

RUNNER = CliRunner()
WRITERS = {"hocr": hocr.written, "alto": alto.written}
NS = {"a": "http://www.loc.gov/standards/alto/ns-v4#"}

TESSERACT = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title></title>
<meta name='ocr-system' content='tesseract 5.3.0' /></head><body>
<div class='ocr_page' id='page_1' title='image "a.png"; bbox 0 0 1240 1754; ppageno 0; scan_res 150 150'>
 <div class='ocr_carea' title="bbox 100 100 700 180"><p class='ocr_par' lang='vie' title="bbox 100 100 700 180">
  <span class='ocr_header' title="bbox 100 100 400 130; baseline 0.01 -6; x_size 28">
   <span class='ocrx_word' title='bbox 100 100 200 130; x_wconf 96'><strong>Chỉ</strong></span>
   <span class='ocrx_word' title='bbox 220 100 400 130; x_wconf 41'><em>thị</em></span></span>
  <span class='ocr_line' title="bbox 100 150 300 180">
   <span class='ocrx_word' title='bbox 100 150 300 180'> </span></span>
 </p></div></div></body></html>"""
PIXELS = """<?xml version="1.0"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v2#"><Description>
<MeasurementUnit>{unit}</MeasurementUnit></Description>
<Styles><TextStyle ID="T1" FONTSIZE="12" FONTSTYLE="bold"/></Styles>
<Layout><Page ID="P" PHYSICAL_IMG_NR="1" WIDTH="{width}" HEIGHT="{height}">
<TopMargin HPOS="0" VPOS="0" WIDTH="1" HEIGHT="1"/>
<PrintSpace><TextBlock ID="B"><TextLine BASELINE="{baseline}">
<String CONTENT="Tỉnh" HPOS="100" VPOS="100" WIDTH="50" HEIGHT="20" WC="0.5" STYLEREFS="T1"/><SP/>
<String CONTENT="ủy" HPOS="160" VPOS="104" WIDTH="30" HEIGHT="16"/></TextLine>
</TextBlock></PrintSpace></Page></Layout></alto>"""


def read(data: bytes | str) -> Scan:
    given = data.encode() if isinstance(data, str) else data
    return read_bytes(given, "old", Settings.load(environment={}))


def placed() -> tuple[Scan, tuple[WordPage, ...]]:
    scan = a_scan(a_page(LETTER), a_page(["Trang hai & <cuối>"], 2))
    return scan, word_pages(scan, clean(scan))


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_what_is_written_is_read_back(name: str) -> None:
    scan, pages = placed()
    back = read(WRITERS[name](pages, 'a "b"; c.pdf', "1.0"))
    assert [p.method for p in back.pages] == ["ocr", "ocr"]
    for page, again in zip(scan.pages, back.pages, strict=True):
        assert (again.width, again.height) == pytest.approx(A4, abs=0.3)
        assert [line.raw for line in again.lines] == [line.raw for line in page.lines]
        for line, same in zip(page.lines, again.lines, strict=True):
            for word, found in zip(line.words, same.words, strict=True):
                box = (found.box.x0, found.box.top, found.box.x1, found.box.bottom)
                assert box == pytest.approx((word.box.x0, word.box.top, word.box.x1, word.box.bottom), abs=0.2)
                assert found.confidence == pytest.approx(word.confidence, abs=0.005)
    assert clean(back).text == clean(scan).text


@pytest.mark.parametrize("name", sorted(WRITERS))
def test_same_pages_same_bytes(name: str) -> None:
    _, pages = placed()
    assert WRITERS[name](pages, "a.pdf", "1.0") == WRITERS[name](pages, "a.pdf", "1.0")


def test_alto_has_the_structure_of_its_schema() -> None:
    """By an independent reader; the XSD of 4.2 was met when this was written."""
    _, pages = placed()
    root: Any = etree.fromstring(alto.written(pages, "a.pdf", "1.0"))
    assert [etree.QName(e).localname for e in root if etree.QName(e).localname != "Tags"] == ["Description", "Layout"]
    assert root.xpath("string(//a:MeasurementUnit)", namespaces=NS) == "inch1200"
    page = root.xpath("//a:Page", namespaces=NS)[0]
    assert (page.get("PHYSICAL_IMG_NR"), page.get("WIDTH")) == ("1", str(round(A4[0] * 1200 / 72)))
    lines = root.xpath("//a:Page[1]//a:TextLine", namespaces=NS)
    assert {" ".join(line.xpath("a:String/@CONTENT", namespaces=NS)) for line in lines} == set(LETTER)
    for line in lines:
        assert [etree.QName(e).localname for e in line][1::2] == ["SP"] * (len(line) // 2)
    names = root.xpath("//@ID")
    assert len(names) == len(set(names))
    for box in root.xpath("//a:String", namespaces=NS):
        assert int(box.get("HPOS")) + int(box.get("WIDTH")) <= int(page.get("WIDTH"))
        assert 0 <= float(box.get("WC")) <= 1


def test_hocr_is_well_formed_and_says_its_resolution() -> None:
    _, pages = placed()
    root: Any = etree.fromstring(hocr.written(pages, "a.pdf", "1.0"))
    titles = root.xpath("//*[@class='ocr_page']/@title")
    assert [t.split("; ")[-1] for t in titles] == ["scan_res 300 300"] * 2
    assert "bbox 0 0 2479 3508" in titles[0]
    assert root.xpath("//*[@class='ocr_line'][last()]")[-1].xpath("string()") == "Trang hai & <cuối>"


def test_tesseracts_hocr() -> None:
    page = read(TESSERACT).pages[0]
    assert (page.width, page.height) == pytest.approx((595.2, 841.92))
    (line,) = page.lines
    assert line.raw == "Chỉ thị"
    assert [w.confidence for w in line.words] == [0.96, 0.41]
    box = line.words[1].box
    assert (box.x0, box.top, box.x1, box.bottom) == pytest.approx((105.6, 48, 192, 62.4))
    assert page.confidence == pytest.approx(0.685)


def test_hocr_without_words_or_resolution() -> None:
    old = (
        "<html><body><div class='ocr_page' title='bbox 0 0 1654 2339'><span class='ocr_line' title='bbox 10 10 210 40'>"
    )
    page = read(old + "Tỉnh ủy Bình Lâm</span></div></body></html>").pages[0]
    assert page.height == pytest.approx(11.7 * 72)
    (line,) = page.lines
    assert [w.span.of(line.raw) for w in line.words] == ["Tỉnh", "ủy", "Bình", "Lâm"]
    assert line.words[3].box.x1 == pytest.approx(210 * 11.7 * 72 / 2339, abs=0.1)
    assert all(w.confidence == 1 for w in line.words)


@pytest.mark.parametrize(
    ("unit", "size", "points"),
    [("pixel", (1654, 2339), 72 * 11.7 / 2339), ("mm10", (2100, 2970), 72 / 254), ("inch1200", (9920, 14031), 0.06)],
)
def test_altos_measures(unit: str, size: tuple[int, int], points: float) -> None:
    page = read(PIXELS.format(unit=unit, width=size[0], height=size[1], baseline="118")).pages[0]
    (line,) = page.lines
    assert line.raw == "Tỉnh ủy"
    assert line.words[0].box.x0 == pytest.approx(100 * points, rel=0.001)
    assert line.words[1].box.bottom == pytest.approx(120 * points, rel=0.001)
    assert [w.confidence for w in line.words] == [0.5, 1.0]


@pytest.mark.parametrize("baseline", ["118", "100,118 190,118", "100 118 190 118", "", "nonsense"])
def test_altos_baselines(baseline: str) -> None:
    assert read(PIXELS.format(unit="pixel", width=1654, height=2339, baseline=baseline)).pages[0].lines


def test_nonsense_is_unreadable_and_says_so() -> None:
    junk = a_scan(a_page(["xqz fjw brr kkt wzx vvq ggr ssd ffk zzw qqx", "jhg wqe rtf dfg zxc vbf qwr tzx plk mnb"]))
    scan = read(hocr.written(word_pages(junk, clean(junk)), "a.pdf", "1.0"))
    assert [p.method for p in scan.pages] == ["unreadable"]
    assert [(n.code, n.page) for n in scan.notes] == [("unreadable_page", 1)]


def test_an_empty_page_is_blank() -> None:
    scan = read("<html><body><div class='ocr_page' title='bbox 0 0 1654 2339'></div></body></html>")
    assert [(p.method, p.width > 0) for p in scan.pages] == [("blank", True)]


def test_what_is_damaged_is_named() -> None:
    with pytest.raises(DamagedFile, match="damaged"):
        read("<alto><Layout><Page></Layout></alto>")
    with pytest.raises(DamagedFile, match="no ALTO"):
        read("<!-- <alto> --><mets/>")


def test_entities_are_not_expanded() -> None:
    bomb = '<!DOCTYPE alto [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert read(bomb + "<alto><Layout><Page><X>&b;</X></Page></Layout></alto>").pages[0].method == "blank"


def test_other_markup_stays_what_it_is() -> None:
    assert kinds.kind_of(b"<html><body><p class='page'>ocr_page</p></body></html>") == "text/html"
    assert kinds.kind_of("Nghị quyết về alto".encode()) == "text/plain"


def test_words_that_a_reader_left_out_are_left_out() -> None:
    scan = a_scan(a_page([*LETTER, "......", "|"]))
    texts = [line.text for line in word_pages(scan, clean(scan))[0].lines]
    assert "|" not in texts


def test_paragraphs_of_a_page_stand_together() -> None:
    lines = (a_line("Tiếp tục thực hiện nhiệm vụ được giao trong năm nay và các năm sau, các sở, ban", 100),
             a_line("ngành báo cáo kết quả.", 115))  # fmt: skip
    scan = a_scan(replace(a_page([]), lines=lines))
    root: Any = etree.fromstring(hocr.written(word_pages(scan, clean(scan)), "a", "1"))
    assert len(root.xpath("//*[@class='ocr_par']")) == 1
    assert len(root.xpath("//*[@class='ocr_line']")) == 2


def test_a_text_has_no_pages_to_export(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Kính gửi: Sở Nội vụ", "utf-8")
    result = RUNNER.invoke(app, ["export", str(tmp_path / "a.txt"), "-o", str(tmp_path / "a.hocr")])
    assert result.exit_code == 3
    assert "no printed pages" in result.output


def test_several_documents_make_a_folder(tmp_path: Path) -> None:
    for name in ("a", "b"):
        (tmp_path / f"{name}.hocr").write_bytes(TESSERACT.encode())
    out = tmp_path / "out"
    files = [str(tmp_path / f"{name}.hocr") for name in ("a", "b")]
    result = RUNNER.invoke(app, ["export", *files, "-o", str(out), "--format", "alto", "--workers", "1"])
    assert result.exit_code == 0, result.output
    assert sorted(p.name for p in out.iterdir()) == ["a.xml", "b.xml"]
    assert b'CONTENT="Ch\xe1\xbb\x89"' in (out / "a.xml").read_bytes()
