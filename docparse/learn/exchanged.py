"""Wrong claims on purpose: an annotated document in, the same with some values exchanged for others out, and which.

Rules that were written with the gold at hand contradict the rest of their document too seldom for the weight of a
contradiction to be learned from it. An exchanged value is as well formed as the true one and wrong; the checks of
docparse/tag/cross_checks.py see some of them, and what they see tells how much a contradiction is worth.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

from docparse.model import Annotation, Citation, Deadline, Document, Field, Target
from docparse.tag.confidence import chosen_fields

SHARE = 0.25
"""Of the citations and deadlines that get another's value."""
_PARTS = ("number", "date", "issuer", "type")
_FIELDS = ("header.number", "header.date", "header.issuer.name", "header.type.code", "header.system")
Values = Mapping[str, str]


def header_values(doc: Document) -> Values:
    """The fields of a document's header that others may get."""
    found = {name: doc.annotations[i].value for name, i in chosen_fields(doc).items() if name in _FIELDS}
    return {name: field.value for name, field in found.items() if isinstance(field, Field)}


def exchanged(doc: Document, headers: Sequence[Values], seed: int) -> tuple[Document, set[int]]:
    """The document with one field of its header from one of `headers`, and with parts of a share of its citations taken
    from its other ones; and the indices of the annotations that are wrong now."""
    chance = random.Random(seed)
    annotations = list(doc.annotations)
    wrong: set[int] = set()
    targets = [a.value.target for a in annotations if isinstance(a.value, Citation)]
    for index, a in enumerate(annotations):
        value = a.value
        if isinstance(value, Citation | Deadline) and chance.random() < SHARE:
            new = _target(value, targets, chance) if isinstance(value, Citation) else _deadline(value, chance)
            if new is not None:
                annotations[index] = replace(a, value=new)
                wrong.add(index)
    wrong |= _header(doc, annotations, headers, chance)
    return replace(doc, annotations=tuple(annotations)), wrong


def _target(citation: Citation, targets: Sequence[Target], chance: random.Random) -> Citation | None:
    own = citation.target
    part = chance.choice(_PARTS)
    others = sorted({v for t in targets if (v := getattr(t, part)) and v != getattr(own, part)})
    if not others or not getattr(own, part):
        return None
    return replace(citation, target=replace(own, **{part: chance.choice(others)}))


def _deadline(deadline: Deadline, chance: random.Random) -> Deadline | None:
    if deadline.kind != "fixed" or not deadline.value:
        return None
    years = chance.choice((-10, -3, -1, 1, 10))
    return replace(deadline, value=f"{int(deadline.value[:4]) + years:04}{deadline.value[4:]}")


def _header(doc: Document, annotations: list[Annotation], headers: Sequence[Values], chance: random.Random) -> set[int]:
    own = {name: i for name, i in chosen_fields(doc).items() if name in _FIELDS}
    if not headers or not own:
        return set()
    name = chance.choice(sorted(own))
    index = own[name]
    value = annotations[index].value
    assert isinstance(value, Field)
    other = chance.choice(headers).get(name)
    if other is None or other == value.value:
        return set()
    annotations[index] = replace(annotations[index], value=replace(value, value=other))
    return {index}
