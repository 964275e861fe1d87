"""What a member last saw of each verdict, so that nothing moves without being told."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from assessments.opportunities.models.assessment import Assessment
from assessments.opportunities.models.override import VerdictOverride
from companies.profiles.models import Company
from portal.common.choices import OPPORTUNITY_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Opportunity


class AssessmentSeen(models.Model):
    """A member said "understood" to this outcome, and to this verdict of an adviser if any.

    What is in force now and is not this one is told on the pages of the company.
    """

    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    company = models.ForeignKey(Company, on_delete=models.CASCADE, related_name="+")
    opportunity = models.CharField(_("opportunity"), max_length=20, choices=OPPORTUNITY_CHOICES)
    assessment = models.ForeignKey(Assessment, on_delete=models.CASCADE, related_name="+")
    override = models.ForeignKey(
        VerdictOverride, null=True, blank=True, on_delete=models.CASCADE, related_name="+"
    )
    seen_at = models.DateTimeField(_("seen at"))

    class Meta:
        verbose_name = _("verdict that a member has seen")
        verbose_name_plural = _("verdicts that members have seen")
        ordering = ("company", "user", "opportunity", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "company", "opportunity"),
                name="seen_once",
                violation_error_message=_("This is already noted for this person."),
            ),
            one_of(
                "opportunity",
                Opportunity,
                name="seen_opportunity_known",
                message=_("Unknown opportunity."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user_id} {self.opportunity}: {self.assessment_id}"
