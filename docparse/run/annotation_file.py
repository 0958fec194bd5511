"""Web Annotations that a person edited: a file of them goes in; what differs from the record is entered as corrections.

The form is that of `docparse export --format web-annotation`. A changed value corrects its claim, a new annotation adds
one, an annotation without a body says that the claim is none; what the file does not mention stays.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from docparse.errors import DocparseError, InputError
from docparse.link import anchors
from docparse.link.correctable import LISTS, OF_CLAIMS, REMOVE
from docparse.run.correction_file import TakenIn
from docparse.store.corpus import Corpus

_SOURCE: Final = re.compile(r"(?:urn:)?sha256:([0-9a-f]{64})")
_CLAIM: Final = re.compile(r"#((citation|deadline|body):\d+-\d+(?:~\d+)?)$")
_TELLING: Final = (("relation", "citation"), ("role", "body"), ("op", "deadline"))
"""The key by which the value of a new annotation says what kind of claim it is."""


@dataclass(frozen=True, slots=True)
class Edited:
    """One annotation: its file, kind, the words and their place, the fields by name (None: no claim), and who says."""

    sha256: str
    kind: str
    quote: str
    start: int
    fields: Mapping[str, str] | None
    author: str


def take_in(corpus: Corpus, path: Path, author: str) -> TakenIn:
    """Enter what the annotations say otherwise than the records; `author` says those that name no creator. One that
    cannot be used does not hold up the others. Raises InputError for a file that holds no annotations."""
    new, refused = 0, []
    for place, item in enumerate(_items(path), 1):
        try:
            new += _enter(corpus, _edited(item, author))
        except (DocparseError, KeyError, TypeError, ValueError, AttributeError) as error:
            why = str(error) if isinstance(error, DocparseError) else f"it lacks what it should have ({error!r})"
            refused.append(f"{path}, annotation {place}: {why}")
    return TakenIn(new, tuple(refused))


def _items(path: Path) -> list[Any]:
    try:
        whole = json.loads(path.read_text("utf-8-sig"))
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror}; check the path") from error
    except ValueError as error:
        raise InputError(f"{path} is not JSON: {error}; export it again as web-annotation") from error
    if isinstance(whole, dict):
        first = whole.get("first")
        whole = whole.get("items") or (first.get("items") if isinstance(first, dict) else None) or [whole]
    if not isinstance(whole, list) or not all(isinstance(one, dict) and "target" in one for one in whole):
        raise InputError(f"{path} holds no Web Annotations; export some with --format web-annotation")
    return whole


def _edited(item: Mapping[str, Any], author: str) -> Edited:
    target = item["target"]
    source = _SOURCE.search(str(target["source"]))
    if source is None:
        raise InputError(f"its source {target['source']!r} is no file of a corpus; write urn:sha256:HASH")
    selectors = {one["type"]: one for one in target["selector"]}
    position = selectors.get("TextPositionSelector", {"start": -1})
    fields = _fields(item.get("body"))
    known = _CLAIM.search(str(item.get("id", "")))
    kind = known[2] if known else next((kind for key, kind in _TELLING if fields and key in fields), None)
    if kind is None:
        raise InputError("neither its id nor its value says what it is: a relation, a role or an op")
    creator = item.get("creator")
    name = creator.get("name") if isinstance(creator, dict) else creator
    quote = str(selectors["TextQuoteSelector"]["exact"])
    return Edited(source[1], kind, quote, int(position["start"]), fields, str(name or author))


def _fields(body: Any) -> dict[str, str] | None:
    """The fields that a body states, those of the target by their whole names; None without a body."""
    bodies = body if isinstance(body, list) else [body] if body else []
    if not bodies:
        return None
    value: dict[str, Any] = next(
        (json.loads(one["value"]) for one in bodies if one.get("format") == "application/json"), {}
    )
    out: dict[str, str] = {}
    for key, said in value.items():
        nested = said.items() if isinstance(said, dict) else ()
        out |= {f"{key}.{part}": str(words or "") for part, words in nested}
        if not isinstance(said, dict):
            out[key] = str(said or "")
    return out


def _enter(corpus: Corpus, one: Edited) -> int:
    record = json.loads(corpus.record(one.sha256).to_json())
    claims = record[LISTS[one.kind]]
    found = anchors.claim(record["text"], claims, anchors.quoted(one.quote), one.start)
    if one.fields is None:
        if found is None:
            return 0
        return len(corpus.correct(one.sha256, claims[found[0]]["id"], REMOVE, one.author).entries)
    new = 0
    if found is None:
        at = anchors.place(record["text"], one.quote, one.start)
        new = len(corpus.correct(one.sha256, f"{one.kind}.add", one.quote, one.author).entries)
        record = json.loads(corpus.record(one.sha256).to_json())
        claims = record[LISTS[one.kind]]
        start = at.start if at else -1
        found = anchors.claim(record["text"], claims, anchors.quoted(one.quote), start) or (0, "held")
    claim = claims[found[0]]
    for part, value in _otherwise(one, claim):
        new += len(corpus.correct(one.sha256, f"{claim['id']}.{part}", value, one.author).entries)
    return new


def _otherwise(one: Edited, claim: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for part in OF_CLAIMS[one.kind]:
        if one.fields is not None and part in one.fields:
            known: Any = claim
            for key in part.split("."):
                known = known[key]
            if one.fields[part] != (known or ""):
                yield part, one.fields[part]
