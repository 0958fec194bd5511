"""`python -m docparse.cli`: the same as the console script."""

from __future__ import annotations

from docparse.cli import main

if __name__ == "__main__":
    main()
