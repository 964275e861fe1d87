"""Runs over real rows: what is found, kept, made stale, proposed and counted."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils import timezone

from assessments.matching import services
from assessments.matching.models import CompanyState, Match, MatchRun, Policy
from assessments.matching.selectors.policies import published_policy
from assessments.matching.services import runs as run_services
from companies.profiles.models import Company
from companies.register.models import Establishment
from portal.common.run_rows import RunStatus
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Cell, Opportunity, Verdict
from tests.factories import (
    CompanyFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    OpportunityOfferFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
)
from tests.matching.factories import (
    assess,
    chocolate_maker,
    full_run,
    judge,
    matched_company,
)

pytestmark = pytest.mark.django_db
ENCLAVE = Opportunity.ENCLAVE.value


def matches(company: Company) -> list[tuple[str, str, int]]:
    found = Match.objects.filter(company=company, is_stale=False).order_by("opportunity", "rank")
    return list(found.values_list("opportunity", "establishment_id", "rank"))


# The worked pair, from rows to rows


def test_the_worked_pair_comes_out_of_the_database_with_its_score() -> None:
    company = matched_company()
    company.activities.update(turnover_share=60)
    company.activities.create(cell=Cell.MAAK_METAAL.value, turnover_share=40)
    company.customers.create(name="Voeding", nace_division="10", turnover_share=30)
    OpportunityOfferFactory(company=company)
    place = chocolate_maker(km_east=10)
    PartnerNeedFactory(partner=PartnerFactory(establishment=place))
    run = full_run()
    assert run.status == RunStatus.FINISHED
    match = Match.objects.get(company=company, opportunity=ENCLAVE)
    # Activity 0.6 x 0.9, proximity 0.6, capacity 0.75, nothing asked, new customer 0.85.
    parts = {part["name"]: part["contribution"] for part in match.components}
    assert parts == {
        "activity": 189_000,
        "proximity": 120_000,
        "capacity": 112_500,
        "competence": 50_000,
        "diversification": 127_500,
        "contact": 15_000,
    }
    assert match.score == sum(parts.values()) == 614_000
    assert (match.distance_m, match.radius_m, match.rank) == (10_000, 25_000, 1)
    assert match.proposed
    assert match.evidence[0]["activity"] == Cell.HANDLING_VERPAKKING.value
    assert match.evidence[0]["code"] == "10820"


def test_an_incomplete_verdict_counts_as_the_lowest_still_possible() -> None:
    company = matched_company()
    assess(company, Verdict.ONVOLLEDIG, lowest_verdict=Verdict.LAAG)
    chocolate_maker()
    full_run()
    assert Match.objects.get(company=company, opportunity=ENCLAVE).potential == 300_000


def test_only_verified_companies_are_matched() -> None:
    company = matched_company()
    chocolate_maker()
    CompanyFactory(status="pending", decided_at=None, decided_by=None)
    run = full_run()
    assert run.companies_count == 1
    assert {match.company_id for match in Match.objects.all()} == {company.pk}


# Runs


def test_a_run_keeps_its_versions_and_counts() -> None:
    matched_company()
    chocolate_maker()
    EstablishmentActivityFactory(establishment=EstablishmentFactory(x_m=None, y_m=None))
    run = full_run()
    assert run.policy == published_policy()
    assert run.rule_set is not None
    assert len(run.input_hash) == 64
    assert (run.companies_count, run.partners_count, run.place_unknown_count) == (1, 2, 1)
    assert run.matches_count == Match.objects.count() > 0
    assert run.proposals_count == Match.objects.filter(proposed=True).count()
    assert run.seconds is not None
    assert run.progress_done == run.progress_total == 1


def test_a_second_run_gives_the_same_rows_once() -> None:
    matched_company()
    chocolate_maker()
    chocolate_maker(km_east=8)
    first = full_run()
    columns = ("pk", "found_at", "rank", "score", "components", "evidence", "proposed")
    before = list(Match.objects.order_by("pk").values_list(*columns))
    second = full_run()
    assert list(Match.objects.order_by("pk").values_list(*columns)) == before
    assert second.input_hash == first.input_hash
    assert second.pk != first.pk


def test_what_is_not_found_any_more_becomes_stale_and_comes_back_as_itself() -> None:
    company = matched_company()
    place = chocolate_maker()
    full_run()
    match = Match.objects.get(company=company, opportunity=ENCLAVE)
    Establishment.objects.filter(pk=place.pk).update(is_active=False)
    full_run()
    stale = Match.objects.get(pk=match.pk)
    assert (stale.is_stale, stale.proposed, stale.score) == (True, False, match.score)
    Establishment.objects.filter(pk=place.pk).update(is_active=True)
    full_run()
    again = Match.objects.get(pk=match.pk)
    assert (again.is_stale, again.proposed, again.found_at) == (False, True, match.found_at)


def test_a_failure_keeps_its_reason_and_the_earlier_results(monkeypatch: Any) -> None:
    company = matched_company()
    chocolate_maker()
    full_run()
    before = matches(company)

    def broken(*args: Any, **kwargs: Any) -> None:
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(run_services, "store", broken)
    run = full_run()
    assert (run.status, run.error) == (RunStatus.FAILED, "RuntimeError: the disk is full")
    assert matches(company) == before
    assert before


def test_without_a_policy_a_run_says_so(monkeypatch: Any) -> None:
    monkeypatch.setattr(run_services, "published_policy", lambda: None)
    run = full_run()
    assert run.status == RunStatus.FAILED
    assert "No matching policy" in run.error


def test_a_cancelled_run_writes_nothing(monkeypatch: Any) -> None:
    company = matched_company()
    chocolate_maker()
    run = services.queue_full_run()
    real_store = run_services.store

    def cancelled_meanwhile(**kwargs: Any) -> None:
        real_store(**kwargs)
        services.cancel_run(run_id=run.pk)

    monkeypatch.setattr(run_services, "store", cancelled_meanwhile)
    assert not services.execute(run_id=run.pk)
    assert matches(company) == []


def test_a_run_is_executed_once() -> None:
    run = services.queue_full_run()
    assert services.execute(run_id=run.pk)
    assert not services.execute(run_id=run.pk)
    assert not services.cancel_run(run_id=run.pk)


def test_one_full_run_waits_at_a_time() -> None:
    user = UserFactory()
    first = services.queue_full_run(user=user)
    assert services.queue_full_run() == first
    assert first.requested_by == user
    company = matched_company()
    assert services.queue_company_run(company_id=company.pk) == services.queue_company_run(
        company_id=company.pk
    )


def test_a_full_run_waits_for_the_one_that_goes_on() -> None:
    MatchRun.objects.create(status=RunStatus.RUNNING)
    run = services.queue_full_run()
    assert not services.execute(run_id=run.pk)
    assert MatchRun.objects.get(pk=run.pk).status == RunStatus.QUEUED


# One company on demand


def test_a_company_run_touches_only_that_company_and_stays_within_the_room() -> None:
    mine, other = matched_company(), matched_company()
    places = [chocolate_maker(km_east=km) for km in (1, 2, 3)]
    full_run()
    # Without the room that others leave, the other company would get everything.
    Match.objects.filter(company=other).update(proposed=True)
    before = list(Match.objects.filter(company=other).order_by("pk").values())
    run = services.queue_company_run(company_id=mine.pk)
    assert services.execute(run_id=run.pk)
    assert list(Match.objects.filter(company=other).order_by("pk").values()) == before
    for place in places:
        assert Match.objects.filter(establishment=place, proposed=True).count() <= 3 + 2
        used = Match.objects.filter(establishment=place, proposed=True, company=other).count()
        own = Match.objects.filter(establishment=place, proposed=True, company=mine).count()
        assert own <= max(0, 3 - used)


def test_a_company_run_finds_what_a_full_run_finds() -> None:
    company = matched_company()
    for km in (1, 4, 9, 30, 55, 120, 160):
        chocolate_maker(km_east=km)
    full_run()
    before = matches(company)
    services.execute(run_id=services.queue_company_run(company_id=company.pk).pk)
    assert matches(company) == before


def test_no_partner_gets_more_proposals_than_its_cap_and_no_group_either() -> None:
    for _ in range(5):
        matched_company()
    for km in (1, 2, 3, 4, 5, 6, 7, 8):
        chocolate_maker(km_east=km)
    full_run()
    policy = published_policy()
    assert policy is not None
    proposed = list(Match.objects.filter(proposed=True))
    per_partner: dict[str, int] = {}
    per_group: dict[tuple[int, str], int] = {}
    for match in proposed:
        group = (match.company_id, match.opportunity)
        per_partner[match.establishment_id] = per_partner.get(match.establishment_id, 0) + 1
        per_group[group] = per_group.get(group, 0) + 1
    assert max(per_partner.values()) == policy.proposals_per_partner
    assert max(per_group.values()) <= policy.proposals_per_opportunity
    # 8 partners x 3 proposals: 24 places, all of them used.
    assert len(proposed) == 24


# Who is behind


def test_a_change_of_facts_or_verdicts_queues_a_company_once() -> None:
    company = matched_company()
    chocolate_maker()
    assert services.queue_behind() == []  # nothing before the first full run
    full_run()
    company.refresh_from_db()
    assert CompanyState.objects.get().facts_version == company.facts_version
    assert services.queue_behind() == []
    Company.objects.filter(pk=company.pk).update(facts_version=F("facts_version") + 1)
    (run_id,) = services.queue_behind()
    assert services.queue_behind() == []  # it waits already
    assert services.execute(run_id=run_id)
    assert services.queue_behind() == []
    assess(company, Verdict.LAAG)
    assert len(services.queue_behind()) == 1


def test_matches_follow_an_adviser_who_judges_and_ends_it() -> None:
    company = matched_company(Verdict.HOOG)
    chocolate_maker()
    full_run()
    match = Match.objects.get(company=company, opportunity="enclave")
    computed = (match.potential, match.score)
    given = judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    (run_id,) = services.queue_behind()
    assert services.execute(run_id=run_id)
    match.refresh_from_db()
    assert match.potential == 300_000 < computed[0]
    assert match.score < computed[1]
    assert services.queue_behind() == []
    given.ended_at, given.ended_by = timezone.now(), given.given_by
    given.save()
    (run_id,) = services.queue_behind()
    assert services.execute(run_id=run_id)
    match.refresh_from_db()
    assert (match.potential, match.score) == computed


def test_nobody_is_queued_while_a_full_run_is_open() -> None:
    matched_company()
    full_run()
    Company.objects.update(facts_version=F("facts_version") + 1)
    services.queue_full_run()
    assert services.queue_behind() == []


# Reading


def test_the_number_of_queries_does_not_grow(django_assert_max_num_queries: Any) -> None:
    for _ in range(4):
        matched_company()
    for km in range(1, 12):
        chocolate_maker(km_east=km)
    run = services.queue_full_run()
    with django_assert_max_num_queries(60):
        services.execute(run_id=run.pk)


# Policies


def test_a_published_policy_never_changes() -> None:
    policy = published_policy()
    assert policy is not None
    changes: list[tuple[str, Any]] = [
        ("policy_frozen", lambda: Policy.objects.filter(pk=policy.pk).update(top_k=10)),
        ("policy_content_frozen", lambda: policy.opportunities.update(radius_km=1)),
        ("policy_content_frozen", lambda: policy.affinities.all()._raw_delete("default")),
        (
            "policy_content_frozen",
            lambda: policy.affinities.create(
                opportunity=ENCLAVE,
                cell=Cell.MAAK_HOUT.value,
                nace_version="2025",
                nace_prefix="99",
                value=1,
            ),
        ),
    ]
    for constraint, change in changes:
        with pytest.raises(IntegrityError, match="never changes") as refused, transaction.atomic():
            change()
        assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


def test_a_draft_is_a_copy_that_can_change_and_replace_the_one_in_force() -> None:
    policy = published_policy()
    assert policy is not None
    user = UserFactory()
    draft = services.draft_from(policy=policy, note="Wider enclaves")
    assert draft.version == policy.version + 1
    assert draft.affinities.count() == policy.affinities.count()
    draft.opportunities.filter(opportunity=ENCLAVE).update(radius_km=30)
    services.publish(policy=draft, by=user)
    policy.refresh_from_db()
    assert policy.status == VersionStatus.RETIRED
    assert published_policy() == draft
    with pytest.raises(ValueError, match="draft"):
        services.publish(policy=draft, by=user)
    company = matched_company()
    chocolate_maker(km_east=28)
    full_run()
    assert Match.objects.get(company=company, opportunity=ENCLAVE).run.policy == draft


def test_loading_reference_data_again_changes_nothing() -> None:
    before = list(Policy.objects.values())
    services.load_reference()
    assert list(Policy.objects.values()) == before
