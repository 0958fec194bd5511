"""The entry point that makes `nlp.add_pipe("docparse")` work: spaCy's call in, the component out.

spaCy loads the entry points of all installed packages for every pipeline it makes, so this module imports nothing of
docparse until the component is asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from typing import cast

from spacy.language import Language
from spacy.tokens import Doc


@Language.factory("docparse", assigns=["doc._.docparse", "doc.spans"], default_config={"source": "-"})
def create(nlp: Language, name: str, source: str) -> Callable[[Doc], Doc]:
    """The component; `source` is what its records name as their path."""
    del nlp, name
    return cast("Callable[[Doc], Doc]", import_module("docparse.export.spacy_component").Component(source))
