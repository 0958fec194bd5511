"""Answers of a corpus for people: documents and chains go in; lines of text, and plain values for JSON, come out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from docparse.store.chains import Chain, Link
from docparse.store.lookup import Node


def node_value(node: Node) -> dict[str, Any]:
    """A document as JSON says it."""
    value = {k: v for k, v in asdict(node).items() if k not in {"key", "files"}}
    return value | {"held": node.held, "files": [{"sha256": digest, "path": path} for digest, path in node.files]}


def chain_value(chain: Chain) -> dict[str, Any]:
    """A chain as JSON says it: documents with their distance, links by the documents' ids, each with its evidence."""
    ids = {key: node.id for key, node in chain.nodes.items()}
    return {
        "root": ids[chain.root],
        "direction": chain.direction,
        "cut": chain.cut,
        "documents": [node_value(chain.nodes[key]) | {"depth": chain.depth[key]} for key in _in_order(chain)],
        "links": [
            {"source": ids[one.source], "target": ids[one.target], "relation": one.relation}
            | {"evidence": [asdict(said) for said in one.evidence]}
            for one in sorted(chain.links, key=lambda one: (ids[one.source], ids[one.target], one.relation))
        ],
    }


def chain_lines(chain: Chain) -> Iterator[str]:
    """A chain as lines, each document once, under the one by which it was reached first."""
    yield node_line(chain.nodes[chain.root])
    yield from _below(chain, chain.root, 1, _children(chain))
    if chain.cut:
        yield "… the chain is longer; narrow it with --relations or --depth"


def _children(chain: Chain) -> dict[int, list[tuple[int, Link]]]:
    out: dict[int, list[tuple[int, Link]]] = {}
    placed = {chain.root}
    for link in sorted(
        chain.links, key=lambda one: (_near_depth(chain, one), chain.nodes[one.source].id, one.relation)
    ):
        near, far = (link.source, link.target) if chain.direction == "up" else (link.target, link.source)
        if far not in placed and chain.depth[far] == chain.depth[near] + 1:
            placed.add(far)
            out.setdefault(near, []).append((far, link))
    return out


def _near_depth(chain: Chain, link: Link) -> int:
    return chain.depth[link.source if chain.direction == "up" else link.target]


def _below(chain: Chain, key: int, level: int, children: dict[int, list[tuple[int, Link]]]) -> Iterator[str]:
    for far, link in sorted(children.get(key, ()), key=lambda pair: _order(chain.nodes[pair[0]])):
        sign = "→" if chain.direction == "up" else "←"
        yield f"{'  ' * level}{sign} {link.relation}: {node_line(chain.nodes[far])}"
        yield from _below(chain, far, level + 1, children)


def node_line(node: Node) -> str:
    """A document in a line: number, date, issuer, title, and whether the corpus has it."""
    parts = [part for part in (node.label, node.date, node.issuer) if part]
    title = f": {node.title}" if node.title and node.title != node.label else ""
    return f"{' · '.join(parts)}{title[:100]}{'' if node.held else '  (not held)'}"


def _in_order(chain: Chain) -> list[int]:
    return sorted(chain.nodes, key=lambda key: (chain.depth[key], *_order(chain.nodes[key])))


def _order(node: Node) -> tuple[str, str]:
    return (node.date or "", node.id)
