"""Linked data: a corpus goes in; RDF with ELI and schema.org Legislation, as Turtle or JSON-LD, comes out.

A document of the world is a resource under its URN:LEX name; its relations are ELI properties, those without one of
their own (`reports_on`) `eli:related_to` (data/relation_kinds.tsv). What a relation rests on is left to PROV-O.
"""

from __future__ import annotations

import json
from typing import Final, cast
from urllib.parse import quote

from rdflib import RDF, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCTERMS, XSD

from docparse.export.graph import edge_rows, node_rows
from docparse.model import Relation
from docparse.store.corpus import Corpus
from docparse.tag.relation_kinds import kind_of

ELI: Final = Namespace("http://data.europa.eu/eli/ontology#")
SCHEMA: Final = Namespace("http://schema.org/")
DOCPARSE: Final = Namespace("urn:docparse:terms:")
PREFIXES: Final = {"eli": ELI, "schema": SCHEMA, "dcterms": DCTERMS, "docparse": DOCPARSE}


def resource(urn: str) -> URIRef:
    """The name of a document as an IRI."""
    return URIRef(quote(urn, safe=":;,.-_~/"))


def graph_of(corpus: Corpus) -> Graph:
    """Every document, held or cited, and every relation between two of them."""
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for urn, row in node_rows(corpus):
        at = resource(urn)
        for kind in (ELI.LegalResource, SCHEMA.Legislation):
            graph.add((at, RDF.type, kind))
        graph.add((at, DCTERMS.identifier, Literal(urn)))
        graph.add((at, DOCPARSE.held, Literal(bool(row["held"]))))
        for field, properties in _FIELDS.items():
            for each in properties:
                if row[field]:
                    graph.add((at, each, Literal(row[field], lang="vi" if field in _WORDS else None)))
        for each in (ELI.date_document, SCHEMA.legislationDate):
            if row["date"]:
                graph.add((at, each, Literal(row["date"], datatype=_DATES[len(row["date"])])))
    for source, target, row in edge_rows(corpus):
        relation = kind_of(cast(Relation, row["relation"]))
        graph.add((resource(source), ELI[relation.eli.removeprefix("eli:")], resource(target)))
        graph.add((resource(source), DOCPARSE[row["relation"]], resource(target)))
        if row["relation"] == "replaces":
            graph.add((resource(source), DCTERMS.replaces, resource(target)))
    return graph


_FIELDS: Final = {
    "number": (ELI.id_local, SCHEMA.legislationIdentifier),
    "type": (ELI.type_document, SCHEMA.legislationType),
    "title": (ELI.title, SCHEMA.name),
    "issuer": (ELI.passed_by, SCHEMA.legislationPassedBy),
}
_WORDS: Final = {"title", "issuer"}
_DATES: Final = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}


def turtle(corpus: Corpus) -> bytes:
    """The corpus as Turtle, UTF-8. The same corpus gives the same bytes."""
    return graph_of(corpus).serialize(format="turtle", encoding="utf-8")


def jsonld(corpus: Corpus) -> bytes:
    """The corpus as JSON-LD, UTF-8, resources in order of their names."""
    context = {prefix: str(namespace) for prefix, namespace in PREFIXES.items()}
    plain = json.loads(graph_of(corpus).serialize(format="json-ld", context=context))
    plain["@graph"] = sorted((_sorted(one) for one in plain.get("@graph", [])), key=lambda one: str(one["@id"]))
    return (json.dumps(plain, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode("utf-8")


def _sorted(value: dict[str, object]) -> dict[str, object]:
    return {
        key: sorted(each, key=lambda one: json.dumps(one, sort_keys=True)) if isinstance(each, list) else each
        for key, each in value.items()
    }
