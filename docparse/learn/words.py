"""Words and their classes: texts go in, a table of syllables that make a word and of its class comes out.

underthesea segments and tags the texts once, when a model is trained; what it says most often of a syllable or of two
that stand together is kept, so that parsing has its knowledge without its time (it reads 0.03 MB a second).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from itertools import pairwise

from docparse.errors import DependencyError

try:
    from underthesea import pos_tag
except ImportError:  # the extra `train` is not installed
    pos_tag = None

LEAST = 3
"""So often must a pair of syllables stand in the texts to be kept."""
APART = "0"


def classes(texts: Iterable[str]) -> dict[str, str]:
    """Pair of syllables → the class of the word they make, APART where they make none; syllable → its class.

    Raises DependencyError without underthesea."""
    if pos_tag is None:
        raise DependencyError("word classes need underthesea; install it with: pip install 'docparse[train]'")
    seen: dict[str, Counter[str]] = defaultdict(Counter)
    for text in texts:
        tagged = [(word.lower().split(), kind) for word, kind in pos_tag(text) if any(map(str.isalnum, word))]
        for (left, _), (right, _) in pairwise(tagged):
            seen[f"{left[-1]} {right[0]}"][APART] += 1
        for word, kind in tagged:
            for a, b in pairwise(word):
                seen[f"{a} {b}"][kind] += 1
            if len(word) == 1:
                seen[word[0]][kind] += 1
    return dict(sorted(_settled(seen)))


def _settled(seen: Mapping[str, Counter[str]]) -> Iterable[tuple[str, str]]:
    for words, kinds in seen.items():
        if kinds.total() >= LEAST and not any(map(str.isdigit, words)):
            yield words, min(kinds, key=lambda kind: (-kinds[kind], kind))
