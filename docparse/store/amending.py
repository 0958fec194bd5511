"""Amending: what a person says of a document goes into the log of its files, and its rows and links are made anew.

Only the blocks that the names of these files stand in are linked again. A correction of a document goes to all the
files that hold it now; a file that is named by its hash is corrected alone.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from docparse.errors import NotFound
from docparse.link import anchors
from docparse.link.correctable import LISTS, UNDO, Named, kept, named
from docparse.link.correcting import Correction, State, corrected, standing, taken_back
from docparse.store import corrections, lookup, schema, search, writing
from docparse.store.rows import rows_of

Json = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Entry:
    """A correction of a file, and what became of it in the file's record of today: see `correcting.State`; `absent`
    where the corpus has no such file."""

    sha256: str
    path: str | None
    correction: Correction
    state: State | str


@dataclass(frozen=True, slots=True)
class Amended:
    """What a correction did: the document's id now, the entries made, and the files where its words are not."""

    id: str
    entries: tuple[Entry, ...]
    not_in: tuple[str, ...]


def correct(
    connection: sa.Connection,
    called: str,
    field: str,
    value: str,
    author: str,
    note: str = "",
    quote: str = "",
    made_at: str | None = None,
) -> Amended:
    """Say that a field has a value. `quote` names a claim by its words where `field` leaves its id out
    (`citation.relation`). Raises NotFound for what is not there, ConfigError for what cannot be."""
    files = _files(connection, called)
    when = made_at or datetime.now(UTC).isoformat(timespec="milliseconds")
    between: anchors.Around = ("", "")
    meant, start, made, lost = None, -1, [], []
    for digest, path in files:
        record, machine = _records(connection, digest)
        if meant is None:
            meant, quote, start = _meant(record, field, value, quote)
            worth = kept(meant, value)
        mine = _in_file(record, meant, quote, start, between)
        if mine is None:
            lost.append(path)
            continue
        name, (at, end), between = mine
        words = anchors.quoted(record["text"][at:end])
        said = _machines(machine, name, words, at, between)
        one = Correction(0, name, worth, said, words, at, author, when, note, *between)
        made.append(_enter(connection, digest, path, one))
    if meant is not None and meant.part == "add" and not made:
        raise NotFound(f"{files[0][1]} does not say {quote!r}; give the words as docparse show prints them")
    return Amended(_id(connection, files[0][0]), tuple(made), tuple(lost))


def undo(connection: sa.Connection, called: str, number: int, author: str, made_at: str | None = None) -> Amended:
    """Take a correction back, in every file of the document that it was entered for. Raises NotFound."""
    files = _files(connection, called)
    known = corrections.of_files(connection, [digest for digest, _ in files])
    first = next((one for digest, _ in files for one in known.get(digest, ()) if one.number == number), None)
    live = {digest: {one.number for one in standing(said)} for digest, said in known.items()}
    if first is None or not any(number in numbers for numbers in live.values()):
        advice = f"list them with: docparse corrections {called}"
        raise NotFound(f"{called} has no correction {number} that stands; {advice}")
    when = made_at or datetime.now(UTC).isoformat(timespec="milliseconds")
    made = []
    for digest, path in files:
        for one in known.get(digest, ()):
            same = (one.value, one.author, one.made_at) == (first.value, first.author, first.made_at)
            if same and one.number in live[digest]:
                made.append(_enter(connection, digest, path, taken_back(one, author, when)))
    return Amended(_id(connection, files[0][0]), tuple(made), ())


def enter(connection: sa.Connection, said: Iterable[tuple[str, Correction]]) -> int:
    """Enter corrections made elsewhere, each for the file with that hash, those known aside; gives how many were new.

    A file that the corpus does not have yet is corrected when it comes. Raises ConfigError for what cannot be said.
    """
    known = {digest: {_key(one) for one in mine} for digest, mine in corrections.histories(connection).items()}
    touched: dict[str, int] = {}
    for digest, one in said:
        mine = known.setdefault(digest, set())
        checked = one if one.field == UNDO else replace(one, value=kept(named(one.field), one.value or ""))
        if _key(checked) not in mine:
            mine.add(_key(checked))
            corrections.say(connection, digest, checked)
            touched[digest] = touched.get(digest, 0) + 1
    for digest in sorted(touched):
        put_again(connection, digest)
    return sum(touched.values())


def _key(one: Correction) -> tuple[object, ...]:
    return (one.field, one.value, one.quote, one.start, one.author, one.made_at)


def listed(connection: sa.Connection, called: str | None = None) -> list[Entry]:
    """The log: of a document, or of all files, each entry with what became of it."""
    if called is None:
        said = corrections.histories(connection)
    else:
        said = corrections.of_files(connection, (digest for digest, _ in _files(connection, called)))
    return [entry for digest in sorted(said) for entry in _with_states(connection, digest, said[digest])]


def _with_states(connection: sa.Connection, digest: str, said: Sequence[Correction]) -> Iterator[Entry]:
    row = connection.execute(_stored(digest)).first()
    if row is None:
        yield from (Entry(digest, None, one, "absent") for one in said)
        return
    states = corrected(corrections.reading(row.record, ()), said).states
    yield from (Entry(digest, row.path, one, states.get(one.number, "held")) for one in said)


def put_again(connection: sa.Connection, sha256: str) -> None:
    """Make the rows of a stored file anew, with what people said of it by now."""
    d, f = schema.document, schema.file
    row = connection.execute(_stored(sha256)).first()
    if row is None:
        return
    size = connection.execute(sa.select(f.c.bytes).where(f.c.path == row.path)).scalar() or 0
    mark = connection.execute(sa.select(d.c.fingerprint).where(d.c.sha256 == sha256)).scalar_one()
    record = corrections.record_of(row.record, ())
    record = record.model_copy(update={"source": record.source.model_copy(update={"path": row.path})})
    rows = rows_of(record, mark)
    rows.document["record"] = row.record
    writing.put(connection, rows, search.words_of(writing.searched(record)), size)


def _stored(sha256: str) -> sa.Select[Any]:
    d = schema.document
    return sa.select(d.c.record, d.c.path).where(d.c.sha256 == sha256)


def _files(connection: sa.Connection, called: str) -> Sequence[tuple[str, str]]:
    """The files that a document has, or the one file that is named by its hash. Raises NotFound."""
    node = lookup.find(connection, called)
    digest = called.strip().removeprefix("sha256:").lower()
    alone = [file for file in node.files if len(digest) >= 8 and file[0].startswith(digest)]
    if not node.held:
        raise NotFound(f"the corpus knows {node.id} from citations only; there is no file of it to correct")
    return alone or node.files


def _records(connection: sa.Connection, digest: str) -> tuple[Json, Json]:
    """A file's record as it stands with its corrections, and the machine's."""
    data = connection.execute(_stored(digest)).one().record
    machine = corrections.reading(data, ())
    return corrections.reading(data, corrections.history(connection, digest)), machine


def _meant(record: Json, field: str, value: str, quote: str) -> tuple[Named, str, int]:
    """The field with its claim's id, the words of the claim and their place."""
    kind, _, part = field.partition(".")
    if quote and kind in LISTS and part != "add":
        field = _on_words(record, kind, quote) + (f".{part}" if part else "")
    meant = named(field)
    if not meant.kind:
        return meant, "", -1
    if meant.part == "add":
        return meant, value.strip(), -1
    claim = next((one for one in record[LISTS[meant.kind]] if one["id"] == meant.id), None)
    if claim is None:
        raise NotFound(f"the document has no {meant.id}{_alike(record, meant.kind, meant.id)}")
    return meant, anchors.quoted(claim["text"]), claim["span"][0]


def _on_words(record: Json, kind: str, quote: str) -> str:
    """The id of the one claim of a kind that has the words, or is on them or on like ones."""
    claims = record[LISTS[kind]]
    having = [one["id"] for one in claims if quote in one["text"]]
    if len(having) == 1:
        return str(having[0])
    same = [one["id"] for one in claims if one["text"] == quote]
    found = anchors.claim(record["text"], claims, anchors.quoted(quote), -1) if not having or len(same) == 1 else None
    if found is None:
        why = f"several claims have the words {quote!r}, give an id" if having else f"no {kind} has the words {quote!r}"
        raise NotFound(f"{why}{_alike(record, kind, quote)}")
    return str(claims[found[0]]["id"])


def _alike(record: Json, kind: str, called: str) -> str:
    claims = record[LISTS[kind]]
    names = {name: one for one in claims for name in (one["id"], one["text"][:80])}
    near = [names[name] for name in difflib.get_close_matches(called, names, 3, 0.3)] or claims[:3]
    told = "".join(f"\n  {one['id']}  {' '.join(one['text'][:80].split())}" for one in near)
    return f"; the nearest are:{told}" if told else f"; it has no claim of the kind {kind}"


def _in_file(
    record: Json, meant: Named, quote: str, start: int, between: anchors.Around
) -> tuple[str, tuple[int, int], anchors.Around] | None:
    """The field, the place of its words and what stands around them in one of the document's files; None where the
    words are not in it. A fact of the whole document has no place."""
    text = record["text"]
    if not meant.kind:
        return meant.field, (-1, -1), ("", "")
    if meant.part == "add":
        at = anchors.place(text, quote, start, between)
        return None if at is None else (meant.field, (at.start, at.end), anchors.around(text, at.start, at.end))
    found = anchors.claim(text, record[LISTS[meant.kind]], quote, start, between)
    if found is None:
        return None
    claim = record[LISTS[meant.kind]][found[0]]
    name = claim["id"] + (f".{meant.part}" if meant.part else "")
    begin, end = claim["span"]
    return name, (begin, end), anchors.around(text, begin, end)


def _machines(machine: Json, name: str, quote: str, start: int, between: anchors.Around) -> str | None:
    """What the machine says of a field; None where it says nothing."""
    meant = named(name)
    if meant.part == "add" or name == "checked":
        return None
    at: Any = machine
    if meant.kind:
        claims = machine[LISTS[meant.kind]]
        found = anchors.claim(machine["text"], claims, quote, start, between)
        if found is None:
            return None
        at = claims[found[0]]
        if not meant.part:
            return anchors.quoted(at["text"])
    alias = {"header.type": "header.type.code", "header.issuer": "header.issuer.name"}
    for key in (meant.part or alias.get(name, name)).split("."):
        at = (at or {}).get(key)
    if isinstance(at, bool):
        return "yes" if at else "no"
    return "|".join(at) if isinstance(at, list) else at


def _enter(connection: sa.Connection, digest: str, path: str, one: Correction) -> Entry:
    corrections.say(connection, digest, one)
    put_again(connection, digest)
    made = next(m for m in corrections.history(connection, digest) if _key(m) == _key(one))
    return Entry(digest, path, made, "held")


def _id(connection: sa.Connection, digest: str) -> str:
    return lookup.find(connection, digest).id
