"""Support measures that a next step can lean on; administrators keep the list."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.parts import Topic
from assessments.readiness.models.questionnaire import TOPIC_LABELS, in_language
from portal.common.audit import audited
from portal.common.choices import choices
from portal.common.constraints import one_of


class MeasureKind(models.TextChoices):
    """What kind of help it is."""

    SUBSIDY = "subsidy", _("Subsidy")
    CALL = "call", _("Call for projects")
    ADVICE = "advice", _("Advice")
    TRAINING = "training", _("Training support")
    MENTORING = "mentoring", _("Mentoring")


# Money that pays part of an expense, and can be asked for during some time only.
PAYING_KINDS: Final = frozenset({MeasureKind.CALL, MeasureKind.SUBSIDY})


class SupportMeasureQuerySet(models.QuerySet["SupportMeasure"]):
    """Reads over measures."""

    def in_force(self, today: date) -> SupportMeasureQuerySet:
        """Those that can be used on a day; an empty date is no limit."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=today),
            Q(valid_until__isnull=True) | Q(valid_until__gte=today),
        )


@audited()
class SupportMeasure(models.Model):
    """A measure with whom to ask, where to read on, and until when it holds."""

    slug = models.SlugField(_("code"), unique=True)
    kind = models.CharField(_("kind"), max_length=9, choices=MeasureKind)
    name_nl = models.CharField(_("Dutch name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=120)
    provider = models.CharField(_("offered by"), max_length=120)
    text_nl = models.TextField(_("Dutch text"), max_length=600)
    text_en = models.TextField(_("English text"), max_length=600)
    url = models.URLField(_("where to read on"), max_length=300, blank=True)
    topics = ArrayField(
        models.CharField(max_length=20, choices=choices(TOPIC_LABELS)),
        verbose_name=_("topics"),
        help_text=_("Shown with steps that share a topic."),
    )
    valid_from = models.DateField(_("valid from"), null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = SupportMeasureQuerySet.as_manager()

    class Meta:
        verbose_name = _("support measure")
        verbose_name_plural = _("support measures")
        ordering = ("kind", "name_nl", "pk")
        constraints = (
            one_of(
                "kind", MeasureKind, name="measure_kind_known", message=_("Unknown kind of help.")
            ),
            models.CheckConstraint(
                condition=Q(topics__contained_by=[topic.value for topic in Topic])
                & Q(topics__len__gte=1),
                name="measure_topics_known",
                violation_error_message=_("Tick at least one topic."),
            ),
            models.CheckConstraint(
                condition=Q(valid_until__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_until__gte=F("valid_from")),
                name="measure_period_in_order",
                violation_error_message=_("The last day is not before the first one."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """The name in the language of the page."""
        return in_language(self.name_nl, self.name_en)

    @property
    def text(self) -> str:
        """What it is, in the language of the page."""
        return in_language(self.text_nl, self.text_en)

    @property
    def lacks_dates(self) -> bool:
        """Money of which nobody noted when it can be asked for: it may not be open at all."""
        return self.kind in PAYING_KINDS and self.valid_from is None and self.valid_until is None

    @property
    def topic_labels(self) -> list[Any]:
        """The topics in words."""
        return [TOPIC_LABELS[Topic(word)] for word in self.topics]
