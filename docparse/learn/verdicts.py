"""Right or wrong: a parsed document and its gold record in, a verdict on each of its claims out.

Claims are paired with the gold by the measures of docparse.evaluate. A claim is right when all that it says is: of a
citation number, type, date and issuer, of a body its role, of a deadline its value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from docparse.evaluate.judging import JUDGES
from docparse.evaluate.tallies import Score, Sheet, best_pairs
from docparse.model import Body, Citation, Deadline, Document, Field, Recipient
from docparse.tag.confidence import chosen_fields

Json = Mapping[str, Any]


class _Pairing(Sheet):
    """A sheet that keeps which found thing was paired with which wanted one."""

    def __init__(self) -> None:
        super().__init__(Score(), "one", absent=False)
        self.pairs: list[tuple[int, int]] = []

    def match(
        self,
        measure: str,
        found: Sequence[Any],
        wanted: Sequence[Any],
        likeness: Callable[[Any, Any], float],
        least: float,
        name: Callable[[Mapping[str, object] | str], str],
    ) -> list[tuple[int, int]]:
        self.pairs = best_pairs(found, wanted, likeness, least)
        self.count(measure, len(self.pairs), len(found), len(wanted))
        return self.pairs


def verdicts(doc: Document, record: Json, gold: Json) -> dict[int, bool]:
    """Whether each claim is right, by its index among the document's annotations; unjudged ones are absent."""
    out: dict[int, bool] = {}
    for key in ("citations", "bodies", "deadlines", "recipients", "addressees"):
        if key in gold.get("scored", ()):
            out |= zip(_indices(doc, key), _listed(key, record, gold), strict=True)
    if "header" in gold.get("scored", ()) and gold["header"] and record["header"]:
        out |= _header(doc, record, gold)
    return out


_KINDS = {"citations": Citation, "bodies": Body, "deadlines": Deadline, "recipients": Recipient}


def _indices(doc: Document, key: str) -> Iterator[int]:
    """The annotations behind a list of the record, which keeps their order."""
    for index, a in enumerate(doc.annotations):
        if key == "addressees":
            if isinstance(a.value, Field) and a.value.name == "addressee":
                yield index
        elif isinstance(a.value, _KINDS[key]):
            yield index


def _listed(key: str, record: Json, gold: Json) -> list[bool]:
    sheet = _Pairing()
    JUDGES[key](sheet, record, gold)
    right = [False] * len(record[key])
    for i, j in list(sheet.pairs):
        alone = _Pairing()
        JUDGES[key](alone, {**record, key: [record[key][i]]}, {**gold, key: [gold[key][j]]})
        if key == "citations":
            right[i] = alone.score.tallies["citations.exact"].right == 1
        else:
            right[i] = all(share.right == share.judged for share in alone.score.shares.values())
    return right


def _header(doc: Document, record: Json, gold: Json) -> Iterator[tuple[int, bool]]:
    """The verdict on each field that the gold gives; of type and issuer one, on code and name."""
    fields: dict[str, bool] = {}
    for name, wanted in gold["header"].items():
        sheet = _Pairing()
        JUDGES["header"](sheet, record, {"header": {name: wanted}})
        for share in sheet.score.shares.values():
            fields[name] = share.right == 1
    for name, index in chosen_fields(doc).items():
        part = name.split(".")[1]
        if part in fields and name in {f"header.{part}", "header.type.code", "header.issuer.name"}:
            yield index, fields[part]
