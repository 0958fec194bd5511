"""A corpus as a bag (BagIt 1.0, RFC 8493): a corpus goes in; originals and records with their checksums come out.

`data/originals/SHA-256` are the files as they were taken in, `data/records/SHA-256.json` their records,
`data/files.csv` says where each came from.
"""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Iterator

from docparse.errors import NotFound
from docparse.store.corpus import Corpus


def files(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    """The files of the bag, manifests last. The same corpus gives the same bytes."""
    manifest: list[str] = []
    octets = 0
    for path, data in _payload(corpus):
        manifest.append(f"{hashlib.sha256(data).hexdigest()}  {path}\n")
        octets += len(data)
        yield path, data
    tags = {
        "bagit.txt": "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Bag-Software-Agent: docparse\nPayload-Oxum: {octets}.{len(manifest)}\n",
        "manifest-sha256.txt": "".join(sorted(manifest, key=lambda line: line.split("  ", 1)[1])),
    }
    for name, text in tags.items():
        yield name, text.encode("utf-8")
    sums = (f"{hashlib.sha256(text.encode('utf-8')).hexdigest()}  {name}\n" for name, text in sorted(tags.items()))
    yield "tagmanifest-sha256.txt", "".join(sums).encode("utf-8")


def _payload(corpus: Corpus) -> Iterator[tuple[str, bytes]]:
    stream = io.StringIO(newline="")
    rows = csv.writer(stream, lineterminator="\n")
    rows.writerow(["sha256", "id", "path"])
    for record in corpus.records():
        digest = record.source.sha256
        rows.writerow([digest, record.id, record.source.path])
        yield f"data/records/{digest}.json", (record.to_json(1) + "\n").encode("utf-8")
        try:
            yield f"data/originals/{digest}", corpus.original(digest)
        except NotFound:  # a record that was added without its file
            continue
    yield "data/files.csv", stream.getvalue().encode("utf-8")
