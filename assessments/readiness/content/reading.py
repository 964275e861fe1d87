"""Reading a questionnaire from its TOML files, strictly.

One folder per version (``questionnaire_v1``), one file per transition, each text in
Dutch and English. Every wording is our own. A published version never changes: to
change a text, add a folder with the next version.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

LEVELS: Final = 5
TRANSITION_SLUGS: Final = ("wcmt", "e2e", "digital", "human", "network", "eco", "smart")
"""The seven transitions in the order of the study."""


class ContentError(ValueError):
    """A content file is not complete; the message names file and place."""


@dataclass(frozen=True, slots=True)
class Wording:
    """One text in the two languages of the portal."""

    nl: str
    en: str


@dataclass(frozen=True, slots=True)
class StatementText:
    """A statement with its example and its level texts, lowest level first."""

    slug: str
    text: Wording
    example: Wording
    levels: tuple[Wording, ...]


@dataclass(frozen=True, slots=True)
class TransitionText:
    """A transition with its statements in order."""

    slug: str
    title: Wording
    intro: Wording
    statements: tuple[StatementText, ...]


@dataclass(frozen=True, slots=True)
class QuestionnaireText:
    """A whole version."""

    version: int
    transitions: tuple[TransitionText, ...]


def read_questionnaire(version: int) -> QuestionnaireText:
    """Read a version; ContentError when a file or a text is missing."""
    folder = Path(__file__).parent / f"questionnaire_v{version}"
    return QuestionnaireText(
        version, tuple(_transition(folder / f"{slug}.toml") for slug in TRANSITION_SLUGS)
    )


def _transition(path: Path) -> TransitionText:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ContentError(f"{path.name}: {error}") from error
    statements = tuple(_statement(item, path.name) for item in data.get("statement", []))
    slugs = [statement.slug for statement in statements]
    if not slugs or len(set(slugs)) != len(slugs):
        raise ContentError(f"{path.name}: statements are missing or have the same slug")
    return TransitionText(
        path.stem,
        _wording(data.get("title"), f"{path.name}: title"),
        _wording(data.get("intro"), f"{path.name}: intro"),
        statements,
    )


def _statement(data: dict[str, Any], name: str) -> StatementText:
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
    )


def _wording(data: object, place: str) -> Wording:
    if isinstance(data, dict):
        dutch, english = data.get("nl"), data.get("en")
        if isinstance(dutch, str) and isinstance(english, str) and dutch and english:
            return Wording(dutch.strip(), english.strip())
    raise ContentError(f"{place}: a text is missing in Dutch or English")
