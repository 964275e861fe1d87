"""Scenarios: calculations that a company keeps, of which one per calculator may count."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Func, Q, Value
from django.db.models.functions import Lower
from django.db.models.lookups import Exact
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from assessments.opportunities.domain.calculators.catalogue import Calculator
from companies.profiles.models import Company
from portal.common.audit import audited
from portal.common.choices import choices
from portal.common.constraints import one_of

LONGEST_NAME = 80

CALCULATOR_LABELS: dict[Calculator, Any] = {
    Calculator.RESHORING: _("Total cost of buying abroad"),
    Calculator.OWN_PRODUCT: _("Break-even of an own product"),
    Calculator.ENCLAVE: _("Plan of an enclave"),
    Calculator.INVESTMENT: _("Investment in support or a cobot"),
    Calculator.PURCHASING: _("Buying together"),
}


@audited()
class Scenario(models.Model):
    """What somebody filled in, by name; the outcome is calculated when it is asked.

    ``inputs`` has the shape of ``domain.calculators.stored``. The chosen scenario of a
    calculator is the one whose outcome counts as a fact of the company.
    """

    company = models.ForeignKey(
        Company, verbose_name=_("company"), on_delete=models.CASCADE, related_name="scenarios"
    )
    calculator = models.CharField(
        _("calculator"), max_length=20, choices=choices(CALCULATOR_LABELS)
    )
    name = models.CharField(pgettext_lazy("of a thing", "name"), max_length=LONGEST_NAME)
    inputs = models.JSONField(_("what was filled in"))
    is_chosen = models.BooleanField(_("counts for the opportunity"), default=False)
    created_at = models.DateTimeField(_("made at"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    changed_at = models.DateTimeField(_("last changed at"))
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("last changed by"),
        on_delete=models.PROTECT,
        related_name="+",
    )

    class Meta:
        verbose_name = _("scenario")
        verbose_name_plural = _("scenarios")
        ordering = ("company", "calculator", "name", "pk")
        constraints = (
            models.UniqueConstraint(
                "company",
                "calculator",
                Lower("name"),
                name="scenario_name_once",
                violation_error_message=_("There is already a scenario with this name."),
            ),
            models.UniqueConstraint(
                fields=("company", "calculator"),
                condition=Q(is_chosen=True),
                name="scenario_one_chosen",
                violation_error_message=_("Another scenario of this calculator counts already."),
            ),
            models.CheckConstraint(
                condition=~Q(name__regex=r"^\s*$"),
                name="scenario_has_name",
                violation_error_message=_("Give the scenario a name."),
            ),
            models.CheckConstraint(
                condition=Exact(
                    Func("inputs", function="jsonb_typeof", output_field=models.TextField()),
                    Value("object"),
                ),
                name="scenario_inputs_by_name",
                violation_error_message=_("What was filled in is kept by the name of its field."),
            ),
            one_of(
                "calculator",
                Calculator,
                name="scenario_calculator_known",
                message=_("Unknown calculator."),
            ),
        )

    def __str__(self) -> str:
        return self.name
