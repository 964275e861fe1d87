"""Who may see what of the opportunities, beside what ``companies.profiles.access`` says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.http import Http404

from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.models import Scenario
from companies.profiles.access import may_review
from companies.profiles.models import Company

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def sees_subsidy(user: User | AnonymousUser, company: Company) -> bool:
    """Advisers who follow the company, coordinators and administrators.

    What a price becomes with subsidised labour touches state aid and the market: members
    see their prices without.
    """
    return may_review(user, company)


def calculator_or_404(slug: str) -> Calculator:
    """The calculator of an address; Http404 when there is none."""
    if slug not in set(Calculator):
        raise Http404("No such calculator")
    return Calculator(slug)


def scenario_or_404(company: Company, scenario_id: int) -> Scenario:
    """A scenario of a company that the person may see; Http404 otherwise."""
    scenario = (
        Scenario.objects.filter(company=company, pk=scenario_id)
        .select_related("created_by", "changed_by")
        .first()
    )
    if scenario is None:
        raise Http404("No scenario here for you")
    return scenario
