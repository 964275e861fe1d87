"""A company that waits or was declined counts in no figure and in no matching run."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.matching.models import Policy
from assessments.matching.selectors.encode import encode
from assessments.opportunities import services as opportunities
from companies.profiles.models import Company
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    UserFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)

pytestmark = pytest.mark.django_db
PENDING = {"status": "pending", "decided_at": None, "decided_by": None}
DECLINED = {"status": "declined", "decline_reason": "not_recognised"}


def figures(world: World) -> dict[str, Any]:
    """Everything that the dashboard shows, except how many signed up and wait."""
    client = Client()
    client.force_login(world.people[rows.ANALYST])
    context = client.get(reverse("dashboards:government")).context
    shown = {name: context[name] for name in ("provinces", "cells", "verdicts", "workforce")}
    counts = asdict(context["counts"])
    return shown | {"counts": {**counts, "companies": None, "pending": None}}


def full_company(**fields: Any) -> Company:
    """A company that told everything that figures are made of, and is assessed."""
    company: Company = CompanyFactory(**fields)
    ActivityFactory(company=company)
    WorkforceCellFactory(workforce_year=WorkforceYearFactory(company=company), fte=25, heads=30)
    return company


@pytest.mark.parametrize("state", [PENDING, DECLINED], ids=["pending", "declined"])
def test_unverified_companies_count_nowhere(world: World, state: dict[str, Any]) -> None:
    for _ in range(4):
        full_company()
    opportunities.assess_behind(now=world.company.created_at, limit=100)
    before = figures(world)
    company = full_company(**state)
    opportunities.assess_behind(now=world.company.created_at, limit=100)
    assert figures(world) == before

    Company.objects.filter(pk=company.pk).update(
        status="verified",
        decline_reason="",
        decided_at=world.company.created_at,
        decided_by=UserFactory(),
    )
    assert figures(world) != before, "the figures would have shown it"


@pytest.mark.parametrize("state", [PENDING, DECLINED], ids=["pending", "declined"])
def test_unverified_companies_are_not_matched(state: dict[str, Any]) -> None:
    verified, other = full_company(), full_company(**state)
    policy = Policy.objects.get(status="published")
    found = encode(policy, today=date(2026, 11, 24)).company_ids.values()
    assert verified.pk in found
    assert other.pk not in found
    assert not encode(policy, today=date(2026, 11, 24), company_id=other.pk).company_ids
