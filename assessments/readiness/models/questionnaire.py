"""A questionnaire with its transitions, statements and levels; frozen once published."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.parts import (
    HIGHEST_WEIGHT,
    LOWEST_WEIGHT,
    MIDDLE_WEIGHT,
    PartKind,
    SupportNeed,
    Topic,
)
from assessments.readiness.models.freezing import (
    CHILD_FROZEN,
    FROZEN_QUESTIONNAIRE,
    QUESTIONNAIRE_FROZEN,
    QUESTIONNAIRE_STEPS,
    STEPS_OF_QUESTIONNAIRE,
    frozen_child,
)
from portal.common.audit import audited
from portal.common.choices import choices
from portal.common.constraints import between, one_of
from portal.common.versioned import Versioned, VersionStatus

PART_KIND_LABELS: dict[PartKind, Any] = {
    PartKind.TRANSITION: _("Transition"),
    PartKind.OPERATOR_SUPPORT: _("Operator support"),
    PartKind.RESILIENCE: _("Resilience"),
}
SUPPORT_NEED_LABELS: dict[SupportNeed, Any] = {
    SupportNeed.COGNITIVE: _("Thinking and remembering"),
    SupportNeed.MOTOR: _("Moving and lifting"),
    SupportNeed.SENSORY: _("Seeing, hearing and reading"),
    SupportNeed.PSYCHOSOCIAL: _("Tension and contact with others"),
}
TOPIC_LABELS: dict[Topic, Any] = {
    Topic.AID: _("State aid"),
    Topic.CIRCULAR: _("Circular work"),
    Topic.CYBER: _("Cyber security"),
    Topic.DIGITAL: _("Digital systems"),
    Topic.ENERGY: _("Energy"),
    Topic.ENGINEERING: _("Preparing products and orders"),
    Topic.ERGONOMICS: _("Ergonomics"),
    Topic.GREEN: _("Environment"),
    Topic.INNOVATION: _("Trying out new things"),
    Topic.INSTRUCTIONS: _("Work instructions"),
    Topic.LEADERSHIP: _("Leadership"),
    Topic.NETWORK: _("Customers and cooperation"),
    Topic.SUPPLY: _("Supply"),
    Topic.TECHNOLOGY: _("Machines and tools"),
    Topic.TRAINING: _("Training"),
    Topic.WATER: _("Water"),
}


def in_language(dutch: str, english: str) -> str:
    """The text in the language of the page; Dutch unless it is English."""
    return english if (get_language() or "nl").startswith("en") else dutch


@audited()
class Questionnaire(Versioned):
    """One version of the self-assessment."""

    rule_messages: ClassVar[dict[str, Any]] = {
        QUESTIONNAIRE_FROZEN: _("This version is published, so it does not change any more."),
        CHILD_FROZEN: _("This version is published, so its texts do not change any more."),
        QUESTIONNAIRE_STEPS: _("A version starts as a draft, is published and then retires."),
    }

    edition = models.PositiveSmallIntegerField(
        _("edition of the portal"),
        null=True,
        blank=True,
        unique=True,
        editable=False,
        help_text=_("Empty for a version that administrators made."),
    )

    class Meta(Versioned.Meta):
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        constraints = (  # type: ignore[assignment]
            *Versioned.Meta.constraints,
            models.CheckConstraint(
                condition=Q(status="draft", published_at=None, published_by=None)
                | Q(status__in=["published", "retired"], published_at__isnull=False),
                name="questionnaire_published_whole",
                violation_error_message=_("Only a published version has a date of publishing."),
            ),
        )
        triggers = (FROZEN_QUESTIONNAIRE, STEPS_OF_QUESTIONNAIRE)

    @property
    def is_draft(self) -> bool:
        """Only a draft can be edited."""
        return self.status == VersionStatus.DRAFT


@audited()
class Transition(models.Model):
    """One of the seven transitions to the factory of the future, or a module beside them."""

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.CASCADE,
        related_name="transitions",
    )
    slug = models.SlugField(_("code"), max_length=20)
    kind = models.CharField(
        _("kind"),
        max_length=16,
        choices=choices(PART_KIND_LABELS),
        default=PartKind.TRANSITION.value,
        help_text=_("Only transitions make the score; modules are shown beside it."),
    )
    position = models.PositiveSmallIntegerField(_("position"))
    title_nl = models.CharField(_("Dutch title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120)
    intro_nl = models.TextField(_("Dutch introduction"))
    intro_en = models.TextField(_("English introduction"))

    class Meta:
        verbose_name = _("transition")
        verbose_name_plural = _("transitions")
        ordering = ("questionnaire", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("questionnaire", "slug"),
                name="transition_once",
                violation_error_message=_("This transition is already in the questionnaire."),
            ),
            one_of(
                "kind", PartKind, name="transition_kind_known", message=_("Unknown kind of part.")
            ),
        )
        triggers = (frozen_child("v.id = OLD.questionnaire_id", "v.id = NEW.questionnaire_id"),)

    def __str__(self) -> str:
        return self.title

    @property
    def is_module(self) -> bool:
        """Shown beside the seven transitions, outside the score."""
        return self.kind != PartKind.TRANSITION

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_nl, self.title_en)

    @property
    def intro(self) -> str:
        """The introduction in the language of the page."""
        return in_language(self.intro_nl, self.intro_en)


def _weight(field: str) -> models.CheckConstraint:
    return between(
        field,
        LOWEST_WEIGHT,
        HIGHEST_WEIGHT,
        name=f"statement_{field}_range",
        message=_("Impact and effort lie between 1 and 5."),
    )


@audited()
class Statement(models.Model):
    """A statement that a company places on one of five levels."""

    transition = models.ForeignKey(
        Transition,
        verbose_name=_("transition"),
        on_delete=models.CASCADE,
        related_name="statements",
    )
    slug = models.SlugField(_("code"), max_length=40)
    position = models.PositiveSmallIntegerField(_("position"))
    text_nl = models.TextField(_("Dutch text"))
    text_en = models.TextField(_("English text"))
    example_nl = models.TextField(_("Dutch example"), blank=True)
    example_en = models.TextField(_("English example"), blank=True)
    step_nl = models.TextField(_("first step in Dutch"), blank=True)
    step_en = models.TextField(_("first step in English"), blank=True)
    impact = models.PositiveSmallIntegerField(
        _("impact (1 to 5)"),
        default=MIDDLE_WEIGHT,
        help_text=_("How much a higher level helps; 5 is most."),
    )
    effort = models.PositiveSmallIntegerField(
        _("effort (1 to 5)"),
        default=MIDDLE_WEIGHT,
        help_text=_("What a higher level costs in time and money; 5 is most."),
    )
    topics = ArrayField(
        models.CharField(max_length=20, choices=choices(TOPIC_LABELS)),
        verbose_name=_("topics"),
        default=list,
        blank=True,
    )
    needs = ArrayField(
        models.CharField(max_length=20, choices=choices(SUPPORT_NEED_LABELS)),
        verbose_name=_("support needs that it answers"),
        default=list,
        blank=True,
    )

    class Meta:
        verbose_name = _("statement")
        verbose_name_plural = _("statements")
        ordering = ("transition", "position", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("transition", "slug"),
                name="statement_once",
                violation_error_message=_("This statement is already in the transition."),
            ),
            _weight("impact"),
            _weight("effort"),
            models.CheckConstraint(
                condition=Q(topics__contained_by=[topic.value for topic in Topic]),
                name="statement_topics_known",
                violation_error_message=_("Unknown topic."),
            ),
            models.CheckConstraint(
                condition=Q(needs__contained_by=[need.value for need in SupportNeed]),
                name="statement_needs_known",
                violation_error_message=_("Unknown support need."),
            ),
        )
        triggers = (
            frozen_child(
                "v.id = (SELECT r.questionnaire_id FROM readiness_transition r"
                " WHERE r.id = OLD.transition_id)",
                "v.id = (SELECT r.questionnaire_id FROM readiness_transition r"
                " WHERE r.id = NEW.transition_id)",
            ),
        )

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        """The statement in the language of the page."""
        return in_language(self.text_nl, self.text_en)

    @property
    def example(self) -> str:
        """The sheltered-work example in the language of the page."""
        return in_language(self.example_nl, self.example_en)

    @property
    def step(self) -> str:
        """What to do first, in the language of the page; empty in versions without steps."""
        return in_language(self.step_nl, self.step_en)


@audited()
class Level(models.Model):
    """What a level means for a statement, in plain words."""

    statement = models.ForeignKey(
        Statement, verbose_name=_("statement"), on_delete=models.CASCADE, related_name="levels"
    )
    number = models.PositiveSmallIntegerField(_("level"))
    text_nl = models.TextField(_("Dutch text"))
    text_en = models.TextField(_("English text"))

    class Meta:
        verbose_name = _("level")
        verbose_name_plural = _("levels")
        ordering = ("statement", "number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("statement", "number"),
                name="level_once",
                violation_error_message=_("This level is already described."),
            ),
            between("number", 1, 5, name="level_range", message=_("A level lies between 1 and 5.")),
        )
        triggers = (
            frozen_child(
                "v.id = (SELECT r.questionnaire_id FROM readiness_statement t"
                " JOIN readiness_transition r ON r.id = t.transition_id"
                " WHERE t.id = OLD.statement_id)",
                "v.id = (SELECT r.questionnaire_id FROM readiness_statement t"
                " JOIN readiness_transition r ON r.id = t.transition_id"
                " WHERE t.id = NEW.statement_id)",
            ),
        )

    def __str__(self) -> str:
        return f"{self.number}: {self.text}"

    @property
    def text(self) -> str:
        """The description in the language of the page."""
        return in_language(self.text_nl, self.text_en)
