"""Why an import stops, and which rows were passed over."""

from __future__ import annotations

from dataclasses import dataclass, field

MAX_REJECTS = 1000
LISTED_REJECTS = 200


class ImportRefusedError(Exception):
    """The extract cannot be imported; the message is one line for a person."""


@dataclass(slots=True)
class Rejects:
    """Rows that cannot be read: all counted, the first ones listed with file and line."""

    ceiling: int = MAX_REJECTS
    count: int = 0
    listed: list[dict[str, str | int]] = field(default_factory=list)

    def add(self, file: str, line: int, reason: str) -> None:
        """Pass over a row. Raises ImportRefusedError at the ceiling."""
        self.count += 1
        if len(self.listed) < LISTED_REJECTS:
            self.listed.append({"file": file, "line": line, "reason": reason[:200]})
        if self.count > self.ceiling:
            first = self.listed[0]
            raise ImportRefusedError(
                f"More than {self.ceiling} rows cannot be read; the first is "
                f"{first['file']}, line {first['line']}: {first['reason']}"
            )
