"""Gains and losses: two scores over the same gold in, what got better and worse by document and measure out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass

from docparse.evaluate.tallies import Figures, Miss, Score

_EMPTY = Score()


@dataclass(frozen=True, slots=True)
class Change:
    """One measure in one document (or in all): the figure before and after, None where nothing was judged; what is no
    longer wrong, what is newly wrong, and values that are wrong as before but read otherwise."""

    old: float | None
    new: float | None
    gains: tuple[str, ...] = ()
    losses: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()


def measures_changed(old: Score, new: Score) -> dict[str, Change]:
    """The measures whose figure over all documents differs."""
    before, after = old.measures(), new.measures()
    both = {name: (_main(before.get(name)), _main(after.get(name))) for name in sorted(before.keys() | after.keys())}
    return {name: Change(a, b) for name, (a, b) in both.items() if a != b}


def documents_changed(old: Score, new: Score) -> dict[str, dict[str, Change]]:
    """By document and measure, where anything is wrong now that was not, or the other way."""
    out: dict[str, dict[str, Change]] = {}
    for name in sorted(old.parts.keys() | new.parts.keys()):
        was, now = old.parts.get(name, _EMPTY), new.parts.get(name, _EMPTY)
        before, after = was.measures(), now.measures()
        rows: dict[str, Change] = {}
        for measure in sorted(before.keys() | after.keys()):
            a, b = _main(before.get(measure)), _main(after.get(measure))
            single = measure in was.shares or measure in now.shares
            change = _change(a, b, _notes(was, name, measure), _notes(now, name, measure), single)
            if a != b or change.gains or change.losses or change.changed:
                rows[measure] = change
        if rows:
            out[name] = rows
    return out


def compared(old: Score, new: Score, as_json: bool = False) -> str:
    """What changed from `old` to `new` as lines of text or as JSON."""
    measures, documents = measures_changed(old, new), documents_changed(old, new)
    if as_json:
        whole = {
            "measures": {name: {"old": c.old, "new": c.new} for name, c in measures.items()},
            "documents": {name: {m: asdict(c) for m, c in rows.items()} for name, rows in documents.items()},
        }
        return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"
    lines = [f"{name:22}{_arrow(c)}" for name, c in measures.items()]
    for name, rows in documents.items():
        lines += ["", name]
        for measure, change in rows.items():
            lines.append(f"  {measure:20}{_arrow(change)}")
            for sign, notes in (("+", change.gains), ("-", change.losses), ("~", change.changed)):
                lines += [f"    {sign} {note}" for note in notes]
    return "\n".join(lines or ["no difference"]) + "\n"


def _notes(score: Score, name: str, measure: str) -> Counter[Miss]:
    return Counter(miss for miss in score.misses.get(name, ()) if miss.measure == measure)


def _change(old: float | None, new: float | None, was: Counter[Miss], now: Counter[Miss], single: bool) -> Change:
    """What one document's misses of a measure became; of `single` values those with the same wish are one change."""
    gains = [miss.note for miss in (was - now).elements()]
    losses = [miss.note for miss in (now - was).elements()]
    changed: list[str] = []
    for note in tuple(losses) if single else ():
        wish = _wish(note)
        before = next((g for g in gains if _wish(g) == wish), None)
        if before is not None:
            gains.remove(before)
            losses.remove(note)
            changed.append(f"{before.partition(' for ')[0]} -> {note}")
    return Change(old, new, tuple(gains), tuple(losses), tuple(changed))


def _wish(note: str) -> str:
    return note.partition(" for ")[2]


def _main(row: Figures | None) -> float | None:
    return None if row is None else float(row["f1"] if "f1" in row else row["accuracy"])


def _arrow(change: Change) -> str:
    old, new = ("  –   " if value is None else f"{value:.4f}" for value in (change.old, change.new))
    by = "" if change.old is None or change.new is None else f"  {change.new - change.old:+.4f}"
    return f"{old} -> {new}{by}"
