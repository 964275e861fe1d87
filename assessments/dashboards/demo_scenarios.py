"""Demo data: calculations, kept through the services of their room."""

from __future__ import annotations

from django.utils import timezone

from assessments.dashboards.content.demo_scenarios import SCENARIOS
from assessments.opportunities import services as opportunities
from companies.profiles.models import Company
from portal.accounts.models import User


def keep_demo_scenarios(company: Company, *, position: int, owner: User) -> None:
    """What the company at this position of the list keeps; most keep nothing."""
    for wanted in SCENARIOS.get(position, ()):
        kept = opportunities.create_scenario(
            company_id=company.pk,
            calculator=wanted.calculator,
            name=wanted.name,
            inputs=wanted.inputs,
            by=owner,
            now=timezone.now(),
        )
        if wanted.counts:
            opportunities.choose_scenario(company_id=company.pk, scenario_id=kept.pk)
