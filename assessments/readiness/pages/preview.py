"""A version of the questionnaire as its author looks at it: texts, problems, differences.

Builds what the preview in the admin shows from ``selectors.version_beside_published``;
nothing here reads the database.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Final

from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.readiness.content.checking import Fault, Problem, Weight, check
from assessments.readiness.content.differences import Change, Difference, differences
from assessments.readiness.content.places import (
    DUTCH,
    ENGLISH,
    LANGUAGES,
    Field,
    Place,
    spoken,
)
from assessments.readiness.content.reading import (
    QuestionnaireText,
    StatementText,
    TransitionText,
    Wording,
)
from assessments.readiness.domain.parts import PartKind, SupportNeed, Topic
from assessments.readiness.models.questionnaire import (
    PART_KIND_LABELS,
    SUPPORT_NEED_LABELS,
    TOPIC_LABELS,
    in_language,
)
from assessments.readiness.selectors import Shown

BOTH: Final = "both"
LANGUAGE_LABELS: dict[str, Any] = {
    BOTH: gettext_lazy("Dutch and English"),
    DUTCH: gettext_lazy("Dutch"),
    ENGLISH: gettext_lazy("English"),
}
FIELD_LABELS: dict[Field, Any] = {
    Field.TITLE: gettext_lazy("title"),
    Field.INTRO: gettext_lazy("introduction"),
    Field.KIND: gettext_lazy("kind"),
    Field.ORDER: gettext_lazy("order"),
    Field.TEXT: gettext_lazy("statement"),
    Field.EXAMPLE: gettext_lazy("example"),
    Field.LEVEL: gettext_lazy("level"),
    Field.STEP: gettext_lazy("first step"),
    Field.IMPACT: gettext_lazy("impact (1 to 5)"),
    Field.EFFORT: gettext_lazy("effort (1 to 5)"),
    Field.TOPICS: gettext_lazy("topics"),
    Field.NEEDS: gettext_lazy("support needs that it answers"),
}
FAULT_MESSAGES: dict[Fault, Any] = {
    Fault.NO_PARTS: gettext_lazy("This version has no parts yet."),
    Fault.NO_STATEMENTS: gettext_lazy("This part has no statements yet."),
    Fault.TEXT_MISSING: gettext_lazy("This text is missing."),
    Fault.SAME_LEVELS: gettext_lazy("This says the same as level %(count)s."),
    Fault.NO_TOPIC: gettext_lazy(
        "No topic is ticked, so the roadmap finds no support measure and no example."
    ),
    Fault.DOUBLED_POSITION: gettext_lazy("Position %(count)s comes twice."),
    Fault.FEW_TRANSITIONS: gettext_lazy("Number of transitions: %(count)s. The scan has seven."),
    Fault.FEW_STATEMENTS: gettext_lazy("Number of statements: %(count)s. A transition has five."),
    Fault.FEW_OF_SUPPORT: gettext_lazy(
        "Number of statements on operator support: %(count)s. The module has at least six."
    ),
    Fault.NO_RESILIENCE: gettext_lazy("There is no part on resilience."),
    Fault.LONG_SENTENCE: gettext_lazy("A sentence of %(count)s words is long for plain Dutch:"),
}
CHANGE_LABELS: dict[Change, Any] = {
    Change.ADDED: gettext_lazy("Added"),
    Change.REMOVED: gettext_lazy("Removed"),
    Change.CHANGED: gettext_lazy("Changed"),
}

Words = tuple[tuple[str, str], ...]
"""A text as (language, words); the language is empty for words in that of the page."""


@dataclass(frozen=True)
class ProblemRow:
    """What is wrong, where, and the address at which it is put right."""

    where: str
    address: str
    message: str
    quote: str


@dataclass(frozen=True)
class DifferenceRow:
    """What changed, where, and what stood and stands there."""

    change: Any
    where: str
    old: Words
    new: Words


@dataclass(frozen=True)
class StatementRow:
    """A statement as the company reads it, with what ranks it in the roadmap."""

    anchor: str
    address: str  # of its form; empty when the version is not a draft
    text: Words
    example: Words
    levels: tuple[Words, ...]
    step: Words
    impact: int
    effort: int
    topics: list[Any]
    needs: list[Any]


@dataclass(frozen=True)
class PartRow:
    """A transition or a module."""

    anchor: str
    address: str
    kind: Any
    name: str  # in the language of the page
    title: Words
    intro: Words
    statements: tuple[StatementRow, ...]


@dataclass(frozen=True)
class PreviewPage:
    """Everything on the page; ``choice`` is a language or ``BOTH``."""

    choice: str
    blocking: list[ProblemRow]
    warnings: list[ProblemRow]
    hints: list[ProblemRow]
    differences: list[DifferenceRow]
    parts: list[PartRow]


def preview_page(shown: Shown, choice: str) -> PreviewPage:
    """The page for a version; an unknown ``choice`` shows both languages."""
    if choice not in LANGUAGES:
        choice = BOTH
    languages = LANGUAGES if choice == BOTH else (choice,)
    places = _Places(shown)
    rows: dict[Weight, list[ProblemRow]] = {weight: [] for weight in Weight}
    for problem in check(shown.text):
        rows[problem.weight].append(_problem(problem, places))
    changed = (
        differences(shown.published_text, shown.text)
        if shown.published_text and shown.published != shown.version
        else ()
    )
    return PreviewPage(
        choice,
        rows[Weight.BLOCKS],
        rows[Weight.WARNS],
        rows[Weight.HINTS],
        [_difference(difference, places) for difference in changed],
        [_part(part, places, languages) for part in shown.text.transitions],
    )


class _Places:
    """Names and addresses of places in a version."""

    def __init__(self, shown: Shown) -> None:
        self.version = shown.version
        self.ids: dict[Place, int] = {}
        for part in shown.parts:
            self.ids[Place(part.slug)] = part.pk
            for statement in part.statements.all():
                self.ids[Place(part.slug, statement.slug)] = statement.pk
        # Removed places have a name in the version before only.
        self.names = (_names(shown.published_text) if shown.published_text else {}) | _names(
            shown.text
        )

    def name(self, place: Place) -> str:
        """Part, statement, field and language in words."""
        steps = []
        if place.part:
            steps.append(self.names[Place(place.part)])
        if place.statement:
            steps.append(self.names[Place(place.part, place.statement)])
        if place.field is Field.LEVEL:
            steps.append(_("level %(number)s") % {"number": place.level})
        elif place.field is not None:
            steps.append(str(FIELD_LABELS[place.field]))
        if place.language:
            steps.append(str(LANGUAGE_LABELS[place.language]))
        return " › ".join(steps) or _("The whole questionnaire")

    def child(self, place: Place, slug: str) -> str:
        """The name of a part, or of a statement of the part at ``place``."""
        return self.names[Place(place.part, slug) if place.part else Place(slug)]

    def address(self, place: Place) -> str:
        """The form field of a draft; in other versions the place on the page."""
        if not self.version.is_draft:
            return f"#{anchor_of(place)}"
        if place.statement:
            form = self.form("statement", Place(place.part, place.statement))
        elif place.part:
            form = self.form("transition", Place(place.part))
        else:
            form = reverse("admin:readiness_questionnaire_change", args=[self.version.pk])
        return f"{form}{_field_anchor(place)}"

    def form(self, model: str, place: Place) -> str:
        """The address of a form; empty when the version is not a draft."""
        if not self.version.is_draft:
            return ""
        return reverse(f"admin:readiness_{model}_change", args=[self.ids[place]])


def anchor_of(place: Place) -> str:
    """The id of a part or a statement on the page."""
    return "-".join(word for word in ("part", place.part, place.statement) if word)


def _field_anchor(place: Place) -> str:
    if place.field is None:
        return ""
    if place.field is Field.LEVEL:
        return "#levels-group"
    if place.field is Field.ORDER:
        return "#id_position"
    if place.field is Field.TOPICS:
        return "#id_topics"
    return f"#id_{place.field}_{place.language or DUTCH}"


def _names(text: QuestionnaireText) -> dict[Place, str]:
    names = {}
    for part in text.transitions:
        names[Place(part.slug)] = in_language(part.title.nl, part.title.en) or part.slug
        for statement in part.statements:
            words = in_language(statement.text.nl, statement.text.en) or statement.slug
            names[Place(part.slug, statement.slug)] = Truncator(words).chars(70)
    return names


def _problem(problem: Problem, places: _Places) -> ProblemRow:
    return ProblemRow(
        places.name(problem.place),
        places.address(problem.place),
        FAULT_MESSAGES[problem.fault] % {"count": problem.count},
        problem.quote,
    )


def _difference(difference: Difference, places: _Places) -> DifferenceRow:
    return DifferenceRow(
        CHANGE_LABELS[difference.change],
        places.name(difference.place),
        _shown_words(difference.place, difference.old, places),
        _shown_words(difference.place, difference.new, places),
    )


def _shown_words(place: Place, words: tuple[str, ...], places: _Places) -> Words:
    """Texts with their language; lists and settings in the words of the page."""
    if place.language:
        return ((place.language, words[0]),)
    if place.field is None:  # added or removed: both languages, or nothing
        return tuple(zip(LANGUAGES, words, strict=False))
    if place.field is Field.ORDER:
        return tuple(
            ("", f"{number}. {places.child(place, slug)}")
            for number, slug in enumerate(words, start=1)
        )
    return (("", ", ".join(_labels(place, words)) or _("none")),)


def _labels(place: Place, words: tuple[str, ...]) -> Iterable[str]:
    if place.field is Field.TOPICS:
        return (str(TOPIC_LABELS[Topic(word)]) for word in words)
    if place.field is Field.NEEDS:
        return (str(SUPPORT_NEED_LABELS[SupportNeed(word)]) for word in words)
    if place.field is Field.KIND:
        return (str(PART_KIND_LABELS[PartKind(word)]) for word in words)
    return words


def _part(part: TransitionText, places: _Places, languages: tuple[str, ...]) -> PartRow:
    here = Place(part.slug)
    return PartRow(
        anchor_of(here),
        places.form("transition", here),
        PART_KIND_LABELS[part.kind],
        places.name(here),
        _words(part.title, languages),
        _words(part.intro, languages),
        tuple(_statement(part, item, places, languages) for item in part.statements),
    )


def _statement(
    part: TransitionText, statement: StatementText, places: _Places, languages: tuple[str, ...]
) -> StatementRow:
    here = Place(part.slug, statement.slug)
    return StatementRow(
        anchor_of(here),
        places.form("statement", here),
        _words(statement.text, languages),
        _words(statement.example, languages),
        tuple(_words(level, languages) for level in statement.levels),
        _words(statement.step, languages),
        statement.impact,
        statement.effort,
        [TOPIC_LABELS[topic] for topic in statement.topics],
        [SUPPORT_NEED_LABELS[need] for need in statement.needs],
    )


def _words(wording: Wording, languages: tuple[str, ...]) -> Words:
    return tuple((language, spoken(wording, language)) for language in languages)
