"""The smallest records by hand: who a document is and what it cites in, a valid `Record` out."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from docparse.link.names import parse_name
from docparse.record import (
    BodyRecord,
    CitationRecord,
    DeadlineRecord,
    HeaderRecord,
    IssuerRecord,
    PageRecord,
    Record,
    SourceRecord,
    TargetRecord,
    TypeRecord,
)

LAM_DONG = "urn:lex:vn;lam.dong:tinh.uy:chi.thi:2018-02-27;24-ct-tu"
LETTER = "urn:lex:vn;lam.dong;lac.duong:huyen.uy:cong.van:2021-04-20;167-cv-hu"
PLAN = "urn:lex:vn;lam.dong:uy.ban.nhan.dan:ke.hoach:2019-01-15;215-kh-ubnd"


def a_record(
    urn: str,
    cites: Sequence[tuple[str, str]] = (),
    *,
    text: str = "",
    path: str = "",
    duties: Sequence[tuple[str, str]] = (),
    dues: Sequence[tuple[str, str]] = (),
    subject: str | None = None,
    confidence: float = 0.95,
) -> Record:
    """A record of the document `urn` that cites (relation, urn) pairs, gives (role, body) duties and (kind, value)
    deadlines to its first task. Its bytes are its text, or else its urn."""
    name = parse_name(urn)
    words = text or f"Văn bản {urn} " + " ".join(target for _, target in cites)
    digest = hashlib.sha256(words.encode()).hexdigest()
    return Record(
        schema="docparse/1",
        id=urn,
        kind="official",
        source=SourceRecord(
            path=path or f"{name.number}-{digest[:8]}.txt",
            sha256=digest,
            media_type="text/plain",
            bytes=len(words.encode()),
            pages=[
                PageRecord(
                    number=1, width=0, height=0, span=(0, len(words)), method="markup", confidence=None, rotation=0
                )
            ],
        ),
        text=words,
        header=HeaderRecord(
            system="party" if name.authority.endswith(".uy") else "state",
            type=TypeRecord(code=None, name=name.type.replace(".", " ") or None),
            number=printed(name.number),
            issuer=IssuerRecord(
                name=name.authority.replace(".", " ") or None,
                parent=None,
                level=None,
                place=" ".join(name.places) or None,
            ),
            place=None,
            date=name.date if len(name.date) == 10 else None,
            subject=subject,
            secrecy=None,
            urgency=None,
            draft=False,
            evidence={},
        ),
        addressees=[],
        sections=[],
        tasks=[],
        recipients=[],
        signature=None,
        signatures=[],
        citations=[
            CitationRecord(
                id=f"citation:{place}-{place + 1}",
                text=words[place : place + 1],
                span=(place, place + 1),
                boxes=[],
                task=None,
                confidence=confidence,
                rule="by-hand",
                via="explicit",
                relation=relation,  # type: ignore[arg-type]
                provision=None,
                target=TargetRecord(
                    id=target,
                    type=None,
                    number=printed(parse_name(target).number),
                    date=parse_name(target).date or None,
                    issuer=None,
                    title=None,
                ),
            )
            for place, (relation, target) in enumerate(cites)
        ],
        deadlines=[
            DeadlineRecord(
                id=f"deadline:{place}-{place + 1}",
                text=words[place : place + 1],
                span=(place, place + 1),
                boxes=[],
                task=None,
                confidence=confidence,
                rule="by-hand",
                kind=kind,  # type: ignore[arg-type]
                value=value,
                op="before",
                anchor=None,
                inferred=False,
            )
            for place, (kind, value) in enumerate(dues)
        ],
        bodies=[
            BodyRecord(
                id=f"body:{place}-{place + 1}",
                text=words[place : place + 1],
                span=(place, place + 1),
                boxes=[],
                task=None,
                confidence=confidence,
                rule="by-hand",
                name=body,
                role=role,  # type: ignore[arg-type]
            )
            for place, (role, body) in enumerate(duties)
        ],
        warnings=[],
    )


def printed(number: str) -> str | None:
    """`24-ct-tu` as `24-CT/TU`; None for the slug of a name."""
    head, _, rest = number.partition("-")
    return f"{head}-{rest.upper().replace('-', '/')}" if rest and head[:1].isdigit() else None
