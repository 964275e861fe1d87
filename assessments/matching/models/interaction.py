"""What people think of matches: seen, interested, not relevant; only added."""

from __future__ import annotations

from typing import Any, ClassVar

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from assessments.matching.domain.introductions import OPINION_SIDES, REFUSALS, Reason
from assessments.matching.enums import REASON_CHOICES, SIDE_CHOICES, Opinion
from assessments.matching.models.freezing import APPENDED_ONLY, appended_only
from assessments.matching.models.policy import Policy
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Opportunity


class Interaction(models.Model):
    """One opinion of one side on a company, a partner and an opportunity.

    It hangs on the three, not on a stored match, so that a rerun or a match that is not
    found any more never loses it. The newest of a side counts. ``policy`` and ``proposed``
    say by which version the match was found and whether it was a proposal at that moment.
    """

    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="interactions")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    establishment = models.ForeignKey(
        Establishment,
        verbose_name=_("partner"),
        on_delete=models.PROTECT,
        related_name="interactions",
    )
    side = models.CharField(_("on behalf of"), max_length=10, choices=SIDE_CHOICES)
    opinion = models.CharField(_("opinion"), max_length=12, choices=Opinion)
    reason = models.CharField(_("reason"), max_length=20, choices=REASON_CHOICES, blank=True)
    words = models.TextField(_("in words"), max_length=1000, blank=True)
    policy = models.ForeignKey(
        Policy,
        verbose_name=_("policy"),
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="+",
    )
    proposed = models.BooleanField(_("was proposed"), default=False)
    given_at = models.DateTimeField(_("given at"))
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("given by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    rule_messages: ClassVar[dict[str, Any]] = {APPENDED_ONLY: _("What was written is kept.")}

    class Meta:
        verbose_name = _("opinion on a match")
        verbose_name_plural = _("opinions on matches")
        ordering = ("company", "opportunity", "establishment", "pk")
        indexes = (
            models.Index(
                fields=["company", "opportunity", "establishment", "side", "-id"],
                name="interaction_newest",
            ),
        )
        constraints = (
            one_of(
                "opportunity",
                Opportunity,
                name="interaction_opportunity_known",
                message=_("Unknown opportunity."),
            ),
            models.CheckConstraint(
                condition=Q(side__in=[side.value for side in OPINION_SIDES]),
                name="interaction_side_known",
                violation_error_message=_("Only the company and the partner have an opinion."),
            ),
            one_of(
                "opinion", Opinion, name="interaction_opinion_known", message=_("Unknown opinion.")
            ),
            models.CheckConstraint(
                condition=Q(opinion=Opinion.NOT_RELEVANT, reason__in=[r.value for r in REFUSALS])
                | Q(~Q(opinion=Opinion.NOT_RELEVANT), reason=""),
                name="interaction_refusal_has_reason",
                violation_error_message=_("Say why it is not relevant."),
            ),
            models.CheckConstraint(
                condition=~Q(reason=Reason.OTHER.value) | Q(words__regex=r"\S"),
                name="interaction_other_in_words",
                violation_error_message=_("Say in words what the other reason is."),
            ),
        )
        triggers = appended_only(
            "profiles_company", "company_id", "What somebody thought of a match is kept"
        )

    def __str__(self) -> str:
        return f"{self.company_id} {self.opportunity} {self.establishment_id}: {self.opinion}"
