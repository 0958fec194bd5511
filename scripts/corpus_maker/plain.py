"""A `Paper` in, a plain-text file or an HTML page out."""

from __future__ import annotations

from html import escape

from corpus_maker.layout import addressees, letterhead, recipients, with_note_marks, wrapped
from corpus_maker.source import Block, Paper, printed_label


def text_file(paper: Paper) -> str:
    """Header columns one after the other, or side by side with a tab when the source says `text_rows = true`."""
    head = letterhead(paper)
    rule = [head.mark or "-------"]
    left = [*head.parent, *head.organ, *rule, head.number, *wrapped(head.subject, 34)]
    right = [*head.national, "-" * 15, head.date]
    if paper.meta.get("text_rows"):
        rows = max(len(left), len(right))
        pairs = zip(left + [""] * (rows - len(left)), right + [""] * (rows - len(right)), strict=True)
        lines = ["\t".join(pair).rstrip("\t") for pair in pairs]
    else:
        lines = [*left, *right]
    if title := paper.meta.get("title"):
        lines += ["", *title]
        if paper.meta["subject"]:
            lines += wrapped(paper.meta["subject"], 70)
        lines += ["-----" if paper.party else "_______"]
    label, listed = addressees(paper)
    if label:
        lines += ["", label, *listed]
    lines.append("")
    for at, block in enumerate(paper.blocks):
        if block.kind == "annex":
            lines += [*_closing(paper), ""]
            continue
        lines += _lines(block, paper, at)
    if not any(block.kind == "annex" for block in paper.blocks):
        lines += _closing(paper)
    for key, note in paper.notes.items():
        lines.append(f"({key}) {note.text}")
    return "\n".join(lines) + "\n"


def _lines(block: Block, paper: Paper, at: int) -> list[str]:
    if block.kind == "row":
        first = at == 0 or paper.blocks[at - 1].kind != "row"
        row = "| " + " | ".join(block.cells) + " |"
        return [row, "|" + " --- |" * len(block.cells)] if first else [row]
    return [with_note_marks(body_text(block, paper), "(", ")")]


def body_text(block: Block, paper: Paper) -> str:
    """The paragraph as printed: its label, or its dash, and its words."""
    label = printed_label(block, paper.party and bool(paper.meta.get("old_labels")))
    if label:
        return f"{label} {block.text}"
    return f"- {block.text}" if block.kind == "dash" or (block.kind == "basis" and paper.party) else block.text


def _closing(paper: Paper) -> list[str]:
    sign = paper.meta["signature"]
    seal = ["(Đã ký)"] if sign.get("signed_mark") else [""]
    return ["", "Nơi nhận:", *recipients(paper), "", *sign["lines"], *seal, sign["name"]]


def html_file(paper: Paper) -> str:
    """A page as a portal shows it: a table for the letterhead, paragraphs, a table for the closing."""
    head = letterhead(paper)
    left = [*head.parent, *(f"<b>{escape(line)}</b>" for line in head.organ), head.mark or "-------", head.number]
    if head.subject:
        left.append(head.subject)
    right = [*(f"<b>{escape(line)}</b>" for line in head.national), "-" * 15, f"<i>{escape(head.date)}</i>"]
    parts = [_table(left, right)]
    for line in paper.meta.get("title", []):
        parts.append(f'<p align="center"><b>{escape(line)}</b></p>')
    if paper.meta.get("title") and paper.meta["subject"]:
        parts.append(f'<p align="center"><b>{escape(paper.meta["subject"])}</b></p>')
    label, listed = addressees(paper)
    parts += [f"<p>{escape(line)}</p>" for line in ([label, *listed] if label else [])]
    rows: list[str] = []
    for block in paper.blocks:
        if block.kind == "row":
            rows.append("<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in block.cells) + "</tr>")
            continue
        if rows:
            parts.append(f'<table border="1">{"".join(rows)}</table>')
            rows = []
        words = with_note_marks(escape(body_text(block, paper)), "<sup>", "</sup>")
        if block.kind in ("centred", "centred-italic"):
            parts.append(f'<p align="center"><b>{words}</b></p>')
        elif block.kind == "basis":
            parts.append(f"<p><i>{words}</i></p>")
        elif block.kind != "annex":
            parts.append(f"<p>{words}</p>")
    sign = paper.meta["signature"]
    closing_left = ["<b><i>Nơi nhận:</i></b>", *recipients(paper)]
    closing_right = [*(f"<b>{escape(line)}</b>" for line in sign["lines"]), "", f"<b>{escape(sign['name'])}</b>"]
    parts.append(_table(closing_left, closing_right))
    title = escape(f"{paper.meta['number']} - {paper.meta['subject']}")
    return (
        '<!DOCTYPE html>\n<html lang="vi">\n<head><meta charset="utf-8"><title>'
        + title
        + "</title></head>\n<body>\n"
        + "\n".join(parts)
        + "\n</body>\n</html>\n"
    )


def _table(left: list[str], right: list[str]) -> str:
    cells = ("<br>\n".join(column) for column in (left, right))
    return "<table><tr>" + "".join(f'<td align="center">{cell}</td>' for cell in cells) + "</tr></table>"
