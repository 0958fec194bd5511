"""The core types: what a reader saw (`Scan`), what docparse works on (`Document`), and the claims it makes.

Frozen values without behaviour; a stage makes a new document with `dataclasses.replace`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal, TypeVar

from docparse.spans import Box, Frame, Span
from docparse.values import dataclass

Method = Literal["text", "ocr", "markup", "blank", "unreadable"]
Kind = Literal["official", "press", "other"]
LineRole = Literal[
    "body",  # stands in the text
    "footnote",  # stands in the text, at the end of its page
    "running",  # a running head or page number: not in the text
    "esign",  # a line of an e-signature's visible appearance: not in the text
    "stamp",  # ĐẾN, SAO Y, HỎA TỐC, MẬT …: not in the text
    "rule",  # a printed rule, stars or dashes: not in the text
    "noise",  # OCR specks: not in the text
]


@dataclass(frozen=True, slots=True)
class Word:
    """A word with its place: `span` is in the raw line for a `ScanLine`, in the document's text for a `Line`."""

    span: Span
    box: Box
    confidence: float | None = None  # of the OCR engine, in [0, 1]; None for a text layer


@dataclass(frozen=True, slots=True)
class Font:
    """How a line is set: size in points; bold and italic when most of its characters are."""

    size: float
    bold: bool = False
    italic: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """The place of a line in a table: ordinal of the table in the file, row and column, all from 0."""

    table: int
    row: int
    column: int


@dataclass(frozen=True, slots=True)
class ScanLine:
    """One line as the reader saw it; markup and plain text have no box and no words."""

    raw: str
    box: Box | None = None
    words: tuple[Word, ...] = ()
    font: Font | None = None
    confidence: float | None = None
    cell: Cell | None = None
    widget: bool = False  # the text of a form field or annotation, not of the page's own content
    role: LineRole = "body"  # where the file itself says what the line is: a footnote, a running head


MarkKind = Literal["seal", "red", "blue"]


@dataclass(frozen=True, slots=True)
class Mark:
    """Colour that was lifted off a page before it was read: a round red seal, other red or blue; its place."""

    kind: MarkKind
    box: Box


@dataclass(frozen=True, slots=True)
class ScanPage:
    """One page: size in points (0 × 0 for markup and text), how it was read, and its lines in the reader's order.

    All boxes are those of the upright, straight page; `frame` leads back to the page as given where that differs.
    """

    number: int
    width: float
    height: float
    method: Method
    lines: tuple[ScanLine, ...] = ()
    confidence: float | None = None
    rotation: int = 0
    skew: float = 0.0  # degrees by which the upright page was turned counter-clockwise to be straight
    frame: Frame | None = None
    marks: tuple[Mark, ...] = ()


@dataclass(frozen=True, slots=True)
class DigitalSignature:
    """An e-signature: who, for which organisation, when (ISO 8601, as far as stated)."""

    signer: str | None = None
    organization: str | None = None
    time: str | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """Something a person should look at; becomes one of the record's `warnings`."""

    code: str
    message: str
    page: int | None = None
    box: Box | None = None  # what to look at there
    seen: tuple[str, ...] = ()  # readings too unsure to stand


@dataclass(frozen=True, slots=True)
class Source:
    """The file that was read: path as given, SHA-256 of its bytes in hex, media type by content, size in bytes."""

    path: str
    sha256: str
    media_type: str
    bytes: int


@dataclass(frozen=True, slots=True)
class Scan:
    """All that a reader saw of one file."""

    source: Source
    pages: tuple[ScanPage, ...]
    signatures: tuple[DigitalSignature, ...] = ()
    notes: tuple[Note, ...] = ()


@dataclass(frozen=True, slots=True)
class Line:
    """A line after cleaning: `span` (empty where it is not in it) and `words` are in the text; `raw` never changes."""

    span: Span
    raw: str
    page: int
    role: LineRole = "body"
    box: Box | None = None
    words: tuple[Word, ...] = ()
    font: Font | None = None
    confidence: float | None = None
    cell: Cell | None = None
    column: Literal["left", "right"] | None = None  # of a two-column band: the header or the closing


@dataclass(frozen=True, slots=True)
class Page:
    """A page after cleaning; `span` is the part of the text that stands on it."""

    number: int
    width: float
    height: float
    span: Span
    method: Method
    confidence: float | None = None
    rotation: int = 0
    skew: float = 0.0
    frame: Frame | None = None
    marks: tuple[Mark, ...] = ()


SectionKind = Literal["part", "chapter", "section", "article", "clause", "point", "bullet", "appendix"]


@dataclass(frozen=True, slots=True)
class Section:
    """A numbered item: `span` from its label to its end, sub-items included; `head` its first paragraph, unlabelled."""

    label: str
    kind: SectionKind
    path: tuple[str, ...]
    heading: str
    span: Span
    head: Span
    children: tuple[Section, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """An item that directs somebody to do something (CONTRACT.md, Tasks and paths); `label` None when unnumbered."""

    path: tuple[str, ...]
    label: str | None
    span: Span


ZoneName = Literal["header", "body", "closing", "annex", "boilerplate"]


@dataclass(frozen=True, slots=True)
class Zone:
    """A part of the document by its job: letterhead to title, body, Nơi nhận and signature, an attachment."""

    name: ZoneName


@dataclass(frozen=True, slots=True)
class Field:
    """A single fact: `name` as `header.number`, `header.issuer.name`, `addressee`; `value` normalised."""

    name: str
    value: str
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Recipient:
    """One line or item under Nơi nhận; `name` without note and dash."""

    name: str
    note: str | None = None
    channel: str | None = None


Capacity = Literal["TM", "KT", "TL", "TUQ", "Q"]


@dataclass(frozen=True, slots=True)
class Signer:
    """A signature block: `capacity` the lower of two, `authority` the words of the capacity lines."""

    capacity: Capacity | None = None
    authority: str | None = None
    position: str | None = None
    name: str | None = None
    digital: DigitalSignature | None = None


Via = Literal["explicit", "alias", "short"]
Relation = Literal[
    "based_on", "implements", "guides", "promulgates", "amends", "replaces", "repeals", "corrects", "consolidates",
    "extends", "reports_on", "replies_to", "copies", "cites",
]  # fmt: skip

TargetState = Literal[
    "resolved",  # the document at hand or a table of docparse says which document it is
    "attested",  # stated completely: what is cited names one document
    "ambiguous",  # what is stated fits several documents; `candidates` are those known
    "unparsed",  # a number that is no symbol and that nothing completes
]


@dataclass(frozen=True, slots=True)
class Target:
    """The document that a mention means, as far as this document states it; `id` is a URN:LEX name, `state` how well
    that tells one document, `candidates` the ids of those known that an ambiguous one may be."""

    type: str | None = None
    number: str | None = None
    date: str | None = None
    issuer: str | None = None
    title: str | None = None
    id: str | None = None
    state: TargetState = "unparsed"
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rewrite:
    """A change of a symbol from what is printed: the words before and after, and the rule that changed them."""

    printed: str
    written: str
    rule: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A mention of another document; `evidence` are the words that say the relation, None where nothing does."""

    target: Target
    via: Via = "explicit"
    relation: Relation = "cites"
    provision: str | None = None
    evidence: Span | None = None
    rewrites: tuple[Rewrite, ...] = ()


DeadlineKind = Literal["fixed", "recurring", "relative", "period"]
Op = Literal["before", "by", "on", "from", "within"]


@dataclass(frozen=True, slots=True)
class Deadline:
    """A time that binds an action; `value` as the contract's table says for each kind."""

    kind: DeadlineKind
    value: str | None
    op: Op
    anchor: str | None = None
    inferred: bool = False


BodyRole = Literal["lead", "coordinate", "advise", "monitor", "report_to"]


@dataclass(frozen=True, slots=True)
class Body:
    """A responsible body; `name` is its full canonical name resolved in the document's place."""

    name: str
    role: BodyRole


Value = Zone | Field | Recipient | Signer | Citation | Deadline | Body
ValueT = TypeVar("ValueT", Zone, Field, Recipient, Signer, Citation, Deadline, Body)


@dataclass(frozen=True, slots=True)
class Found:
    """What a tagger yields: a claim before the pipeline stamps it with the tagger's name."""

    span: Span
    value: Value
    confidence: float
    rule: str


@dataclass(frozen=True, slots=True)
class Annotation:
    """A claim: which words, what they mean, how sure, and which stage and rule says so."""

    span: Span
    value: Value
    confidence: float
    by: str
    rule: str


StampKind = Literal["arrival", "copy", "urgency", "secrecy", "handling"]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A stamp as a fact of its own: ĐẾN, SAO Y and its like, HỎA TỐC, MẬT, XEM XONG TRẢ LẠI; not in the text."""

    kind: StampKind
    text: str
    boxes: tuple[tuple[int, Box], ...] = ()  # page and place of each line
    confidence: float | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """Words of a scan that were set right: their span in the text, the page, what OCR had read, what stands now."""

    span: Span
    page: int
    read: str
    written: str
    rule: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Document:
    """One document: the text, fixed by `clean`, and the claims of the stages after it."""

    source: Source
    text: str
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    signatures: tuple[DigitalSignature, ...] = ()
    kind: Kind = "official"
    id: str = ""
    sections: tuple[Section, ...] = ()
    tasks: tuple[Task, ...] = ()
    annotations: tuple[Annotation, ...] = ()
    notes: tuple[Note, ...] = ()
    stamps: tuple[Stamp, ...] = ()
    repairs: tuple[Repair, ...] = ()

    def of_kind(self, kind: type[ValueT]) -> Iterator[Annotation]:
        """The annotations whose value is of this kind, in the order of the text."""
        return (a for a in self.annotations if isinstance(a.value, kind))

    def page_at(self, position: int) -> int | None:
        """The number of the page on which a character of the text stands; None for a document without pages."""
        at = bisect_right(self.pages, position, key=lambda page: page.span.start) - 1
        return self.pages[max(at, 0)].number if self.pages else None

    def within(self, span: Span) -> Iterator[Annotation]:
        """The annotations that lie within `span`."""
        return (a for a in self.annotations if span.holds(a.span))

    def with_annotations(self, found: Iterable[Found], by: str) -> Document:
        """A new document with these claims added, stamped with the name of who made them."""
        new = [Annotation(f.span, f.value, f.confidence, by, f.rule) for f in found]
        merged = sorted([*self.annotations, *new], key=lambda a: (a.span.start, -a.span.end))
        return replace(self, annotations=tuple(merged))
