"""Reading the first list of examples from practice from its TOML file, strictly."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from assessments.readiness.content.reading import ContentError, Wording
from assessments.readiness.domain.parts import Topic

FILE = Path(__file__).parent / "examples.toml"


@dataclass(frozen=True, slots=True)
class ExampleText:
    """One example as the file words it; ``year`` is that of the source."""

    slug: str
    organisation: str
    title: Wording
    text: Wording
    source: str
    year: int
    topics: tuple[Topic, ...]


def read_examples(path: Path = FILE) -> tuple[ExampleText, ...]:
    """All examples of the file; ContentError names the one that is not complete."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_example(item) for item in data["example"])


def _example(item: dict[str, Any]) -> ExampleText:
    try:
        return ExampleText(
            item["slug"],
            item["organisation"],
            Wording(item["title"]["nl"], item["title"]["en"]),
            Wording(item["text"]["nl"], item["text"]["en"]),
            item["source"],
            int(item["year"]),
            tuple(Topic(word) for word in item["topics"]),
        )
    except (KeyError, ValueError) as error:
        raise ContentError(f"example {item.get('slug', 'without slug')}: {error}") from error
