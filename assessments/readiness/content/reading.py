"""Reading a questionnaire from its TOML files, strictly.

One folder per edition (``questionnaire_v1``), one file per part, each text in Dutch and
English. Every wording is our own. A published version never changes: to change a text,
add a folder with the next edition. Edition 1 has the seven transitions only; since
edition 2 there are two modules beside them, and each statement has a first step to take
with its impact and effort; in edition 3 every example is about sheltered work.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from assessments.readiness.domain.parts import (
    HIGHEST_WEIGHT,
    LOWEST_WEIGHT,
    MIDDLE_WEIGHT,
    PartKind,
    SupportNeed,
    Topic,
)

LEVELS: Final = 5
TRANSITION_SLUGS: Final = ("wcmt", "e2e", "digital", "human", "network", "eco", "smart")
"""The seven transitions in the order of the study."""
MODULE_SLUGS: Final = ("operator_support", "resilience")
"""The modules beside them, since edition 2."""
PLAIN_EDITION: Final = 1
SHIPPED_EDITION: Final = 3
"""The edition that comes with this release."""


class ContentError(ValueError):
    """A content file is not complete; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the two languages of the portal."""

    nl: str
    en: str


NO_WORDING: Final = Wording("", "")
"""Stands for a text that is not written yet."""


@dataclass(frozen=True, slots=True)
class StatementText:
    """A statement with its example and its five level texts, lowest level first.

    A draft may lack a level: then ``NO_WORDING`` keeps its place.
    ``impact`` and ``effort`` (1 to 5) and ``step``, what to do first, rank the roadmap.
    ``topics`` lead to support measures; ``needs`` are the support needs that it answers.
    """

    slug: str
    text: Wording
    example: Wording
    levels: tuple[Wording, ...]
    step: Wording = NO_WORDING
    impact: int = MIDDLE_WEIGHT
    effort: int = MIDDLE_WEIGHT
    topics: tuple[Topic, ...] = ()
    needs: tuple[SupportNeed, ...] = ()
    position: int = field(default=0, compare=False)  # the order of the tuple counts


@dataclass(frozen=True, slots=True)
class TransitionText:
    """A transition or a module with its statements in order."""

    slug: str
    title: Wording
    intro: Wording
    statements: tuple[StatementText, ...]
    kind: PartKind = PartKind.TRANSITION
    position: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class QuestionnaireText:
    """A whole version: the transitions in order, then the modules."""

    transitions: tuple[TransitionText, ...]


def read_questionnaire(edition: int) -> QuestionnaireText:
    """Read an edition; ContentError when a file or a text is missing."""
    folder = Path(__file__).parent / f"questionnaire_v{edition}"
    slugs = TRANSITION_SLUGS if edition == PLAIN_EDITION else TRANSITION_SLUGS + MODULE_SLUGS
    return QuestionnaireText(
        tuple(
            _part(folder / f"{slug}.toml", edition, position)
            for position, slug in enumerate(slugs, start=1)
        )
    )


def _part(path: Path, edition: int, position: int) -> TransitionText:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error
    kind = path.stem if path.stem in MODULE_SLUGS else PartKind.TRANSITION.value
    if edition != PLAIN_EDITION and data.get("kind") != kind:
        raise ContentError(f"{path.name}: kind is not {kind}")
    statements = tuple(
        _statement(item, path.name, edition, number)
        for number, item in enumerate(data.get("statement", []), start=1)
    )
    slugs = [statement.slug for statement in statements]
    if not slugs or len(set(slugs)) != len(slugs):
        raise ContentError(f"{path.name}: statements are missing or have the same slug")
    return TransitionText(
        path.stem,
        _wording(data.get("title"), f"{path.name}: title"),
        _wording(data.get("intro"), f"{path.name}: intro"),
        statements,
        PartKind(kind),
        position,
    )


def _statement(data: dict[str, Any], name: str, edition: int, position: int) -> StatementText:
    slug = data.get("slug", "")
    place = f"{name}: {slug or 'statement without slug'}"
    levels = data.get("levels", {})
    dutch, english = levels.get("nl", []), levels.get("en", [])
    if not slug or len(dutch) != LEVELS or len(english) != LEVELS:
        raise ContentError(f"{place}: needs a slug and {LEVELS} levels in each language")
    return StatementText(
        slug,
        _wording(data.get("text"), place),
        _wording(data.get("example"), place),
        tuple(
            _wording({"nl": nl, "en": en}, f"{place}, level {number}")
            for number, (nl, en) in enumerate(zip(dutch, english, strict=True), start=1)
        ),
        position=position,
        **({} if edition == PLAIN_EDITION else _roadmap(data, place)),
    )


def _roadmap(data: dict[str, Any], place: str) -> dict[str, Any]:
    """What editions after the first say about taking a statement further."""
    try:
        topics = tuple(Topic(word) for word in data["topics"])
        needs = tuple(SupportNeed(word) for word in data.get("needs", []))
        weights = {name: int(data[name]) for name in ("impact", "effort")}
    except (KeyError, ValueError) as error:
        raise ContentError(f"{place}: {error}") from error
    if not topics or not all(LOWEST_WEIGHT <= w <= HIGHEST_WEIGHT for w in weights.values()):
        raise ContentError(f"{place}: needs a topic, and impact and effort between 1 and 5")
    step = _wording(data.get("step"), f"{place}, step")
    return {"step": step, "topics": topics, "needs": needs, **weights}


def _wording(data: object, place: str) -> Wording:
    if isinstance(data, dict):
        dutch, english = data.get("nl"), data.get("en")
        if isinstance(dutch, str) and isinstance(english, str) and dutch and english:
            return Wording(dutch.strip(), english.strip())
    raise ContentError(f"{place}: a text is missing in Dutch or English")
