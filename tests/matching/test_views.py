"""Pages: what people see of matches, of one match, of *why not*, and of runs."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.matching.models import Match, MatchRun
from companies.register.models import Establishment, NaceCode
from portal.accounts.roles import Role
from portal.common.run_rows import RunStatus
from portal.common.vocabulary import Opportunity, Province, Verdict
from tests.factories import EnterpriseFactory, MembershipFactory, UserFactory, checked, staff
from tests.matching.factories import (
    chocolate_maker,
    full_run,
    judge,
    matched_company,
    stored_match,
)
from tests.register.differences import difference, finished_import

pytestmark = pytest.mark.django_db


@pytest.fixture
def company() -> Any:
    return matched_company(name="De Kade vzw")


@pytest.fixture
def member(client: Client, company: Any) -> Client:
    client.force_login(MembershipFactory(company=company, user=UserFactory(language="en")).user)
    return client


@pytest.fixture
def coordinator(client: Client) -> Client:
    client.force_login(staff(Role.COORDINATOR, language="en"))
    return client


def page(client: Client, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"matching:{name}", args=args), query)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


# The list


def test_a_match_is_told_in_words(member: Client, company: Any) -> None:
    NaceCode.objects.get_or_create(
        version="2025", code="10820", defaults={"label_nl": "Chocolade", "label_en": "Chocolate"}
    )
    NaceCode.objects.filter(version="2025", code="10820").update(label_en="Chocolate")
    stored_match(company, proposed=True, equal_others=7)
    text = page(member, "matches", company.pk)
    assert "66.4" in text
    assert "Chocolate" in text
    assert "Handling: packaging, 10 km away, has some customers in this sector" in text
    assert "equal with 7 others" in text
    assert "Proposed" in text


def test_the_list_can_be_filtered(member: Client, company: Any) -> None:
    near = stored_match(company, distance_m=2_000, proposed=True)
    far = stored_match(
        company,
        opportunity=Opportunity.RESHORING.value,
        radius_m=60_000,
        distance_m=50_000,
        establishment=chocolate_maker(province=Province.LIMBURG.value),
    )

    def shown(**query: Any) -> set[int]:
        response = member.get(reverse("matching:matches", args=[company.pk]), query)
        return {row["match"].pk for row in response.context["rows"]}

    assert shown() == {near.pk, far.pk}
    assert shown(opportunity="enclave") == {near.pk}
    assert shown(province="limburg") == {far.pk}
    assert shown(max_km="10") == {near.pk}
    assert shown(proposed="on") == {near.pk}
    assert shown(opportunity="enclave", province="limburg") == set()
    assert "Nothing fits this filter" in page(member, "matches", company.pk, max_km="1")


def test_what_is_not_found_any_more_stands_apart(member: Client, company: Any) -> None:
    stored_match(company)
    stale = stored_match(company, is_stale=True)
    response = member.get(reverse("matching:matches", args=[company.pk]))
    assert stale.pk not in {row["match"].pk for row in response.context["rows"]}
    assert "1 match that is not found any more" in " ".join(response.content.decode().split())
    response = member.get(reverse("matching:matches", args=[company.pk]), {"state": "stale"})
    assert {row["match"].pk for row in response.context["rows"]} == {stale.pk}


def test_without_matches_the_page_says_what_to_do(member: Client, company: Any) -> None:
    assert "Not matched yet" in page(member, "matches", company.pk)
    full_run()
    assert "No partners found" in page(member, "matches", company.pk)


def test_the_number_of_queries_does_not_depend_on_the_number_of_matches(
    member: Client, company: Any, django_assert_num_queries: Any
) -> None:
    for _ in range(3):
        stored_match(company)
    page(member, "matches", company.pk)
    with django_assert_num_queries(15):
        page(member, "matches", company.pk)
    for _ in range(6):
        stored_match(company)
    with django_assert_num_queries(15):
        page(member, "matches", company.pk)


def test_both_verdicts_stand_beside_the_matches_that_they_weigh_in(
    member: Client, company: Any
) -> None:
    match = stored_match(company)
    judge(company, Opportunity(match.opportunity), Verdict.GEMIDDELD)
    for html in (page(member, "matches", company.pk), page(member, "match", match.pk)):
        text = " ".join(html.split())
        assert "Medium</span> according to Ann Adviseur" in text
        assert "High</span> computed" in text
    assert "De gastheer stopt in maart." in page(member, "match", match.pk)


# One match


def test_the_parts_add_up_to_the_score(member: Client, company: Any) -> None:
    match = stored_match(company)
    response = member.get(reverse("matching:match", args=[match.pk]))
    parts = [part.value for part in response.context["contributions"]]
    assert sum(parts) == Decimal("66.4") == response.context["score"]
    text = " ".join(response.content.decode().split())
    assert "11.2500" in text
    assert "66.4000" in text
    assert "offers 75 % of what is sought" in text


def test_the_page_of_a_match_has_its_versions(
    member: Client, company: Any, django_assert_num_queries: Any
) -> None:
    chocolate_maker()
    full_run()
    match = Match.objects.filter(company=company).first()
    assert match is not None
    text = page(member, "match", match.pk)
    assert "version 1" in text
    assert "10820" in text
    with django_assert_num_queries(13):
        page(member, "match", match.pk)


def test_a_partner_that_left_the_register_is_marked_in_the_list_and_on_its_page(
    member: Client, company: Any
) -> None:
    kept, gone = stored_match(company), stored_match(company)
    Establishment.objects.filter(pk=gone.establishment_id).update(is_active=False)
    listed = page(member, "matches", company.pk)
    assert listed.count("No longer in the register") == 1
    assert "no longer in the part of the register" in page(member, "match", gone.pk)
    assert "no longer in the part of the register" not in page(member, "match", kept.pk)


def test_what_the_register_changed_since_a_match_was_found_stands_on_its_page(
    member: Client, company: Any
) -> None:
    now = timezone.now()
    before = finished_import(150, finished_at=now - timedelta(days=2))
    after = finished_import(151, finished_at=now - timedelta(days=1))
    trial = finished_import(152, finished_at=now, is_dry_run=True)
    run = MatchRun.objects.create(status=RunStatus.FINISHED, register_import=before)
    match = stored_match(company, run=run)
    for row, name in ((before, "Toen"), (after, "Nu"), (trial, "Ooit")):
        difference(row, match.establishment, name=["Vroeger", name])
    text = page(member, "match", match.pk)
    assert "The register changed this partner since the match was found" in text
    assert "Nu" in text
    assert "Toen" not in text
    assert "Ooit" not in text


def test_a_natural_person_is_not_named(member: Client, company: Any) -> None:
    person = EnterpriseFactory(name="Jan Janssens", is_natural_person=True)
    place = chocolate_maker(enterprise=person, name="Jan Janssens")
    match = stored_match(company, establishment=place)
    for name, key in (("matches", company.pk), ("match", match.pk)):
        text = page(member, name, key)
        assert "Janssens" not in text
        assert f"Sole trader, place {place.number}" in text


# Why not


def test_why_not_says_what_stands_in_the_way(member: Client, company: Any) -> None:
    place = chocolate_maker(km_east=30, name="Chocolaterie")
    text = page(member, "why_not", company.pk, number=place.number)
    assert "Chocolaterie" in text
    assert "It is 30 km away, and the radius is 25 km." in text
    assert "It is among the matches: rank 1" in text  # reshoring, 60 km


def test_why_not_answers_for_a_closed_place_too(member: Client, company: Any) -> None:
    place = chocolate_maker(is_active=False)
    text = page(member, "why_not", company.pk, number=place.number)
    assert "no longer active" in text


@pytest.mark.parametrize(
    ("number", "message"),
    [
        ("", "This field is required."),
        ("abc", "digits only"),
        ("2000", "ten digits"),
        ("0200065765", "enterprise number"),
        ("2000000338", "typing mistake"),
        (checked(88_888_888), "no establishment with this number"),
    ],
)
def test_why_not_says_what_is_wrong_with_a_number(
    member: Client, company: Any, number: str, message: str
) -> None:
    assert message in page(member, "why_not", company.pk, number=number)


def test_why_not_needs_a_verified_company(coordinator: Client, company: Any) -> None:
    type(company).objects.filter(pk=company.pk).update(
        status="pending", decided_at=None, decided_by=None
    )
    text = page(coordinator, "why_not", company.pk, number=chocolate_maker().number)
    assert "once an adviser has verified" in text


# Runs


def test_a_coordinator_starts_and_cancels_a_run(coordinator: Client) -> None:
    response = coordinator.post(reverse("matching:start"), follow=True)
    run = MatchRun.objects.get()
    assert run.requested_by is not None
    assert "Waiting for a worker." in response.content.decode()
    again = coordinator.post(reverse("matching:start"))
    assert again.headers["Location"] == reverse("matching:run", args=[run.pk])
    coordinator.post(reverse("matching:cancel", args=[run.pk]))
    run.refresh_from_db()
    assert run.status == RunStatus.CANCELLED


def test_a_run_shows_its_progress_and_asks_for_itself(coordinator: Client) -> None:
    run = MatchRun.objects.create(status=RunStatus.RUNNING, progress_done=3, progress_total=24)
    url = reverse("matching:run", args=[run.pk])
    whole = coordinator.get(url).content.decode()
    assert "Load again" in whole  # without JavaScript
    part = coordinator.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "<html" not in part
    assert 'hx-trigger="every 2s"' in part
    MatchRun.objects.update(status=RunStatus.FAILED, error="RuntimeError: the disk is full")
    part = coordinator.get(url, headers={"HX-Request": "true"}).content.decode()
    assert "hx-trigger" not in part
    assert "the disk is full" in part


def test_an_analyst_sees_figures_but_no_company(client: Client, company: Any) -> None:
    run = MatchRun.objects.create(company=company, status=RunStatus.FINISHED)
    client.force_login(staff(Role.ANALYST, language="en"))
    for name, args in (("runs", []), ("run", [run.pk])):
        text = page(client, name, *args)
        assert company.name not in text
        assert "one company" in text
        assert "Start a full run" not in text


def test_places_that_are_unknown_are_listed(coordinator: Client, company: Any) -> None:
    chocolate_maker(x_m=None, y_m=None, name="Nergens nv")
    company.establishments.update(x_m=None, y_m=None)
    run = full_run()
    text = page(coordinator, "run", run.pk)
    assert "Nergens nv" in text
    assert company.name in text


def test_the_list_of_runs_has_a_fixed_number_of_queries(
    coordinator: Client, django_assert_num_queries: Any
) -> None:
    MatchRun.objects.create(status=RunStatus.FINISHED)
    page(coordinator, "runs")
    for _ in range(5):
        MatchRun.objects.create(status=RunStatus.FINISHED)
    with django_assert_num_queries(7):
        page(coordinator, "runs")
