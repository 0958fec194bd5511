"""The closing's claims: a document with zones in; addressees, recipients and signers out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from docparse.model import DigitalSignature, Document, Field, Found, Signer, Zone
from docparse.segment.paragraphs import Paragraph, paragraphs
from docparse.segment.recipients import read_addressees, read_recipients
from docparse.segment.signature import read_blocks
from docparse.spans import Span
from docparse.tables import Tables


def zone_paragraphs(doc: Document, name: str) -> list[Paragraph]:
    """The paragraphs of the first zone of this name; none when there is no such zone."""
    for a in doc.of_kind(Zone):
        if isinstance(a.value, Zone) and a.value.name == name:
            return [p for p in paragraphs(doc, a.span) if p.text.strip()]
    return []


def find_closing(doc: Document, tables: Tables) -> Iterator[Found]:
    """Addressees as `Field("addressee")`, recipients and signature blocks; none where the text is no official paper."""
    if doc.kind != "official":
        return
    for span in read_addressees(zone_paragraphs(doc, "body")[:60], doc.text, tables):
        yield Found(span, Field("addressee", span.of(doc.text)), 0.95, "addressee")
    closing = zone_paragraphs(doc, "closing")
    for span, recipient in read_recipients(closing, doc.text, tables):
        yield Found(span, recipient, 0.95, "recipient")
    yield from _signers(doc, closing, tables)


def _signers(doc: Document, closing: list[Paragraph], tables: Tables) -> Iterator[Found]:
    scanned = any(p.method == "ocr" for p in doc.pages)
    blocks = read_blocks(closing, tables, scanned)
    digital = list(doc.signatures)
    for index, (span, signer) in enumerate(blocks):
        own = _matching(signer, digital) or (digital[0] if index == 0 and digital and len(blocks) == 1 else None)
        yield Found(span, replace(signer, digital=own), 0.9 if signer.name else 0.6, "signature-block")
    if not blocks and digital:
        person = next((d for d in digital if d.signer), digital[0])
        end = len(doc.text)
        yield Found(Span(end, end), Signer(digital=person), 0.5, "e-signature")


def _matching(signer: Signer, digital: list[DigitalSignature]) -> DigitalSignature | None:
    """The e-signature of this very person, where a file bears several."""
    return next(
        (d for d in digital if d.signer and signer.name and signer.name.casefold() in d.signer.casefold()), None
    )
