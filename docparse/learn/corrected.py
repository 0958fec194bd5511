"""Learning from corrections: a corpus goes in; a model that learned from gold and from what people said comes out.

Only what people vouch for counts (docparse.export.gold): a corrected header field, and the claims of a kind once they
were called right as a whole. Roles whose labels are lines or whole documents do not learn from it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from docparse.calibration import ROLE
from docparse.errors import ConfigError, InputError
from docparse.export import gold
from docparse.learn import calibrate
from docparse.learn import train as training
from docparse.store.corpus import Corpus


@contextmanager
def gold_folder(corpus: Corpus) -> Iterator[Path]:
    """A folder with the gold and the files of all corrected documents. Raises InputError where none is corrected."""
    with tempfile.TemporaryDirectory(prefix="docparse-") as name:
        folder = Path(name)
        for path, data in gold.files(corpus):
            (folder / path).write_bytes(data)
        if not any(folder.glob("*.gold.json")):
            raise InputError(f"{corpus.where} has no corrections to learn from; make some with: docparse correct")
        yield folder


def train(role: str, corpus: Corpus, models: Path, version: str = "1", folders: Sequence[Path] = ()) -> Path:
    """Train a role on gold folders (by default those that the role knows) and on a corpus's corrections. Raises
    ConfigError for a role that cannot learn from them, InputError without corrections."""
    if role != ROLE:
        raise ConfigError(f"{role} does not learn from corrections; leave --corpus out, or train {ROLE}")
    with gold_folder(corpus) as folder:
        return training.train(role, models, version, [*(folders or calibrate.FOLDERS), folder])
