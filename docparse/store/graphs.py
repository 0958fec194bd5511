"""The graph of a corpus for programs: its documents and relations go in; rows of plain values, or a graph of rustworkx
or networkx, come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib import import_module
from typing import Any, Literal, TypeAlias, TypeVar

from docparse.errors import ConfigError, DependencyError
from docparse.link.names import parse_name
from docparse.store.lookup import Node

Attributes = dict[str, Any]
Relation: TypeAlias = tuple[str, str, str, list[tuple[str, float]]]
Library = Literal["rustworkx", "networkx"]
Found = TypeVar("Found")


def node_rows(nodes: Iterable[Node]) -> Iterator[tuple[str, Attributes]]:
    """Every document by its id, with what is printed of it; unknown parts are empty strings."""
    for node in nodes:
        name = parse_name(node.id)
        yield (
            node.id,
            {
                "label": node.label,
                "type": node.type or "",
                "number": node.number or "",
                "date": node.date or name.date,
                "issuer": node.issuer or "",
                "title": node.title or "",
                "authority": name.authority,
                "place": ";".join(name.places),
                "held": node.held,
            },
        )


def edge_rows(relations: Iterable[Relation]) -> Iterator[tuple[str, str, Attributes]]:
    """Every relation, from the citing to the cited document: how often and how surely it is said, and the first place
    that says so (`SHA-256#citation`)."""
    for source, target, relation, said in relations:
        yield (
            source,
            target,
            {
                "relation": relation,
                "mentions": len(said),
                "confidence": max(sure for _, sure in said),
                "evidence": said[0][0],
            },
        )


def graph_of(nodes: Iterable[Node], relations: Iterable[Relation], library: str = "rustworkx") -> Any:
    """The graph with the rows as attributes.

    rustworkx: a `PyDiGraph`; a node is its attributes with its `id`, `graph.attrs` has the index of each id. networkx:
    a `MultiDiGraph` with ids as nodes; an edge's key is its relation. Raises ConfigError for another library and
    DependencyError where it is not installed.
    """
    if library == "networkx":
        graph = package("networkx", "graph").MultiDiGraph()
        graph.add_nodes_from(node_rows(nodes))
        graph.add_edges_from((a, b, said["relation"], said) for a, b, said in edge_rows(relations))
        return graph
    if library != "rustworkx":
        raise ConfigError(f"there is no graph library {library!r}; known: rustworkx, networkx")
    graph = package("rustworkx", "graph").PyDiGraph(multigraph=True)
    rows = list(node_rows(nodes))
    index = dict(zip((urn for urn, _ in rows), graph.add_nodes_from([{"id": u} | row for u, row in rows]), strict=True))
    graph.add_edges_from([(index[a], index[b], said) for a, b, said in edge_rows(relations)])
    graph.attrs = index
    return graph


def package(name: str, extra: str) -> Any:
    """A package that need not be installed. Raises DependencyError that says how to get it."""
    try:
        return import_module(name)
    except ImportError as error:
        raise DependencyError(
            f"this needs {error.name or name}, which is not installed; run: pip install 'docparse[{extra}]'"
        ) from error
