"""The header's claims: a document with zones in; system, type, number, issuer, place, date, subject and stamps out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from docparse.authority import doc_type, fold, province_in, type_of_code
from docparse.model import Document, Field, Found, Signer
from docparse.segment import issuer
from docparse.segment.closing import zone_paragraphs
from docparse.segment.dates import Dated, adopted, read_date
from docparse.segment.letterhead import Letterhead, read_letterhead
from docparse.segment.paragraphs import Paragraph
from docparse.segment.registered import organ_of, province_of_unit, successor_of
from docparse.segment.signature import read_blocks
from docparse.segment.symbols import Symbol, read_symbol
from docparse.segment.system import system_of
from docparse.spans import Span
from docparse.tables import Tables


@dataclass(frozen=True, slots=True)
class Sources:
    """What the header is read from: the letterhead and, where it is missing or says too little, the closing."""

    doc: Document
    tables: Tables
    head: Letterhead
    closing: Sequence[Paragraph]
    signers: Sequence[tuple[Span, Signer]]
    scanned: bool


def find_header(doc: Document, tables: Tables) -> Iterator[Found]:
    """The header's fields. A field that the document does not print is not given; what is inferred says so."""
    if doc.kind != "official":
        return
    closing = zone_paragraphs(doc, "closing")
    scanned = any(p.method == "ocr" for p in doc.pages[:1])
    sources = Sources(
        doc,
        tables,
        read_letterhead(zone_paragraphs(doc, "header"), tables),
        closing,
        read_blocks(closing, tables, scanned),
        scanned,
    )
    symbol, number_span = _number(sources)
    if symbol is not None:
        yield Found(number_span, Field("header.number", symbol.number), 0.9 if not scanned else 0.7, "number-line")
    dated = _date(sources)
    if dated is not None:
        if dated.place:
            yield Found(dated.span, Field("header.place", dated.place), 0.95, "date-line")
        if dated.iso:
            sure = 0.6 if dated.inferred else 0.8 if scanned else 0.95
            yield Found(dated.span, Field("header.date", dated.iso, dated.inferred), sure, dated.rule)
    system, system_span = system_of(sources.head, symbol, closing, tables)
    if system is not None:
        yield Found(system_span, Field("header.system", system), 0.9, "evidence")
    yield from _type(sources, symbol, system)
    yield from _subject(sources)
    yield from _issuer(sources, symbol, dated)
    yield from _stamps(sources)


def _number(sources: Sources) -> tuple[Symbol | None, Span]:
    pieces = list(sources.head.pieces)
    for index, piece in enumerate(pieces):
        if piece.role != "number":
            continue
        # the digits or the code may have been set apart: `Số: 565` and `/TB-UBND`
        following = next((p for p in pieces[index + 1 : index + 3] if p.role in ("number", "organ", "other")), None)
        parts = [(piece.text, piece.span)]
        if following is not None and re.match(r"\W{0,2}(?:[-/]\s*[A-Z]|\d{1,5}\s*[-/])", fold(following.text)):
            parts.insert(0, (f"{piece.text.rstrip()} {following.text.lstrip()}", piece.span))
        for text, span in parts:
            symbol = read_symbol(text, sources.scanned)
            if symbol is not None:
                end = min(span.start + symbol.end, span.end)
                return symbol, Span(min(span.start + symbol.start, end), end)
    return None, Span(0, 0)


def _date(sources: Sources) -> Dated | None:
    signed = min((s.time for s in sources.doc.signatures if s.time), default=None)
    best: Dated | None = None
    for piece in sources.head.of("date"):
        found = read_date(piece, sources.tables, sources.scanned, signed)
        if found is not None and (best is None or (best.iso is None and found.iso is not None)):
            best = found
    if best is not None and best.iso and signed and sources.scanned and best.iso > signed[:10]:
        # nobody signs a paper before its date: the handwritten day was misread
        best = Dated(best.span, best.place, None, best.rule)
    if best is None or best.iso is None:
        late = adopted(zone_paragraphs(sources.doc, "body")[-6:] + list(sources.closing[:4]))
        if late is not None:
            return Dated(late.span, best.place if best else None, late.iso, late.rule)
    return best


def _type(sources: Sources, symbol: Symbol | None, system: str | None) -> Iterator[Found]:
    for piece in sources.head.of("type"):
        found = doc_type(re.sub(r"^\W+", "", _joined(piece.text)))
        if found is not None:
            yield Found(piece.span, Field("header.type.code", found.code), 0.97, "title-line")
            yield Found(piece.span, Field("header.type.name", found.name), 0.97, "title-line")
            return
    span = next((p.span for p in sources.head.of("number", "about")), None)
    if span is None:
        return
    kind = type_of_code(symbol.type_code, system) if symbol and symbol.type_code else None
    if kind is None:
        # an official letter has no type line; its symbol is the organ's code and the drafting unit's (NĐ 30)
        kind = doc_type("Công văn") if symbol is not None or any(sources.head.of("about")) else None
    if kind is not None:
        yield Found(span, Field("header.type.code", kind.code), 0.9, "symbol")
        yield Found(span, Field("header.type.name", kind.name), 0.9, "symbol")


def _joined(text: str) -> str:
    """`Q U Y Ế T  Đ Ị N H` set wide becomes words again."""
    if re.match(r"^\W*(?:\w ){4,}", text):
        return " ".join("".join(word.split()) for word in re.split(r"\s{2,}", text.strip()))
    return text


_IN_TITLE = re.compile(r"^\W*(?:CUA|HOI NGHI|DAI HOI|TAI HOI NGHI)\b[^a-z]*?(?=\s+[a-zVQ][a-z]|$)")


def _subject(sources: Sources) -> Iterator[Found]:
    pieces = [p for p in sources.head.of("about", "subject") if p.text.strip(" *_-–—.:")]
    kept: list[tuple[str, Span]] = []
    for piece in pieces:
        text, start = piece.text, piece.span.start
        if not kept and (match := _IN_TITLE.match(fold(text))):
            # `CHỈ THỊ / CỦA BAN THƯỜNG VỤ TỈNH ỦY`: the issuer inside the title block (DOMAIN.md 1.5)
            text, start = text[match.end() :], start + match.end()
        words = text.strip(" *_\t")
        if words.strip("-–—. ") and not re.match(r"\((?:[Kk]èm theo|[Bb]an hành)", words):
            kept.append((words, Span(start + len(text) - len(text.lstrip(" *_\t")), piece.span.end)))
    if not kept:
        return
    value = re.sub(r"\s+", " ", " ".join(w for w, _ in kept)).strip(" *_-–—.:;,")
    if value:
        yield Found(Span(kept[0][1].start, kept[-1][1].end), Field("header.subject", value), 0.9, "subject")


def _issuer(sources: Sources, symbol: Symbol | None, dated: Dated | None) -> Iterator[Found]:
    found = _issuer_found(sources, symbol, dated)
    if found is None:
        return
    date = dated.iso if dated else None
    province = province_of_unit(found, date)
    if province is not None:
        found = replace(found, place=f"{found.place}, {province.name}")
    rule = "issuer-inferred" if found.inferred else "letterhead"
    for name, value in [("name", found.name), ("parent", found.parent), ("level", found.level), ("place", found.place)]:
        if value:
            confidence = 0.7 if found.inferred else 0.9
            inferred = found.inferred or (name == "place" and province is not None)
            yield Found(found.span, Field(f"header.issuer.{name}", value, inferred), confidence, rule)
    organ = organ_of(found, date)
    if organ is not None:
        yield Found(found.span, Field("header.issuer.register_id", organ.id, True), 0.9, "register")
        if successor := successor_of(organ, date):
            yield Found(found.span, Field("header.issuer.successor", successor, True), 0.8, "register")


def _issuer_found(sources: Sources, symbol: Symbol | None, dated: Dated | None) -> issuer.Issuer | None:
    head, place = sources.head, dated.place if dated else None
    limit = head.type_index if head.type_index is not None else len(sources.doc.text)
    printed = issuer.from_letterhead(
        [p for p in head.of("organ") if p.index < limit or head.type_index is None], place, sources.tables
    )
    if printed is not None:
        return printed
    where = place or _place_elsewhere(sources)
    if symbol is not None:
        date = dated.iso if dated else None
        if coded := issuer.from_code(symbol.organ_code, where, Span(0, 0), sources.tables, date):
            return coded
    for piece in head.of("subject"):
        match = re.match(r"^\W*CUA\s+(?P<organ>[A-Z][A-Z ,-]+?)(?=\s+[a-z]|\s*$)", fold(piece.text))
        if match:
            start, end = match.span("organ")
            span = Span(piece.span.start + start, piece.span.start + end)
            return issuer.from_words(piece.text[start:end], where, span, sources.tables)
    for span, signer in sources.signers:
        if signer.authority:
            words = re.sub(
                r"^\W*(?:T\s*/?\s*M|K\s*/?\s*T|T\s*/?\s*L|TUQ|Q)\s*[./]*\s*", "", signer.authority.split("\n")[0]
            )
            return issuer.from_words(words, where, span, sources.tables)
    return None


def _place_elsewhere(sources: Sources) -> str | None:
    """Where a document without a letterhead was issued: its e-signature's organisation, else its own subject."""
    for signature in sources.doc.signatures:
        for words in (signature.organization, signature.signer):
            if words and (found := province_in(words)):
                return found.name
    esign = "\n".join(p.text for p in sources.closing)
    if match := re.search(r"(?im)^\W*(?:Cơ quan|Ký bởi|Đơn vị)\s*:\s*(.+)$", esign):
        for line in re.findall(r"(?im)^\W*(?:Cơ quan|Ký bởi|Đơn vị)\s*:\s*(.+)$", match.string):
            if found := province_in(line):
                return found.name
    for piece in sources.head.of("subject", "about"):
        if found := province_in(piece.text):
            return found.name
    return None


def _stamps(sources: Sources) -> Iterator[Found]:
    seen: set[str] = set()
    lines = [(p.text, p.span) for p in sources.head.of("stamp", "draft")]
    mark = sources.tables.rules("letterhead")["stamp"].pattern  # whole lines: `Bảo mật` of an e-signature is no mark
    apart = [n for n in sources.doc.lines if n.role == "stamp" and n.page == 1 and mark.match(fold(n.raw))]
    lines += [(n.raw, Span(n.span.start, n.span.start)) for n in apart]
    for text, span in lines:
        folded = fold(text).upper()
        for name, words in (
            ("secrecy", ("TUYET MAT", "TOI MAT", "MAT")),
            ("urgency", ("HOA TOC", "THUONG KHAN", "KHAN")),
            ("draft", ("DU THAO",)),
        ):
            if name not in seen and any(re.search(rf"\b{w}\b", folded) for w in words):
                seen.add(name)
                yield Found(span, Field(f"header.{name}", text.strip(" *_.()")), 0.9, "stamp")
