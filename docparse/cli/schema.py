"""`docparse schema`: the JSON Schema of a record on stdout."""

from __future__ import annotations

import json
import sys


def schema() -> None:
    """Print the JSON Schema (2020-12) of a docparse/1 record."""
    from docparse.record import json_schema

    sys.stdout.write(json.dumps(json_schema(), ensure_ascii=False, indent=1) + "\n")
