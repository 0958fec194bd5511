"""Records as Akoma Ntoso (OASIS LegalDocML 1.0, namespace akn/3.0): a corpus goes in; an XML file for each document
held comes out.

The numbered structure becomes hierarchy: Phần `part`, Chương `chapter`, Mục `section`, Điều `article`, khoản
`paragraph`, điểm `point`, gạch đầu dòng `indent`, Phụ lục `hcontainer`. Citations become `ref`. What stands before the
first item is the preface, what stands behind the last the conclusions; boxes and confidences are left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any, Final

from lxml import etree

from docparse.places import slug
from docparse.record import CitationRecord, Record, SectionRecord
from docparse.store.corpus import Corpus

AKN: Final = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ELEMENTS: Final = {
    "part": ("part", "part"), "chapter": ("chapter", "chp"), "section": ("section", "sec"),
    "article": ("article", "art"), "clause": ("paragraph", "para"), "point": ("point", "point"),
    "bullet": ("indent", "indent"), "appendix": ("hcontainer", "app"),
}  # fmt: skip
_NAMESPACE: Final[Any] = {None: AKN}
_NO_DATE: Final = "0001-01-01"
"""The date of a work whose date is not known; the schema wants one."""
_XML: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


def files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """`NAME.xml` for each document held, NAME from its canonical id."""
    for urn, record in corpus.best():
        yield (
            f"{re.sub(r'[^a-z0-9.]+', '-', urn.removeprefix('urn:lex:').lower()).strip('-')[:180]}.xml",
            document(record),
        )


def document(record: Record) -> bytes:
    """One record as an Akoma Ntoso document, UTF-8."""
    return _Writer(record).written()


class _Writer:
    """One document: its text with the citations in it, and the names already given to elements."""

    def __init__(self, record: Record) -> None:
        self._record, self._names = record, Counter[str]()
        self._citations: Sequence[CitationRecord] = sorted(record.citations, key=lambda one: one.span)

    def written(self) -> bytes:
        record = self._record
        root = etree.Element(f"{{{AKN}}}akomaNtoso", nsmap=_NAMESPACE)
        kind = record.header.type.name if record.header else None
        doc = _sub(root, "doc", name=slug(kind or "van ban"))
        self._meta(doc)
        tops = [one for one in record.sections if one.span[1] > one.span[0]]
        start, end = (tops[0].span[0], tops[-1].span[1]) if tops else (self._end_of_head(), len(record.text))
        self._block(doc, "preface", 0, start)
        main = _sub(doc, "mainBody")
        if tops:
            self._items(main, tops, start, end, "")
        else:
            self._paragraphs(main, start, end)
        self._block(doc, "conclusions", end, len(record.text))
        return etree.tostring(root, xml_declaration=True, encoding="UTF-8", pretty_print=True)

    def _end_of_head(self) -> int:
        """Behind the last field of the header, of a document without items."""
        evidence = self._record.header.evidence.values() if self._record.header else ()
        ends = [each.span[1] for each in evidence if each.span[1] < len(self._record.text) // 2]
        return max(ends, default=0)

    def _meta(self, doc: etree._Element) -> None:
        record, header = self._record, self._record.header
        day = header.date if header and header.date and len(header.date) == len(_NO_DATE) else _NO_DATE
        meta = _sub(doc, "meta")
        identification = _sub(meta, "identification", source="#docparse")
        for level, suffix in (("FRBRWork", ""), ("FRBRExpression", "/vie"), ("FRBRManifestation", "/vie.xml")):
            at = _sub(identification, level)
            _sub(at, "FRBRthis", value=f"{record.id}{suffix}")
            _sub(at, "FRBRuri", value=f"{record.id}{suffix}")
            _sub(at, "FRBRdate", date=day, name="issued")
            _sub(at, "FRBRauthor", href="#issuer" if level == "FRBRWork" else "#docparse")
            if level == "FRBRWork":
                _sub(at, "FRBRcountry", value="vn")
                if header and header.number:
                    _sub(at, "FRBRnumber", value=header.number)
                if header and header.subject:
                    _sub(at, "FRBRname", value=_clean(header.subject))
            elif level == "FRBRExpression":
                _sub(at, "FRBRlanguage", language="vie")
        references = _sub(meta, "references", source="#docparse")
        _sub(references, "TLCOrganization", eId="docparse", href="urn:docparse:agent", showAs="docparse")
        issuer = header.issuer.name if header and header.issuer.name else "?"
        _sub(references, "TLCOrganization", eId="issuer", href=f"urn:docparse:organ:{slug(issuer)}", showAs=issuer)

    def _block(self, doc: etree._Element, name: str, start: int, end: int) -> None:
        if self._record.text[start:end].strip():
            self._paragraphs(_sub(doc, name), start, end)

    def _items(self, at: etree._Element, items: Sequence[SectionRecord], start: int, end: int, above: str) -> None:
        """Items with what stands between them, which belongs to none, as paragraphs of a container without number."""
        edges = [start, *(edge for item in items for edge in item.span), end]
        gaps = [(a, b) for a, b in zip(edges[::2], edges[1::2], strict=True)]
        for place, (left, right) in enumerate(gaps):
            if self._record.text[left:right].strip():
                loose = _sub(at, "hcontainer", name="text", eId=self._named(above, "hcontainer"))
                self._paragraphs(_sub(loose, "content"), left, right)
            if place < len(items):
                self._item(at, items[place], above)

    def _item(self, at: etree._Element, item: SectionRecord, above: str) -> None:
        element, short = _ELEMENTS[item.kind]
        label = slug(re.sub(r"^(?:Điều|Chương|Mục|Phần|Phụ lục)\s+", "", item.label)).replace(".", "-")
        eid = self._named(above, f"{short}_{label}" if label else short)
        named = {"name": "appendix"} if element == "hcontainer" else {}
        own = _sub(at, element, eId=eid, **named)
        _sub(own, "num").text = _clean(item.label)
        start, end = item.span
        body = start + len(item.label) if self._record.text.startswith(item.label, start) else start
        body += len(re.match(r"[\s.):\-–/]*", self._record.text[body:end])[0])  # type: ignore[index]
        if item.heading and self._record.text.startswith(item.heading, body):
            self._inline(_sub(own, "heading"), body, body + len(item.heading))
            body += len(item.heading)
        children = [one for one in item.children if one.span[1] > one.span[0]]
        if not children:
            self._paragraphs(_sub(own, "content"), body, end)
            return
        if self._record.text[body : children[0].span[0]].strip():
            self._paragraphs(_sub(own, "intro"), body, children[0].span[0])
        for child, following in pairwise([*children, None]):
            if child is None:
                break
            stop = following.span[0] if following is not None else child.span[1]
            self._item(own, _stretched(child, stop), eid)
        if self._record.text[children[-1].span[1] : end].strip():
            self._paragraphs(_sub(own, "wrapUp"), children[-1].span[1], end)

    def _paragraphs(self, at: etree._Element, start: int, end: int) -> None:
        """A `p` for each paragraph; at least one, for the schema wants it."""
        for match in re.finditer(r"[^\n]*[^\s][^\n]*", self._record.text[start:end]):
            self._inline(_sub(at, "p"), start + match.start(), start + match.end())
        if len(at) == 0:
            _sub(at, "p")

    def _inline(self, at: etree._Element, start: int, end: int) -> None:
        """Text with the citations in it as `ref`; of mentions that overlap the first."""
        done, last = start, None
        for citation in self._citations:
            a, b = citation.span
            if a < done or b > end or citation.target.id is None:
                continue
            _add(at, last, self._record.text[done:a])
            last = _sub(at, "ref", href=citation.target.id)
            last.text = _clean(self._record.text[a:b])
            done = b
        _add(at, last, self._record.text[done:end])

    def _named(self, above: str, own: str) -> str:
        name = f"{above}__{own}" if above else own
        self._names[name] += 1
        return name if self._names[name] == 1 else f"{name}-{self._names[name]}"


def _stretched(item: SectionRecord, stop: int) -> SectionRecord:
    """An item up to the next one, so that nothing between two is lost."""
    return item.model_copy(update={"span": (item.span[0], max(stop, item.span[1]))})


def _sub(at: etree._Element, tag: str, /, **attributes: str) -> etree._Element:
    return etree.SubElement(at, f"{{{AKN}}}{tag}", {key: _clean(value) for key, value in attributes.items()})


def _add(at: etree._Element, last: etree._Element | None, text: str) -> None:
    if last is None:
        at.text = (at.text or "") + _clean(text)
    else:
        last.tail = (last.tail or "") + _clean(text)


def _clean(text: str) -> str:
    """Text without what XML cannot hold."""
    return _XML.sub(" ", text)
