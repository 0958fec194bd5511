"""A timeline as a page: a chain goes in; one HTML file with the picture, every document and its sentences comes out.

The page stands for itself: nothing is loaded, and without its script all is still there to read. The script lights up
what a card is tied to; a card leads to its details by a plain link.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from html import escape
from typing import Final

from docparse.export.relations import LOOKS
from docparse.export.sentences import Sentence, sentences
from docparse.export.svg import FONTS, drawn, title_of
from docparse.export.timeline import Card, Line, Timeline, timeline
from docparse.store.chains import Chain
from docparse.store.corpus import Corpus

Said = Mapping[tuple[int, int, str], Sequence[Sentence]]

_STYLE: Final = f"""
:root{{color-scheme:light dark}}
body{{margin:0;font:15px/1.5 {FONTS};background:#fff;color:#1c1f24}}
main{{max-width:78rem;margin:0 auto;padding:0 1rem}}
h1{{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}}h2{{font-size:1.05rem;margin:0}}
.picture{{overflow:auto;max-height:88vh;border:1px solid #d6dae1;margin:1rem}}
.picture svg{{display:block}}
article{{border-top:1px solid #d6dae1;padding:.7rem 0;scroll-margin-top:1rem}}
article:target,article.on{{border-left:4px solid #b3261e;padding-left:.7rem}}
.id,.where{{color:#565c66;font-size:.85rem;overflow-wrap:anywhere}}
blockquote{{margin:.2rem 0 .4rem 1rem;padding-left:.6rem;border-left:2px solid #d6dae1}}
mark{{background:#fff0b3;color:inherit}}a{{color:#1d5fbf}}
a:focus-visible{{outline:2px solid #b3261e}}
svg.lit .line[data-from]{{opacity:.1}}svg.lit .line.on{{opacity:1}}
svg.lit .card{{opacity:.35}}svg.lit .card.on{{opacity:1}}
@media(prefers-color-scheme:dark){{body{{background:#14171c;color:#eceff4}}
.picture,article,blockquote{{border-color:#39414d}}.id,.where{{color:#aab2bf}}mark{{background:#5c4a00}}a{{color:#7fb2ff}}}}
@media print{{.picture{{overflow:visible;max-height:none;border:0}}}}
"""
_SCRIPT: Final = """
const svg=document.querySelector('svg');
const lines=[...svg.querySelectorAll('.line[data-from]')],cards=[...svg.querySelectorAll('.card')];
function light(n){svg.classList.toggle('lit',n!==null);
 const near=new Set([n]);
 lines.forEach(l=>{const on=l.dataset.from===n||l.dataset.to===n;l.classList.toggle('on',on);
  if(on){near.add(l.dataset.from);near.add(l.dataset.to)}});
 cards.forEach(c=>c.classList.toggle('on',near.has(c.dataset.card)))}
cards.forEach(c=>{const a=c.closest('a');
 a.addEventListener('mouseenter',()=>light(c.dataset.card));a.addEventListener('mouseleave',()=>light(null));
 a.addEventListener('focus',()=>light(c.dataset.card));a.addEventListener('blur',()=>light(null))});
document.addEventListener('keydown',e=>{if(e.key==='Escape')light(null)});
"""


def html(corpus: Corpus, chain: Chain, as_of: str | None = None) -> str:
    """The page of a chain. The same chain gives the same text."""
    picture = timeline(chain)
    said = sentences(corpus, (line.link for line in picture.lines))
    title = escape(title_of(chain))
    parts = [
        '<!DOCTYPE html>\n<html lang="vi"><head><meta charset="utf-8">',
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; "
        "script-src 'unsafe-inline'\">",
        '<meta name="viewport" content="width=device-width,initial-scale=1">',
        f"<title>{title}</title><style>{_STYLE}</style></head><body>",
        f"<h1>{title}</h1>",
        '<div class="picture" tabindex="0" role="region" aria-label="Sơ đồ theo thời gian">',
        drawn(picture, chain, as_of, anchors=True),
        "</div>",
        "<main>",
        *(_article(card, picture, said) for card in picture.cards),
        f"</main><script>{_SCRIPT}</script></body></html>",
    ]
    return "\n".join(parts) + "\n"


def dumped(corpus: Corpus, chain: Chain, as_of: str | None = None) -> bytes:
    """The page as a file, UTF-8."""
    return html(corpus, chain, as_of).encode("utf-8")


def _article(card: Card, picture: Timeline, said: Said) -> str:
    """What is known of a document: itself, its files, what it cites with the sentences, and what cites it."""
    node = card.node
    state = "có trong kho" if node.held else "chỉ được viện dẫn"
    facts = " · ".join(filter(None, (card.day or "không rõ ngày", node.issuer, state)))
    parts = [
        f'<article id="doc-{card.number}"><h2><a href="#card-{card.number}">{escape(node.label)}</a></h2>',
        f"<div>{escape(facts)}</div>",
        f"<div>{escape(node.title)}</div>" if node.title and node.title != node.label else "",
        f'<div class="id">{escape(node.id)}</div>',
        *(f'<div class="where">{escape(path)} · sha256:{digest[:16]}</div>' for digest, path in node.files),
    ]
    out = [line for line in picture.lines if line.source == card.number]
    into = [line for line in picture.lines if line.target == card.number]
    if out:
        parts.append(f"<ul>{''.join(_cited(line, picture, said) for line in out)}</ul>")
    if into:
        parts.append(f"<div>Được viện dẫn trong: {', '.join(_citing(line, picture) for line in into)}</div>")
    return "".join(parts) + "</article>"


def _citing(line: Line, picture: Timeline) -> str:
    name = LOOKS[line.link.relation].name
    return f"{_to(picture.cards[line.source])} ({name})"


def _cited(line: Line, picture: Timeline, said: Said) -> str:
    link = line.link
    quotes = "".join(_quotes(said.get((link.source, link.target, link.relation), ())))
    return f"<li>{LOOKS[link.relation].name} {_to(picture.cards[line.target])}{quotes}</li>"


def _to(card: Card) -> str:
    return f'<a href="#doc-{card.number}">{escape(card.node.label)}</a>'


def _quotes(found: Sequence[Sentence]) -> Iterator[str]:
    for one in found:
        place = [one.path, f"trang {one.page}" if one.page else "", one.provision or ""]
        place += [f"tin cậy {one.confidence:.2f}", one.rule]
        yield (
            f"<blockquote>{escape(one.before)}<mark>{escape(one.words)}</mark>{escape(one.after)}"
            f'<div class="where">{escape(" · ".join(filter(None, place)))}</div></blockquote>'
        )
