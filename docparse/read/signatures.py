"""E-signatures of a PDF: an open document in, who signed for which organisation and when out.

From the signature dictionaries: the signer's certificate in the PKCS #7 contents gives the names, `M` the time.
"""

from __future__ import annotations

import ctypes
import re
from collections.abc import Callable
from typing import Any

import pypdfium2 as pdfium
from cryptography import x509
from cryptography.hazmat.primitives.serialization import pkcs7
from cryptography.x509.oid import NameOID
from pypdfium2 import raw

from docparse.model import DigitalSignature

_TIME = re.compile(r"D:(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:(Z)|([+-]\d\d)'?(\d\d)?)?")


def signatures_of(document: pdfium.PdfDocument) -> tuple[DigitalSignature, ...]:
    """The e-signatures in the order of time, each signer and time once."""
    found: dict[tuple[str | None, str | None], DigitalSignature] = {}
    for index in range(raw.FPDF_GetSignatureCount(document)):
        item = raw.FPDF_GetSignatureObject(document, index)
        if not item:
            continue
        stated = _bytes(raw.FPDFSignatureObj_GetTime, item).split(b"\0")[0].decode("ascii", "replace")
        signer, organization = _names(_bytes(raw.FPDFSignatureObj_GetContents, item))
        signature = DigitalSignature(signer, organization, iso_time(stated))
        if signature != DigitalSignature():
            found.setdefault((signature.signer, signature.time), signature)
    return tuple(sorted(found.values(), key=lambda s: s.time or ""))


def iso_time(stated: str) -> str | None:
    """A PDF date (`D:20250108173049+07'00'`) in ISO 8601, as far as it is stated."""
    match = _TIME.match(stated)
    if match is None:
        return None
    year, month, day, hour, minute, second, zulu, hours, minutes = match.groups()
    date = "-".join(p for p in (year, month, day) if p)
    if not (day and hour and minute):
        return date
    zone = "+00:00" if zulu else (f"{hours}:{minutes or '00'}" if hours else "")
    return f"{date}T{hour}:{minute}:{second or '00'}{zone}"


def _bytes(read: Callable[..., int], item: Any) -> bytes:
    size = read(item, None, 0)
    if size <= 0:
        return b""
    buffer = ctypes.create_string_buffer(size)
    read(item, buffer, size)
    return buffer.raw[:size]


def _names(contents: bytes) -> tuple[str | None, str | None]:
    """Common name and organisation of the certificate that no other certificate of the set was issued by."""
    length = _der_length(contents)
    try:
        certificates = pkcs7.load_der_pkcs7_certificates(contents[:length])
    except (ValueError, TypeError, OverflowError):
        return None, None
    issuers = {c.issuer for c in certificates if c.issuer != c.subject}
    own = next((c for c in certificates if c.subject not in issuers), None)
    if own is None:
        return None, None
    return _named(own.subject, NameOID.COMMON_NAME), _named(own.subject, NameOID.ORGANIZATION_NAME)


def _named(name: x509.Name, kind: x509.ObjectIdentifier) -> str | None:
    values = name.get_attributes_for_oid(kind)
    text = values[0].value if values else None
    return text.strip() or None if isinstance(text, str) else None


def _der_length(contents: bytes) -> int:
    """The bytes that the outer DER element takes; the field is padded with zeros."""
    if len(contents) < 2 or contents[0] != 0x30:
        return len(contents)
    first = contents[1]
    if first < 0x80:
        return 2 + first
    count = first & 0x7F
    return 2 + count + int.from_bytes(contents[2 : 2 + count], "big") if count else len(contents)
