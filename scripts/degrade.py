#!/usr/bin/env python3
"""Prints documents of the corpus in several fonts and wears them as scanners, copiers, pens and seals do.

    .venv/bin/python scripts/degrade.py -o DIR [NAME...] [--pages N] [--recipe NAME] [--set KEY=VALUE...]

Each document becomes DIR/NAME.pdf (images alone), NAME.truth.json (every line and word printed with its box, the
parameters, and the map from points to pixels) and NAME.gold.json (what a careful reader finds in it). The same
arguments and fonts give the same bytes.

    scripts/degrade.py -o out --pages 500 --seed 7             a mixed set
    scripts/degrade.py -o out --recipe target --fonts held-out 200 dpi, 2 degrees, noise, a seal, unseen fonts
    scripts/degrade.py -o out ct-21-tu-hoa-binh-2022 --recipe clean --set dpi=150 --set skew=-2..2 --set jpeg=none,30

KEY is one of dpi, skew (degrees), blur (thousandths of an inch), noise (grey levels), specks (share of pixels), jpeg
(quality or none), bilevel (threshold or none), shading and tint (grey levels), fade (share of the ink), seal (none,
signature, text, both), hand (number and day by pen), folds, photo (share of the side), turn (degrees clockwise).
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from lab import press, recipes, sheets


def main() -> int:
    """Write the documents."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("names", nargs="*", metavar="NAME", help="sources of corpus/sources; without names all")
    parser.add_argument("-o", "--output", type=Path, required=True, metavar="DIR")
    parser.add_argument("--pages", type=int, help="go round until there are so many pages; without it each source once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--recipe", choices=sorted(recipes.RECIPES), default="mixed")
    parser.add_argument(
        "--fonts", default="tuning", help=f"tuning, held-out, or names: {', '.join(sum(press.FONTS.values(), ()))}"
    )
    parser.add_argument("--set", action="append", default=[], metavar="KEY=VALUE", help="a value, LOW..HIGH, or A,B,C")
    parser.add_argument("--png", action="store_true", help="also NAME.p1.png, NAME.p2.png …")
    args = parser.parse_args()
    unknown = sorted(set(args.names) - set(press.papers()))
    if unknown:
        parser.error(f"no source {unknown[0]}; there are {', '.join(press.papers())}")
    try:
        ranges = {**recipes.RECIPES[args.recipe], **dict(recipes.parsed(pair) for pair in args.set)}
    except ValueError as error:
        parser.error(str(error))
    fonts = press.FONTS.get(args.fonts) or tuple(args.fonts.split(","))
    args.output.mkdir(parents=True, exist_ok=True)
    count = 0
    for sheet in sheets.sheets(args.names or press.papers(), fonts, ranges, args.seed, args.pages):
        place = args.output / sheet.name
        place.with_suffix(".pdf").write_bytes(sheets.pdf(sheet))
        Path(f"{place}.truth.json").write_text(json.dumps(sheet.truth(), ensure_ascii=False) + "\n", "utf-8")
        gold = json.dumps(sheet.print.gold, ensure_ascii=False, indent=1)
        Path(f"{place}.gold.json").write_text(gold + "\n", "utf-8")
        for number, image in enumerate(sheet.pages, 1):
            if args.png:
                Path(f"{place}.p{number}.png").write_bytes(sheets.png(image))
            count += 1
    print(f"{count} pages in {args.output}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
