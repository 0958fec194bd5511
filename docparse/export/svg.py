"""A timeline as SVG: a timeline goes in; a picture that needs nothing else, for light and dark paper, comes out.

No script: hovering and reaching a card by keyboard show what is in its title. Colours stand as plain rules with a
second set for dark displays, so that programs that know no media queries draw the light one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape
from typing import Final

from docparse.export.relations import LOOKS
from docparse.export.timeline import CARD_HEIGHT, LABELS, TOP, Card, Line, Timeline, text_width, timeline
from docparse.store.chains import Chain

FONTS: Final = "'Noto Sans','Be Vietnam Pro','Segoe UI',Roboto,'Helvetica Neue',Arial,'DejaVu Sans',sans-serif"
_HEAD: Final = 58
_PLAIN: Final = {
    "paper": ("#ffffff", "#14171c"), "band": ("#f4f6f9", "#1b2027"), "ink": ("#1c1f24", "#eceff4"),
    "faint": ("#565c66", "#aab2bf"), "rule": ("#d6dae1", "#39414d"), "held": ("#ffffff", "#262d38"),
    "cited": ("#fafbfc", "#171b21"), "edge": ("#7a8290", "#8892a2"), "accent": ("#b3261e", "#ff8a80"),
}  # fmt: skip


def svg(chain: Chain, as_of: str | None = None) -> str:
    """The picture of a chain. The same chain gives the same text."""
    return drawn(timeline(chain), chain, as_of)


def dumped(chain: Chain, as_of: str | None = None) -> bytes:
    """The picture as a file, UTF-8."""
    return ('<?xml version="1.0" encoding="UTF-8"?>\n' + svg(chain, as_of)).encode("utf-8")


def title_of(chain: Chain) -> str:
    """The title of a chain's picture."""
    asked = "dựa trên những văn bản nào" if chain.direction == "up" else "được những văn bản nào dựa vào"
    return f"{chain.nodes[chain.root].label} {asked}"


def summary_of(picture: Timeline, as_of: str | None) -> str:
    """What the picture shows, in a line."""
    held = sum(card.node.held for card in picture.cards)
    parts = [f"{len(picture.cards)} văn bản", f"{held} có trong kho", f"{len(picture.cards) - held} chỉ được viện dẫn"]
    parts += [f"{len(picture.lines)} quan hệ"] + ([f"tính đến {as_of}"] if as_of else [])
    parts += [f"còn {picture.left_out} văn bản xa hơn không vẽ"] if picture.left_out else []
    return " · ".join(parts)


def drawn(picture: Timeline, chain: Chain, as_of: str | None = None, anchors: bool = False) -> str:
    """The SVG of a timeline. With `anchors` each card leads to `#doc-NUMBER` of the page around it."""
    used = Counter(line.link.relation for line in picture.lines)
    legend, legend_height = _legend(used, picture)
    width = max(picture.width, 560)
    height = _HEAD + picture.height + legend_height
    title, summary = title_of(chain), summary_of(picture, as_of)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="group" aria-labelledby="picture-title picture-summary" lang="vi" '
        f'font-family="{FONTS}">',
        f'<title id="picture-title">{escape(title)}</title><desc id="picture-summary">{escape(summary)}</desc>',
        f"<style>{style(used)}</style>",
        f"<defs>{''.join(_arrow(relation) for relation in LOOKS if relation in used)}</defs>",
        f'<rect class="paper" width="{width:g}" height="{height:g}"/>',
        f'<text class="ink" x="16" y="26" font-size="17" font-weight="700">{escape(title)}</text>',
        f'<text class="faint" x="16" y="46" font-size="12">{escape(summary)}</text>',
        f'<g transform="translate(0 {_HEAD})">',
        *_grid(picture, width),
        "<g>",
        *(_line(line, picture) for line in picture.lines),
        "</g>",
        *(_card(card, picture, anchors) for card in picture.cards),
        "</g>",
        f'<g transform="translate(0 {_HEAD + picture.height:g})">',
        *legend,
        "</g></svg>",
    ]
    return "\n".join(parts) + "\n"


def style(used: Mapping[str, int]) -> str:
    """The rules for colours, light then dark, and for what the keyboard has reached."""
    sets = []
    for at in (0, 1):
        rules = [
            f".{name}{{{'fill' if name not in {'edge', 'rule'} else 'stroke'}:{colours[at]}}}"
            for name, colours in _PLAIN.items()
        ]
        rules.append(f".dot{{fill:{_PLAIN['ink'][at]};stroke:{_PLAIN['ink'][at]}}}")
        rules.append(f".root>rect,.card:focus>rect,.card:hover>rect{{stroke:{_PLAIN['accent'][at]};stroke-width:2.4}}")
        for relation, look in LOOKS.items():
            if relation in used:
                colour = (look.light, look.dark)[at]
                rules.append(f".r-{relation}{{stroke:{colour}}}.a-{relation}{{fill:{colour}}}")
        sets.append("".join(rules))
    return (
        f".line{{fill:none;stroke-opacity:.72}}.line:hover{{stroke-opacity:1;stroke-width:4}}.card:focus{{outline:none}}"
        f"{sets[0]}@media(prefers-color-scheme:dark){{{sets[1]}}}"
    )


def _arrow(relation: str) -> str:
    return (
        f'<marker id="to-{relation}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" '
        f'markerUnits="userSpaceOnUse" orient="auto"><path class="a-{relation}" d="M0 0.6L8 4L0 7.4z"/></marker>'
    )


def _grid(picture: Timeline, width: float) -> Iterator[str]:
    for place, row in enumerate(picture.rows):
        if place % 2 == 0:
            yield f'<rect class="band" x="0" y="{row.y:g}" width="{width:g}" height="{row.height:g}"/>'
        yield f'<text class="ink" x="12" y="{row.y + 28:g}" font-size="12" font-weight="600">{escape(row.name)}</text>'
    bottom = picture.height
    if picture.undated is not None:
        yield f'<text class="faint" x="{picture.undated:g}" y="{TOP - 12}" font-size="11">Không rõ ngày</text>'
    for year in picture.years:
        if not year.label:
            yield f'<text class="faint" x="{year.x + 6:g}" y="{TOP - 12}" font-size="11" aria-hidden="true">⋯</text>'
            continue
        yield f'<path class="rule" d="M{year.x:.1f} {TOP - 26}V{bottom:g}"/>'
        yield f'<text class="faint" x="{year.x + 5:.1f}" y="{TOP - 12}" font-size="12">{year.label}</text>'
    yield f'<path class="rule" d="M{LABELS} {TOP}V{bottom:g}M0 {TOP}H{width:g}"/>'


def _line(line: Line, picture: Timeline) -> str:
    relation, look = line.link.relation, LOOKS[line.link.relation]
    said = f"{picture.cards[line.source].node.label} {look.name} {picture.cards[line.target].node.label}"
    dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
    return (
        f'<path class="line r-{relation}" data-from="{line.source}" data-to="{line.target}" d="{line.path}" '
        f'stroke-width="{look.width:g}"{dash} marker-end="url(#to-{relation})"><title>{escape(said)}</title></path>'
    )


def _card(card: Card, picture: Timeline, anchors: bool) -> str:
    node = card.node
    state = "có trong kho" if node.held else "chỉ được viện dẫn"
    title = ", ".join(part for part in (node.label, card.day or "không rõ ngày", node.issuer, state) if part)
    links = Counter(LOOKS[line.link.relation].name for line in picture.lines if line.source == card.number)
    more = [node.title or "", node.id, "; ".join(f"{name}: {many} văn bản" for name, many in sorted(links.items()))]
    kind, dash = ("held", "") if node.held else ("cited", ' stroke-dasharray="4 3"')
    dot = (
        '<circle class="dot" cx="13" cy="13" r="4"/>'
        if node.held
        else '<circle class="edge" cx="13" cy="13" r="3.6" fill="none" stroke-width="1.4"/>'
    )
    body = (
        f"<title>{escape(title)}</title><desc>{escape('. '.join(filter(None, more)))}</desc>"
        f'<rect class="{kind} edge" width="{card.width:g}" height="{CARD_HEIGHT}" rx="6"{dash}/>'
        f'{dot}<text class="ink" x="23" y="17" font-size="12" font-weight="{700 if card.root else 600}">'
        f'{escape(card.label)}</text><text class="faint" x="8" y="31" font-size="10">{escape(card.below)}</text>'
    )
    group = (
        f'<g class="card{" root" if card.root else ""}" id="card-{card.number}" data-card="{card.number}" '
        f'transform="translate({card.x:g} {card.y:g})"'
    )
    if anchors:
        return f'<a href="#doc-{card.number}">{group} aria-label="{escape(title)}">{body}</g></a>'
    return f'{group} tabindex="0" role="img" aria-label="{escape(title)}">{body}</g>'


def _legend(used: Mapping[str, int], picture: Timeline) -> tuple[list[str], float]:
    """What the strokes and cards mean, in as many lines as it takes, and its height."""
    x, y, out = 16.0, 30.0, []
    right = max(picture.width, 560) - 16
    marks = [
        ('<circle class="dot" cx="8" cy="-4" r="4"/>', 18.0, "có trong kho"),
        ('<circle class="edge" cx="8" cy="-4" r="3.6" fill="none" stroke-width="1.4"/>', 18.0, "chỉ được viện dẫn"),
    ]
    for relation, look in LOOKS.items():
        if relation in used:
            dash = f' stroke-dasharray="{look.dash}"' if look.dash else ""
            mark = (
                f'<path class="line r-{relation}" d="M0 -4H34" stroke-width="{look.width:g}"{dash} '
                f'marker-end="url(#to-{relation})"/>'
            )
            marks.append((mark, 42.0, f"{look.name} ({relation}): {used[relation]}"))
    for mark, room, words in marks:
        wide = room + text_width(words, 12) + 22
        if x + wide > right and x > 16:
            x, y = 16.0, y + 22
        out.append(
            f'<g transform="translate({x:.1f} {y:g})">{mark}<text class="ink" x="{room:g}" y="0" font-size="12">'
            f"{escape(words)}</text></g>"
        )
        x += wide
    return out, y + 18
