"""ALTO 4.2: a document's pages of words in, one XML file out, boxes in 1/1200 inch."""

from __future__ import annotations

from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

from docparse.export.pages import PageLine, PageWord, WordPage, paragraphs
from docparse.spans import Box

_K = 1200 / 72
_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<alto xmlns="http://www.loc.gov/standards/alto/ns-v4#" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"
 xsi:schemaLocation="http://www.loc.gov/standards/alto/ns-v4# http://www.loc.gov/standards/alto/v4/alto-4-2.xsd">
 <Description>
  <MeasurementUnit>inch1200</MeasurementUnit>
  <sourceImageInformation><fileName>{name}</fileName></sourceImageInformation>
  <Processing ID="PROCESSING_1">
   <processingCategory>contentGeneration</processingCategory>
   <processingSoftware>
    <softwareName>docparse</softwareName>
    <softwareVersion>{version}</softwareVersion>
   </processingSoftware>
  </Processing>
 </Description>
"""


def written(pages: Sequence[WordPage], name: str, version: str) -> bytes:
    """The ALTO of all pages; `name` is what the source is called. What a line is besides text (`running`, `footnote`,
    `stamp`, `esign`) is a structure tag."""
    out = [_HEAD.format(name=escape(name), version=escape(version))]
    roles = sorted({line.role for page in pages for line in page.lines} - {"body"})
    if roles:
        out += [" <Tags>\n", *(f'  <StructureTag ID="ROLE_{role}" LABEL="{role}"/>\n' for role in roles), " </Tags>\n"]
    out.append(" <Layout>\n")
    for page in pages:
        out += _page(page)
    return "".join([*out, " </Layout>\n</alto>\n"]).encode("utf-8")


def _page(page: WordPage) -> list[str]:
    size = f'HEIGHT="{_units(page.height)}" WIDTH="{_units(page.width)}"'
    sure = "" if page.confidence is None else f' PC="{page.confidence:.4f}"'
    out = [
        f'  <Page ID="PAGE_{page.number}" PHYSICAL_IMG_NR="{page.number}" {size}{sure}>\n',
        f'   <PrintSpace HPOS="0" VPOS="0" {size}>\n',
    ]
    at = 0
    for count, lines in enumerate(paragraphs(page), 1):
        box = lines[0].box
        for line in lines[1:]:
            box = box.union(line.box)
        out.append(f'    <TextBlock ID="BLOCK_{page.number}_{count}" {_box(box)} LANG="vi">\n')
        for line in lines:
            at += 1
            out += _line(line, f"{page.number}_{at}")
        out.append("    </TextBlock>\n")
    return [*out, "   </PrintSpace>\n", "  </Page>\n"]


def _line(line: PageLine, identity: str) -> list[str]:
    role = "" if line.role == "body" else f' TAGREFS="ROLE_{line.role}"'
    out = [f'     <TextLine ID="LINE_{identity}" {_box(line.box)}{role}>\n']
    last: PageWord | None = None
    for at, word in enumerate(line.words, 1):
        if last is not None and not word.glued:
            gap = max(0.0, word.box.x0 - last.box.x1)
            place = f'HPOS="{_units(last.box.x1)}" VPOS="{_units(last.box.top)}"'
            out.append(f'      <SP WIDTH="{_units(gap)}" {place}/>\n')
        sure = "" if word.confidence is None else f' WC="{word.confidence:.4f}"'
        words = quoteattr(word.text)
        out.append(f'      <String ID="STRING_{identity}_{at}" CONTENT={words} {_box(word.box)}{sure}/>\n')
        last = word
    return [*out, "     </TextLine>\n"]


def _box(box: Box) -> str:
    size = f'WIDTH="{_units(box.width)}" HEIGHT="{_units(box.height)}"'
    return f'HPOS="{_units(box.x0)}" VPOS="{_units(box.top)}" {size}'


def _units(points: float) -> int:
    return round(points * _K)
