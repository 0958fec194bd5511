"""Naming: a document with its citations goes in; its own id, the id of each target and how well each target is known
come out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from docparse.authority import Context, context_of, province_in
from docparse.model import Annotation, Citation, Document, Field, Target
from docparse.tables import Tables
from docparse.tag.identity import target_id
from docparse.tag.mention import number_key
from docparse.tag.states import state_of


def name_documents(doc: Document, tables: Tables) -> Document:
    """The document with `id` and every citation's `target.id`, `state` and `candidates` set."""
    context = _place_of(doc)
    cited = [a.value for a in doc.of_kind(Citation) if isinstance(a.value, Citation)]
    targets = dict.fromkeys(c.target for c in cited)
    named = {target: replace(target, id=target_id(target, context)) for target in targets}
    issued = {named[c.target].id for c in cited if c.relation == "promulgates"}
    done = {target: _judged(target, name, context, issued) for target, name in named.items()}
    done = _with_namesakes(done)
    annotations = [
        Annotation(a.span, replace(a.value, target=done[a.value.target]), a.confidence, a.by, a.rule)
        if isinstance(a.value, Citation)
        else a
        for a in doc.annotations
    ]
    return replace(doc, id=_own_id(doc, context) or doc.id, annotations=tuple(annotations))


def _judged(target: Target, named: Target, context: Context, issued: set[str | None]) -> Target:
    if named.id in issued:
        return replace(named, state="resolved")  # it stands in this very file
    state, candidates = state_of(target, named.id or "", context)
    return replace(named, state=state, candidates=candidates)


_SURE: Final = ("resolved", "attested", "ambiguous", "unparsed")


def _with_namesakes(targets: Mapping[Target, Target]) -> dict[Target, Target]:
    """The targets, those of one id with one state, an undated one with the dated ones of its type and number in this
    document as candidates."""
    dated: dict[tuple[str | None, str], list[str]] = {}
    surest: dict[str | None, Target] = {}
    for target in targets.values():
        known = surest.setdefault(target.id, target)
        if _SURE.index(target.state) < _SURE.index(known.state):
            surest[target.id] = target
        if target.number and target.id and target.date and len(target.date) == 10:
            dated.setdefault((target.type, number_key(target.number)), []).append(target.id)
    out: dict[Target, Target] = {}
    for key, named in targets.items():
        best = surest[named.id]
        out[key] = target = replace(named, state=best.state, candidates=best.candidates)
        if target.state == "ambiguous" and target.number and not target.date:
            alike = dated.get((target.type, number_key(target.number)), ())
            out[key] = replace(target, candidates=tuple(dict.fromkeys((*target.candidates, *alike))))
    return out


def _place_of(doc: Document) -> Context:
    """The context of the header; of a news report, the province that it names first."""
    context = context_of(doc)
    if context.province is None and context.level in (None, "province"):
        found = province_in(doc.text[:6000])
        if found is not None:
            context = replace(context, province=found.name)
    return context


def _own_id(doc: Document, context: Context) -> str | None:
    fields = {a.value.name: a.value.value for a in doc.of_kind(Field) if isinstance(a.value, Field)}
    number, date = fields.get("header.number"), fields.get("header.date")
    if doc.kind != "official" or not (number or date):
        return None
    target = Target(
        fields.get("header.type.code"), number, date, fields.get("header.issuer.name"), fields.get("header.subject")
    )
    return target_id(target, context) if number else None
