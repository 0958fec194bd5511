"""What a run did: counts and failures go in; a report for machines and the rows of a table for people come out."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict, dataclass, field

from docparse.run.batch import Failure


@dataclass(slots=True)
class Report:
    """The counts of a run; `to_json` gives them as `docparse/run/1`."""

    stored: int = 0
    unchanged: int = 0
    same_bytes: int = 0
    failed: list[Failure] = field(default_factory=list)
    unreadable: int = 0

    @property
    def files(self) -> int:
        """How many files are done with."""
        return self.stored + self.unchanged + self.same_bytes + len(self.failed)

    @property
    def exit_code(self) -> int:
        """0 when all is well, 1 when a file failed or a page could not be read."""
        return int(bool(self.failed or self.unreadable))

    def to_json(self, seconds: float | None = None) -> str:
        """The report as JSON, with the time it took where given."""
        counts = {
            "files": self.files,
            "stored": self.stored,
            "unchanged": self.unchanged,
            "same_bytes": self.same_bytes,
            "unreadable_pages": self.unreadable,
        }
        took = {} if seconds is None else {"seconds": round(seconds, 3)}
        failed = [asdict(one) for one in sorted(self.failed, key=lambda f: f.path)]
        report = {"schema": "docparse/run/1", **counts, **took, "failed_by_code": self.codes(), "failed": failed}
        return json.dumps(report, ensure_ascii=False, indent=1)

    def codes(self) -> dict[str, int]:
        """How many files failed for which kind of reason, in order."""
        return dict(sorted(Counter(one.code for one in self.failed).items()))

    def rows(self, seconds: float) -> list[tuple[str, str]]:
        """What a person wants to know at the end, line by line."""
        rate = f"{self.files / seconds:.1f} files/s" if seconds > 0 else ""
        return [
            ("stored", str(self.stored)),
            ("unchanged", str(self.unchanged)),
            ("bytes already known", str(self.same_bytes)),
            *((f"failed: {code}", str(count)) for code, count in self.codes().items()),
            ("unreadable pages", str(self.unreadable)),
            ("time", f"{seconds:.1f} s  {rate}".rstrip()),
        ]
