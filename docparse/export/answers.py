"""Answers of a corpus for people: documents and chains go in; lines of text, and plain values for JSON, come out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import Any

from docparse.link.reconciling import Difference
from docparse.link.series import Series
from docparse.link.status import Status
from docparse.store.agenda import Item
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
        "links": link_values(
            sorted(chain.links, key=lambda one: (ids[one.source], ids[one.target], one.relation)), chain.nodes
        ),
    }


def link_values(links: Iterable[Link], nodes: Mapping[int, Node]) -> list[dict[str, Any]]:
    """Links as JSON says them: by the documents' ids, each with its evidence."""
    return [
        {"source": nodes[one.source].id, "target": nodes[one.target].id, "relation": one.relation}
        | {"evidence": [asdict(said) for said in one.evidence]}
        for one in links
    ]


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


def path_lines(links: Sequence[Link], nodes: Mapping[int, Node]) -> Iterator[str]:
    """A way of citations as lines, from the citing document on."""
    if links:
        yield node_line(nodes[links[0].source])
    for step, link in enumerate(links, 1):
        yield f"{'  ' * step}→ {link.relation}: {node_line(nodes[link.target])}"


def item_line(item: Item) -> str:
    """A task in a line: when, who, where it is said, what."""
    when = ", ".join(item.days[:6]) + (" …" if len(item.days) > 6 else "") if item.days else item.deadline or "no day"
    where = " ".join([item.number or item.document, *item.path])
    return f"{when}  {item.body} ({item.role})  {where}: {' '.join(item.text[:100].split())}"


def status_lines(node: Node, status: Status) -> Iterator[str]:
    """A status as lines: the state in words, then what makes it so."""
    day = f" on {status.as_of}" if status.as_of else ""
    since = f", since {status.since}" if status.since else ""
    yield f"{node_line(node)}"
    yield f"{status.state.replace('_', ' ')}{day}{since}, as far as the corpus tells"
    for act in status.acts:
        part = f" {act.provision}" if act.provision else ""
        yield f"  {act.date or 'no day'}  {act.relation}{part}  {act.by}"


def series_line(series: Series) -> str:
    """A series in a line: whose, how many, what is missing, what is cited and not held."""
    whose = f"{series.type} {series.symbol} of {'.'.join((series.authority, *series.places))} {series.period}"
    missing = ", ".join(str(a) if a == b else f"{a}-{b}" for a, b in series.missing) or "none"
    absent = ", ".join(str(entry.number) for entry in series.not_held)
    return f"{whose}: {len(series.entries)} known, missing {missing}{f'; cited, not held: {absent}' if absent else ''}"


def difference_line(one: Difference) -> str:
    """A difference between a register and the corpus in a line."""
    where = " / ".join(row.where for row in (one.register, one.corpus) if row)
    if one.kind in {"date", "subject"} and one.register and one.corpus:
        said = (
            (one.register.date, one.corpus.date) if one.kind == "date" else (one.register.subject, one.corpus.subject)
        )
        return f"{one.kind}: {one.number}: the register says {said[0]}, the corpus {said[1]}  ({where})"
    lacks = "the corpus lacks" if one.kind == "missing" else "the register lacks"
    return f"{one.kind}: {lacks} {one.number}  ({where})"
