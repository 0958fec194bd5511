#!/usr/bin/env python3
"""Write docparse/data/communes.tsv from the package vietnamadminunits (MIT), which must be installed:

    pip install --no-deps vietnamadminunits && .venv/bin/python scripts/make_communes.py

The package itself takes six seconds to import and asks for a geometry library; docparse needs the facts
only.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

OUT = Path(__file__).resolve().parents[1] / "docparse" / "data" / "communes.tsv"
HEAD = """# Communes, wards and special zones since 01/7/2025 (Nghị quyết 76/2025/UBTVQH15 and those of each province),
# with the units that became part of them; facts from the package vietnamadminunits {version} (MIT), written by
# scripts/make_communes.py. before: old unit|district, then |province where another one; `~` before an old unit of which
# only the smaller part went here. A district without communes stands alone.
"""


def main() -> int:
    """Read the package's tables and write ours."""
    found = find_spec("vietnamadminunits")
    if found is None or found.origin is None:
        sys.stderr.write("install vietnamadminunits first\n")
        return 4
    data = Path(found.origin).parent / "data"
    conversion = json.loads((data / "converter_2025.json").read_text("utf-8"))
    base = sqlite3.connect(data / "dataset.db")
    old = {
        "_".join(keys): tuple(names)
        for *keys, p, d, w in base.execute(
            "select provinceKey, districtKey, coalesce(wardKey, ''), provinceShort, district, ward "
            "from admin_units_legacy"
        )
        for names in [(w, d, p)]
    }
    rows = list(base.execute("select provinceKey, wardKey, provinceShort, ward, wardCode from admin_units"))
    before: dict[tuple[str, str], list[tuple[str, bool]]] = defaultdict(list)
    for province, wards in conversion["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, sources in wards.items():
            before[province, ward] += [(source, True) for source in sources]
    for province, sources in conversion["DICT_PROVINCE_WARD_DIVIDED"].items():
        for source, wards in sources.items():
            for ward in wards:
                before[province, ward["newWardKey"]].append((source, ward["isDefaultNewWard"]))
    lines = [HEAD.format(version=version("vietnamadminunits")) + "province\tname\tcode\tbefore"]
    for province, ward, short, name, code in sorted(rows, key=lambda r: r[4]):
        cells = [cell(old[key], main_part, short) for key, main_part in before.get((province, ward), ()) if key in old]
        lines.append("\t".join((short, name[0].lower() + name[1:], code, ";".join(cells))))
    OUT.write_text("\n".join(lines) + "\n", "utf-8")
    missing = {key for sources in before.values() for key, _ in sources} - old.keys()
    sys.stderr.write(f"{len(lines) - 1} units; {len(missing)} old units without a name: {sorted(missing)[:8]}\n")
    return 0


def cell(names: tuple[str | None, str, str], main_part: bool, province: str) -> str:
    """An old unit as the table writes it."""
    ward, district, of = names
    parts = [*([ward[0].lower() + ward[1:]] if ward else []), district[0].lower() + district[1:]]
    return ("" if main_part else "~") + "|".join([*parts, *([of] if of != province else [])])


if __name__ == "__main__":
    sys.exit(main())
