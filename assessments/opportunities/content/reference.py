"""Reading the first reference texts from their TOML file, strictly."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from portal.common.vocabulary import Opportunity

FILE: Final = Path(__file__).parent / "reference.toml"
# Where in its chapter the study says it.
HEADINGS: Final = {
    "definition": "omschrijving",
    "potential": "waarom dit potentieel",
    "activity": "activiteiten",
    "competence": "competenties",
    "obstacle": "belemmeringen",
    "success": "succesfactoren",
    "example": "voorbeeld",
    "note": "tabel",
}


class ReferenceContentError(ValueError):
    """The file is not complete; the message names the place."""


@dataclass(frozen=True, slots=True)
class Text:
    """One text as the file words it; ``position`` counts from 1 within its kind."""

    opportunity: Opportunity
    kind: str
    position: int
    organisation: str
    text_nl: str
    text_en: str
    source: str


def read_reference_texts(path: Path = FILE) -> tuple[Text, ...]:
    """All texts; ReferenceContentError names what is missing."""
    data = tomllib.loads(path.read_text(encoding="utf-8"))
    if set(data) != set(Opportunity):
        raise ReferenceContentError(f"not the five opportunities: {sorted(data)}")
    return tuple(
        text for opportunity in Opportunity for text in _texts(opportunity, data[opportunity])
    )


def _texts(opportunity: Opportunity, entry: dict[str, Any]) -> Iterator[Text]:
    unknown = set(entry) - {"chapter", *HEADINGS}
    if unknown or "chapter" not in entry:
        raise ReferenceContentError(f"{opportunity}: {sorted(unknown) or 'chapter'}")
    for kind, heading in HEADINGS.items():
        for position, item in enumerate(entry.get(kind, ()), start=1):
            try:
                yield Text(
                    opportunity,
                    kind,
                    position,
                    item["organisation"] if kind == "example" else "",
                    item["nl"],
                    item["en"],
                    item.get("source", f"{entry['chapter']}, {heading}"),
                )
            except KeyError as error:
                place = f"{opportunity}, {kind} {position}"
                raise ReferenceContentError(f"{place}: {error}") from error
