"""Notebooks without a server: a notebook goes in; it comes out with the output that its cells print now.

    .venv/bin/python scripts/notebook.py docs/research.ipynb

Cells print; what they print is kept as it is, so a test can compare it.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import json
from pathlib import Path
from typing import Any


def executed(notebook: dict[str, Any]) -> dict[str, Any]:
    """The notebook with every code cell run in order, in one name space; an error stops it."""
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    count = 0
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        count += 1
        printed = io.StringIO()
        with contextlib.redirect_stdout(printed):
            exec(compile("".join(cell["source"]), f"cell {count}", "exec"), names)
        lines = printed.getvalue().splitlines(keepends=True)
        outputs = [{"name": "stdout", "output_type": "stream", "text": lines}] if lines else []
        cells.append(cell | {"execution_count": count, "outputs": outputs})
    return notebook | {"cells": cells}


def main() -> None:
    """Run the notebook named on the command line and write it back."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("notebook", type=Path)
    path = parser.parse_args().notebook
    done = executed(json.loads(path.read_text("utf-8")))
    path.write_text(json.dumps(done, ensure_ascii=False, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
