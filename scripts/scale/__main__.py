#!/usr/bin/env python3
"""Measure how a corpus grows, on SQLite and on PostgreSQL, with generated documents of ten citations each.

    .venv/bin/python scripts/scale [--sizes N…] [--engines sqlite postgresql] [--folder DIR] [--write]

A million documents take about 6 GB in DIR for each engine and a quarter of an hour; they are deleted afterwards.
PostgreSQL is Debian's, started on loopback. `--write` writes docs/scale.md and its drawings; figures of sizes that were
not measured this time stay as they are in docs/scale.json.
"""

from __future__ import annotations

import argparse
import shutil
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "scripts"), str(ROOT / "tests")]

from postgresql_server import server  # noqa: E402

from scale import pages  # noqa: E402
from scale.measures import Figure, measured  # noqa: E402

SETTINGS = ("shared_buffers=1GB", "max_wal_size=8GB", "synchronous_commit=off", "effective_cache_size=4GB")


def main() -> int:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--engines", nargs="+", choices=("sqlite", "postgresql"), default=("sqlite", "postgresql"))
    parser.add_argument("--folder", type=Path, default=Path(tempfile.gettempdir()))
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    for engine in options.engines:
        for size in sorted(options.sizes):
            figures = once(engine, size, options.folder)
            sys.stdout.write(f"{engine}, {size:,} documents\n{pages.plain(figures)}\n")
            sys.stdout.flush()
            if options.write:
                pages.keep(ROOT / "docs", engine, size, [asdict(figure) for figure in figures])
                pages.write(ROOT / "docs")
    return 0


def once(engine: str, size: int, folder: Path) -> list[Figure]:
    """The figures of one engine and size; what they need of the disk is given back."""
    if engine == "postgresql":
        with server(SETTINGS, folder) as running:
            return measured(running.database(), size)
    at = tempfile.mkdtemp(prefix="docparse-scale-", dir=folder)
    try:
        return measured(at, size)
    finally:
        shutil.rmtree(at)


if __name__ == "__main__":
    sys.exit(main())
