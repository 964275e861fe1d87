"""Questionnaires as versioned data, scans and answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from companies.profiles.models import Company
from portal.common.constraints import between, both_or_neither
from portal.common.versioned import Versioned


class Questionnaire(Versioned):
    """One version of the self-assessment."""

    class Meta(Versioned.Meta):
        verbose_name = _("questionnaire")
        verbose_name_plural = _("questionnaires")


class Transition(models.Model):
    """One of the seven transitions to the factory of the future."""

    questionnaire = models.ForeignKey(
        Questionnaire, on_delete=models.CASCADE, related_name="transitions"
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

    def __str__(self) -> str:
        return self.title_nl


class Statement(models.Model):
    """A statement that a company places on one of five levels."""

    transition = models.ForeignKey(Transition, on_delete=models.CASCADE, related_name="statements")
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

    def __str__(self) -> str:
        return self.text_nl


class Level(models.Model):
    """What a level means for a statement, in plain words."""

    statement = models.ForeignKey(Statement, on_delete=models.CASCADE, related_name="levels")
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

    def __str__(self) -> str:
        return f"{self.number}: {self.text_nl}"


class Scan(models.Model):
    """One moment (T0, T1, ...) at which a company answers a questionnaire."""

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="scans")
    questionnaire = models.ForeignKey(Questionnaire, on_delete=models.PROTECT, related_name="scans")
    moment = models.PositiveSmallIntegerField(_("moment"), default=0)
    started_at = models.DateTimeField(_("started at"), auto_now_add=True)
    submitted_at = models.DateTimeField(_("submitted at"), null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("submitted by"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("scan")
        verbose_name_plural = _("scans")
        ordering = ("company", "-moment", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "moment"),
                name="scan_moment_once",
                violation_error_message=_("There is already a scan for this moment."),
            ),
            models.UniqueConstraint(
                fields=("company",),
                condition=Q(submitted_at__isnull=True),
                name="scan_one_open",
                violation_error_message=_("There is already an open scan."),
            ),
            both_or_neither(
                at="submitted_at",
                by="submitted_by",
                name="scan_submitted_whole",
                message=_("A submission needs a moment and a person."),
            ),
        )

    def __str__(self) -> str:
        return f"T{self.moment}"


class AnswerKind(models.TextChoices):
    """What was answered; only ``level`` carries a number."""

    LEVEL = "level", _("Level")
    NOT_APPLICABLE = "na", _("Not applicable")
    UNKNOWN = "unknown", _("Don't know")


class Answer(models.Model):
    """The company's answer to one statement."""

    scan = models.ForeignKey(Scan, on_delete=models.CASCADE, related_name="answers")
    statement = models.ForeignKey(Statement, on_delete=models.PROTECT, related_name="answers")
    kind = models.CharField(_("kind"), max_length=7, choices=AnswerKind)
    level = models.PositiveSmallIntegerField(_("level"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)
    answered_at = models.DateTimeField(_("answered at"), auto_now=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("answered by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("answer")
        verbose_name_plural = _("answers")
        ordering = ("scan", "statement", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("scan", "statement"),
                name="answer_once",
                violation_error_message=_("This statement is already answered."),
            ),
            models.CheckConstraint(
                condition=Q(kind="level", level__gte=1, level__lte=5)
                | (~Q(kind="level") & Q(level__isnull=True)),
                name="answer_level_fits_kind",
                violation_error_message=_("A level lies between 1 and 5."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.statement_id}: {self.kind} {self.level or ''}"
