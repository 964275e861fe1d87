"""Examples from other companies that a next step can point to; administrators keep the list."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.parts import Topic
from assessments.readiness.models.questionnaire import TOPIC_LABELS, in_language
from portal.common.audit import audited
from portal.common.choices import choices


@audited()
class PracticeExample(models.Model):
    """What another company did and what it brought, with its source and year."""

    slug = models.SlugField(_("code"), unique=True)
    organisation = models.CharField(_("company"), max_length=120)
    title_nl = models.CharField(_("Dutch title"), max_length=120)
    title_en = models.CharField(_("English title"), max_length=120)
    text_nl = models.TextField(_("Dutch text"), max_length=900)
    text_en = models.TextField(_("English text"), max_length=900)
    source = models.CharField(_("source"), max_length=200)
    year = models.PositiveSmallIntegerField(_("year of the source"))
    topics = ArrayField(
        models.CharField(max_length=20, choices=choices(TOPIC_LABELS)),
        verbose_name=_("topics"),
        help_text=_("Shown with steps that share a topic."),
    )

    class Meta:
        verbose_name = _("example from practice")
        verbose_name_plural = _("examples from practice")
        ordering = ("organisation", "slug", "pk")
        constraints = (
            models.CheckConstraint(
                condition=Q(topics__contained_by=[topic.value for topic in Topic])
                & Q(topics__len__gte=1),
                name="example_topics_known",
                violation_error_message=_("Tick at least one topic."),
            ),
        )

    def __str__(self) -> str:
        return self.title

    @property
    def title(self) -> str:
        """The title in the language of the page."""
        return in_language(self.title_nl, self.title_en)

    @property
    def text(self) -> str:
        """What happened, in the language of the page."""
        return in_language(self.text_nl, self.text_en)

    @property
    def topic_labels(self) -> list[Any]:
        """The topics in words."""
        return [TOPIC_LABELS[Topic(word)] for word in self.topics]
