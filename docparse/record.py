"""The docparse/1 record: its types with their fixed keys (docs/contract.md), its canonical JSON and its JSON Schema.

In: values, validated here. Out: a `Record`, its JSON, and the schema that is generated from these types.
"""

from __future__ import annotations

import json
from typing import Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field

from docparse import model

SCHEMA: Final = "docparse/1"
SpanPair = tuple[int, int]
BoxTuple = tuple[int, float, float, float, float]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class MarkRecord(_Part):
    """Colour lifted off a page before it was read."""

    kind: model.MarkKind
    box: BoxTuple


class PageRecord(_Part):
    number: int = Field(ge=1)
    width: float
    height: float
    span: SpanPair
    method: model.Method
    confidence: float | None
    rotation: int
    skew: float = 0.0
    marks: list[MarkRecord] = Field(default=[])


class StampRecord(_Part):
    """What is stamped or printed on the paper besides the document's own text: its words are not in `text`."""

    kind: model.StampKind
    text: str
    boxes: list[BoxTuple]
    confidence: float | None


class SourceRecord(_Part):
    path: str
    sha256: str
    media_type: str
    bytes: int
    pages: list[PageRecord]


class TypeRecord(_Part):
    code: str | None
    name: str | None


class IssuerRecord(_Part):
    """Who issues; `register_id` is the organ's id in the authority register, `successor` what does its work now."""

    name: str | None
    parent: str | None
    level: str | None
    place: str | None
    register_id: str | None = None
    successor: str | None = None


class EvidenceRecord(_Part):
    """Where a header field stands and how sure it is; `inferred` when the letterhead does not print it."""

    span: SpanPair
    boxes: list[BoxTuple]
    confidence: float
    rule: str
    inferred: bool


class HeaderRecord(_Part):
    system: Literal["party", "state", "mass_organization"] | None
    type: TypeRecord
    number: str | None
    issuer: IssuerRecord
    place: str | None
    date: str | None
    subject: str | None
    secrecy: str | None
    urgency: str | None
    draft: bool
    evidence: dict[str, EvidenceRecord]


class AddresseeRecord(_Part):
    text: str
    span: SpanPair
    boxes: list[BoxTuple]
    confidence: float


class SectionRecord(_Part):
    label: str
    kind: model.SectionKind
    path: list[str]
    heading: str
    span: SpanPair
    children: list[SectionRecord]


class TaskRecord(_Part):
    id: str
    path: list[str]
    label: str | None
    text: str
    span: SpanPair
    pages: list[int]
    boxes: list[BoxTuple]
    bodies: list[str]
    deadlines: list[str]
    citations: list[str]


class RecipientRecord(_Part):
    text: str
    span: SpanPair
    boxes: list[BoxTuple]
    name: str
    note: str | None
    channel: str | None
    confidence: float


class DigitalRecord(_Part):
    signer: str | None
    organization: str | None
    time: str | None


class SignatureRecord(_Part):
    capacity: model.Capacity | None
    authority: str | None
    position: str | None
    name: str | None
    digital: DigitalRecord | None


class TargetRecord(_Part):
    """The document meant; `state` says how well it is known (docs/contract.md, Target states)."""

    id: str | None
    type: str | None
    number: str | None
    date: str | None
    issuer: str | None
    title: str | None
    state: model.TargetState = "unparsed"
    candidates: list[str] = []


class WordsRecord(_Part):
    """Words of the text with their place."""

    text: str
    span: SpanPair


class RewriteRecord(_Part):
    """A change of a symbol from what is printed."""

    from_: str = Field(alias="from")
    to: str
    rule: str


class RepairRecord(_Part):
    """Words of a scan that were set right: OCR had read what stands under `from`, `text` has what stands under `to`."""

    page: int
    span: SpanPair
    boxes: list[BoxTuple]
    from_: str = Field(alias="from")
    to: str
    rule: str
    confidence: float


class _Claim(_Part):
    id: str
    text: str
    span: SpanPair
    boxes: list[BoxTuple]
    task: str | None
    confidence: float = Field(ge=0, le=1)
    rule: str


class CitationRecord(_Claim):
    via: model.Via
    relation: model.Relation
    provision: str | None
    target: TargetRecord
    evidence: WordsRecord | None = None
    rewrites: list[RewriteRecord] = []


class DeadlineRecord(_Claim):
    kind: model.DeadlineKind
    value: str | None
    op: model.Op
    anchor: str | None
    inferred: bool


class BodyRecord(_Claim):
    name: str
    role: model.BodyRole


class WarningRecord(_Part):
    code: str
    message: str
    page: int | None
    box: BoxTuple | None = None


class Record(_Part):
    """One parsed document under the contract docparse/1."""

    schema_: Literal["docparse/1"] = Field(default=SCHEMA, alias="schema")
    id: str
    kind: model.Kind
    source: SourceRecord
    text: str
    header: HeaderRecord | None
    addressees: list[AddresseeRecord]
    sections: list[SectionRecord]
    tasks: list[TaskRecord]
    recipients: list[RecipientRecord]
    signature: SignatureRecord | None
    signatures: list[SignatureRecord]
    stamps: list[StampRecord] = Field(default=[])
    citations: list[CitationRecord]
    deadlines: list[DeadlineRecord]
    bodies: list[BodyRecord]
    repairs: list[RepairRecord] = Field(default=[])
    warnings: list[WarningRecord]

    def to_json(self, indent: int | None = None) -> str:
        """Canonical JSON: keys in the contract's order, Unicode as it is; the same record gives the same text."""
        return json.dumps(self.model_dump(mode="json", by_alias=True), ensure_ascii=False, indent=indent)


def json_schema() -> dict[str, Any]:
    """The JSON Schema (2020-12) of a record, generated from the types above."""
    schema = Record.model_json_schema(by_alias=True, mode="serialization")
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:docparse:schema:1",
        **schema,
        "title": SCHEMA,
    }
