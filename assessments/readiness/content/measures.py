"""Reading the first list of support measures from its TOML file, strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.readiness.content.reading import ContentError, Wording
from assessments.readiness.domain.parts import Topic

FILE = Path(__file__).parent / "measures.toml"


@dataclass(frozen=True, slots=True)
class MeasureText:
    """One measure as the file words it; ``url`` may be empty."""

    slug: str
    kind: str
    name: Wording
    provider: str
    text: Wording
    url: str
    topics: tuple[Topic, ...]


def read_measures(path: Path = FILE) -> tuple[MeasureText, ...]:
    """All measures of the file; ContentError names the one that is not complete."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_measure(item) for item in data["measure"])


def _measure(item: dict[str, Any]) -> MeasureText:
    try:
        return MeasureText(
            item["slug"],
            item["kind"],
            Wording(item["name"]["nl"], item["name"]["en"]),
            item["provider"],
            Wording(item["text"]["nl"], item["text"]["en"]),
            item.get("url", ""),
            tuple(Topic(word) for word in item["topics"]),
        )
    except (KeyError, ValueError) as error:
        raise ContentError(f"measure {item.get('slug', 'without slug')}: {error}") from error
