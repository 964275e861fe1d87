"""Each named rule of the database, broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from assessments.matching.models import Affinity, Match, MatchRun, Policy, PolicyOpportunity
from portal.common.run_rows import RunStatus
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Cell
from tests.matching.factories import matched_company, stored_match

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Policy:
    return Policy.objects.create(version=99)


def breaks(constraint: str, make: Any) -> None:
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        make()
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


AFFINITY: dict[str, Any] = {
    "opportunity": "enclave",
    "cell": Cell.MAAK_HOUT.value,
    "nace_version": "2025",
    "nace_prefix": "16",
    "value": 1,
}


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("affinity_range", {"value": 1_000_001}),
        ("affinity_of_cell_or_code", {"cell": ""}),
        ("affinity_of_cell_or_code", {"own_version": "2025", "own_prefix": "52"}),
        ("affinity_of_cell_or_code", {"cell": "", "own_version": "2025"}),
        ("affinity_prefix_digits", {"nace_prefix": "16.1"}),
        ("affinity_cell_known", {"cell": "maak-voeding"}),
        ("affinity_version_known", {"nace_version": "1996"}),
        ("affinity_opportunity_known", {"opportunity": "toerisme"}),
    ],
)
def test_an_affinity_keeps_its_rules(
    draft: Policy, constraint: str, change: dict[str, Any]
) -> None:
    breaks(constraint, lambda: Affinity.objects.create(policy=draft, **(AFFINITY | change)))


def test_an_affinity_is_given_once(draft: Policy) -> None:
    Affinity.objects.create(policy=draft, **AFFINITY)
    breaks("affinity_once", lambda: Affinity.objects.create(policy=draft, **AFFINITY))


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("policy_radius_range", {"radius_km": 0}),
        ("policy_radius_range", {"radius_km": 501}),
        ("policy_weights_sum", {"weight_contact": 50_001}),
        ("policy_opportunity_known", {"opportunity": "toerisme"}),
    ],
)
def test_an_opportunity_of_a_policy_keeps_its_rules(
    draft: Policy, constraint: str, change: dict[str, Any]
) -> None:
    values = {"opportunity": "enclave", "radius_km": 25} | change
    breaks(constraint, lambda: PolicyOpportunity.objects.create(policy=draft, **values))


def test_an_opportunity_stands_once_in_a_policy(draft: Policy) -> None:
    PolicyOpportunity.objects.create(policy=draft, opportunity="enclave", radius_km=25)
    breaks(
        "policy_opportunity_once",
        lambda: PolicyOpportunity.objects.create(policy=draft, opportunity="enclave", radius_km=30),
    )


def test_weights_that_do_not_sum_are_named_before_the_database_refuses(draft: Policy) -> None:
    row = PolicyOpportunity(
        policy=draft, opportunity="enclave", radius_km=25, weight_contact=60_000
    )
    with pytest.raises(ValidationError, match="1010000"):
        row.full_clean()


@pytest.mark.parametrize(
    "field",
    [
        "potential_high",
        "potential_medium",
        "potential_low",
        "class_main",
        "class_secondary",
        "class_ancillary",
    ],
)
def test_fractions_of_a_policy_are_millionths(field: str) -> None:
    breaks(f"policy_{field}_range", lambda: Policy.objects.create(version=98, **{field: 1_000_001}))


def test_a_policy_stores_at_least_one_match_and_only_one_is_published() -> None:
    breaks("policy_top_k", lambda: Policy.objects.create(version=98, top_k=0))
    breaks(
        "policy_one_published",
        lambda: Policy.objects.create(version=98, status=VersionStatus.PUBLISHED),
    )


def test_a_match_keeps_its_rules() -> None:
    company = matched_company()
    match = stored_match(company)
    breaks("match_once", lambda: stored_match(company, establishment=match.establishment))
    breaks("match_opportunity_known", lambda: stored_match(company, opportunity="toerisme"))
    breaks("match_stale_not_proposed", lambda: stored_match(company, is_stale=True, proposed=True))
    breaks("match_within_radius", lambda: stored_match(company, distance_m=25_001))
    assert Match.objects.count() == 1


def test_runs_over_the_same_do_not_crowd() -> None:
    company = matched_company()
    MatchRun.objects.create(status=RunStatus.RUNNING)
    MatchRun.objects.create(status=RunStatus.QUEUED)
    MatchRun.objects.create(company=company, status=RunStatus.QUEUED)
    MatchRun.objects.create(company=company, status=RunStatus.FINISHED, finished_at=timezone.now())
    breaks("match_run_one_full_running", lambda: MatchRun.objects.create(status=RunStatus.RUNNING))
    breaks("match_run_one_full_queued", lambda: MatchRun.objects.create(status=RunStatus.QUEUED))
    breaks(
        "match_run_one_per_company",
        lambda: MatchRun.objects.create(company=company, status=RunStatus.QUEUED),
    )
