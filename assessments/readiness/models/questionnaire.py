"""A questionnaire with its transitions, statements and levels; frozen once published."""

from __future__ import annotations

from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from assessments.readiness.models.freezing import FROZEN_QUESTIONNAIRE, frozen_child
from portal.common.constraints import between
from portal.common.versioned import Versioned


def in_language(dutch: str, english: str) -> str:
    """The text in the language of the page; Dutch unless it is English."""
    return english if (get_language() or "nl").startswith("en") else dutch


class Questionnaire(Versioned):
    """One version of the self-assessment."""

    class Meta(Versioned.Meta):
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")
        triggers = (FROZEN_QUESTIONNAIRE,)


class Transition(models.Model):
    """One of the seven transitions to the factory of the future."""

    questionnaire = models.ForeignKey(
        Questionnaire,
        verbose_name=_("questionnaire"),
        on_delete=models.CASCADE,
        related_name="transitions",
    )
    slug = models.SlugField(_("code"), max_length=20)
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
        )
        triggers = (frozen_child("v.id = OLD.questionnaire_id", "v.id = NEW.questionnaire_id"),)

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_nl, self.title_en)

    @property
    def intro(self) -> str:
        """The introduction in the language of the page."""
        return in_language(self.intro_nl, self.intro_en)


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
