"""The ledger of introductions: who was brought together with whom, step by step."""

from __future__ import annotations

from functools import reduce
from operator import or_
from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.matching.domain.introductions import (
    FINAL_STATES,
    OPEN_STATES,
    TRANSITIONS,
    Reason,
    Side,
    State,
)
from assessments.matching.enums import (
    REASON_CHOICES,
    SIDE_CHOICES,
    STATE_CHOICES,
    TRANSITION_CHOICES,
)
from assessments.matching.models.freezing import (
    APPENDED_ONLY,
    INTRODUCTION_KEPT,
    KEPT_INTRODUCTION,
    OF_MATCH,
    STATE_FOLLOWS_STEPS,
    STATE_OF_LAST_STEP,
    STEP_MOVES_STATE,
    appended_only,
)
from assessments.matching.models.match import Match
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import at_least, one_of
from portal.common.vocabulary import Opportunity

_OPEN = Q(state__in=sorted(OPEN_STATES))


class IntroductionQuerySet(models.QuerySet["Introduction"]):
    """Reads over introductions."""

    def open(self) -> IntroductionQuerySet:
        """Those that may still move, of companies that are not closed; they use up room."""
        return self.filter(_OPEN, company__closed_at__isnull=True)


class Introduction(models.Model):
    """A company and a partner brought together for an opportunity.

    ``state`` is where the last step led; only the service moves it, with the step.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="introductions")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("partner"),
        on_delete=models.PROTECT,
        related_name="introductions",
    )
    match = models.ForeignKey(
        Match,
        verbose_name=_("match that it came from"),
        null=True,
        blank=True,
        on_delete=models.RESTRICT,
        related_name="introductions",
    )
    state = models.CharField(_("state"), max_length=20, choices=STATE_CHOICES)

    objects = IntroductionQuerySet.as_manager()

    rule_messages: ClassVar[dict[str, Any]] = {
        INTRODUCTION_KEPT: _("An introduction is kept; only its state moves."),
        OF_MATCH: _("This match is of another company, partner or opportunity."),
        STATE_OF_LAST_STEP: _("The state of an introduction is that of its last step."),
    }

    class Meta:
        verbose_name = pgettext_lazy("to a partner", "introduction")
        verbose_name_plural = _("introductions")
        ordering = ("company", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("company", "opportunity", "establishment"),
                condition=_OPEN,
                name="introduction_one_open",
                violation_error_message=_(
                    "An introduction to this partner is already under way for this opportunity."
                ),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="introduction_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            one_of(
                "state",
                State,
                name="introduction_state_known",
                message=_("Unknown state of an introduction."),
            ),
        )
        triggers = (*KEPT_INTRODUCTION, STATE_FOLLOWS_STEPS)

    def __str__(self) -> str:
        return f"{self.company_id} {self.opportunity} {self.establishment_id}: {self.state}"

    @property
    def is_open(self) -> bool:
        """It may still move."""
        return State(self.state) not in FINAL_STATES


def _leads_to() -> Q:
    """Each step with the state that it leads to."""
    pairs = (
        Q(transition=transition.value, state=rule.to.value)
        for transition, rule in TRANSITIONS.items()
    )
    return reduce(or_, pairs)


_WITH_REASON = sorted(name.value for name, rule in TRANSITIONS.items() if rule.reasons)
_WITH_DAY = sorted(name.value for name, rule in TRANSITIONS.items() if rule.has_day)


class IntroductionStep(models.Model):
    """One step of an introduction; only added. ``number`` counts from 1.

    ``day`` is the day of what the step is about (a meeting, a start), not of writing it.
    """

    introduction = models.ForeignKey(Introduction, on_delete=models.CASCADE, related_name="steps")
    number = models.PositiveSmallIntegerField(_("number of the step"))
    transition = models.CharField(_("step"), max_length=20, choices=TRANSITION_CHOICES)
    state = models.CharField(_("state after it"), max_length=20, choices=STATE_CHOICES)
    side = models.CharField(_("on behalf of"), max_length=10, choices=SIDE_CHOICES)
    reason = models.CharField(_("reason"), max_length=20, choices=REASON_CHOICES, blank=True)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    day = models.DateField(_("day"), null=True, blank=True)
    taken_at = models.DateTimeField(_("taken at"))
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("taken by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    rule_messages: ClassVar[dict[str, Any]] = {APPENDED_ONLY: _("What was written is kept.")}

    class Meta:
        verbose_name = _("step of an introduction")
        verbose_name_plural = _("steps of introductions")
        ordering = ("introduction", "number", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("introduction", "number"),
                name="introduction_step_once",
                violation_error_message=_("Somebody else took a step meanwhile."),
            ),
            at_least(
                "number",
                1,
                name="introduction_step_from_one",
                message=_("Steps are counted from 1."),
            ),
            models.CheckConstraint(
                condition=_leads_to(),
                name="introduction_step_leads_to_state",
                violation_error_message=_("This step leads to another state."),
            ),
            one_of("side", Side, name="introduction_step_side_known", message=_("Unknown side.")),
            one_of(
                "reason",
                Reason,
                name="introduction_step_reason_known",
                message=_("Unknown reason."),
                blank=True,
            ),
            models.CheckConstraint(
                condition=Q(~Q(reason=""), transition__in=_WITH_REASON)
                | Q(~Q(transition__in=_WITH_REASON), reason=""),
                name="introduction_step_reason_when_asked",
                violation_error_message=_("Give a reason where one is asked."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.OTHER.value) | Q(words__regex=r"\S"),
                name="introduction_step_other_in_words",
                violation_error_message=_("Say in words what the other reason is."),
            ),
            models.CheckConstraint(
                condition=Q(day__isnull=False, transition__in=_WITH_DAY)
                | Q(~Q(transition__in=_WITH_DAY), day__isnull=True),
                name="introduction_step_day_when_asked",
                violation_error_message=_("Give the day where one is asked."),
            ),
        )
        triggers = (
            *appended_only(
                "matching_introduction", "introduction_id", "A step of an introduction is kept"
            ),
            STEP_MOVES_STATE,
        )

    def __str__(self) -> str:
        return f"{self.introduction_id} {self.number}: {self.state}"
