"""Nothing moves silently: what a member has not seen yet, why, and putting it away."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from assessments.opportunities import selectors, services
from assessments.opportunities.forms.overrides import SeenForm
from assessments.opportunities.models import (
    Assessment,
    AssessmentSeen,
    BaselineValue,
    Rule,
    VerdictOverride,
)
from assessments.opportunities.selectors import Standing
from assessments.opportunities.telling import seen_token
from companies.profiles.models import Company, Membership
from companies.profiles.services import close_company
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import CompanyFactory, MembershipFactory, UserFactory, staff
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db
ENCLAVE = Opportunity.ENCLAVE


@pytest.fixture
def company(rule_set: Any, now: datetime) -> Company:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    return company


@pytest.fixture
def member(company: Company, now: datetime) -> User:
    """Joined when the first verdicts stood there already."""
    return joined(company, now + timedelta(minutes=1))


def joined(company: Company, at: datetime) -> User:
    membership = MembershipFactory(company=company, user=UserFactory(language="en"))
    Membership.objects.filter(pk=membership.pk).update(created_at=at)
    user: User = membership.user
    return user


@pytest.fixture
def reader(client: Client, member: User) -> Client:
    client.force_login(member)
    return client


def assess(company: Company, at: datetime) -> None:
    services.assess_company(company_id=company.pk, now=at)


def lose_the_workforce(company: Company, at: datetime) -> None:
    """Enclave work is no longer surely high: nobody knows whether there are guides."""
    company.workforce_years.all().delete()
    assess(company, at)


def standings(company: Company, user: User) -> dict[Opportunity, Standing]:
    found = selectors.standings([company.pk], user)
    return {opportunity: row for (_, opportunity), row in found.items()}


def moved(company: Company, user: User) -> list[str]:
    return [key.value for key, row in standings(company, user).items() if row.has_moved]


def understand(company: Company, user: User, at: datetime, token: str = "") -> int:
    form = SeenForm({"token": token or seen_token(standings(company, user)), "back": "overview"})
    assert form.is_valid()
    return services.mark_seen(
        user=user, company_id=company.pk, seen=form.cleaned_data["token"], now=at
    )


def page(client: Client, company: Company) -> str:
    response = client.get(reverse("opportunities:overview", args=[company.pk]))
    return " ".join(response.content.decode().split())


# --- what a member has not seen ----------------------------------------------------------


def test_what_stood_there_on_joining_is_no_news(company: Company, member: User) -> None:
    assert moved(company, member) == []


def test_what_moved_after_joining_is_news_until_understood(
    company: Company, member: User, now: datetime
) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    assert "enclave" in moved(company, member)
    standing = standings(company, member)[ENCLAVE]
    assert standing.seen is not None
    assert standing.seen.assessment.verdict == Verdict.HOOG
    assert understand(company, member, now + timedelta(hours=2)) == len(Opportunity)
    assert moved(company, member) == []
    other = joined(company, now + timedelta(minutes=1))
    assert "enclave" in moved(company, other)  # each member for himself or herself


def test_a_member_from_the_first_hour_compares_with_the_first_outcome(
    company: Company, now: datetime
) -> None:
    founder = joined(company, now - timedelta(days=1))
    assert moved(company, founder) == []
    lose_the_workforce(company, now + timedelta(hours=1))
    assert "enclave" in moved(company, founder)


def test_who_joins_later_hears_nothing_of_before(company: Company, now: datetime) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    assert moved(company, joined(company, now + timedelta(hours=2))) == []


def test_what_moves_while_somebody_reads_stays_news(
    company: Company, member: User, now: datetime
) -> None:
    read = seen_token(standings(company, member))
    lose_the_workforce(company, now + timedelta(hours=1))
    understand(company, member, now + timedelta(hours=2), token=read)
    assert "enclave" in moved(company, member)


def test_a_verdict_of_an_adviser_is_news_and_so_is_its_end(
    company: Company, member: User, now: datetime
) -> None:
    adviser = staff(Role.COORDINATOR)
    services.give_override(
        company_id=company.pk,
        opportunity=ENCLAVE,
        verdict=Verdict.LAAG,
        reason="De gastheer stopt.",
        seen=standings(company, member)[ENCLAVE].assessment.pk,
        by=adviser,
        now=now + timedelta(hours=1),
    )
    assert moved(company, member) == ["enclave"]
    assert moved(company, joined(company, now + timedelta(hours=2))) == []
    understand(company, member, now + timedelta(hours=2))
    assert moved(company, member) == []
    services.end_override(
        company_id=company.pk,
        opportunity=ENCLAVE,
        reason="",
        by=adviser,
        now=now + timedelta(hours=3),
    )
    assert moved(company, member) == ["enclave"]


def test_staff_have_no_notices(company: Company, now: datetime) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    found = standings(company, staff(Role.COORDINATOR))
    assert {row.seen for row in found.values()} == {None}
    assert not any(row.has_moved for row in found.values())


def test_several_companies_cost_two_queries(
    company: Company, member: User, now: datetime, django_assert_num_queries: Any
) -> None:
    other = metal_and_packing()
    MembershipFactory(company=other, user=member)
    assess(other, now)
    with django_assert_num_queries(1):
        assert len(selectors.standings([company.pk, other.pk], member)) == 10
    VerdictOverride.objects.create(
        company=company,
        opportunity="enclave",
        assessment=standings(company, member)[ENCLAVE].assessment,
        verdict="laag",
        reason="De gastheer stopt.",
        given_at=now,
        given_by=staff(Role.COORDINATOR),
    )
    with django_assert_num_queries(2):
        selectors.standings([company.pk, other.pk], member)
    assert selectors.standings([], member) == {}


def test_a_clock_that_runs_behind_never_hides_an_outcome(company: Company, now: datetime) -> None:
    lose_the_workforce(company, now - timedelta(hours=1))
    old, new = Assessment.objects.filter(company=company, opportunity="enclave").order_by("pk")
    assert new.is_current
    assert new.assessed_at > old.assessed_at


# --- noting it ----------------------------------------------------------------------------


def test_a_row_is_there_once_for_each_person(company: Company, member: User, now: Any) -> None:
    understand(company, member, now)
    understand(company, member, now + timedelta(hours=1))
    assert AssessmentSeen.objects.count() == len(Opportunity)
    row = AssessmentSeen.objects.filter(opportunity="enclave").get()
    assert row.seen_at == now + timedelta(hours=1)
    row.pk = None
    with pytest.raises(IntegrityError, match="seen_once"), transaction.atomic():
        row.save()
    with pytest.raises(IntegrityError, match="seen_opportunity_known"), transaction.atomic():
        AssessmentSeen.objects.update(opportunity="loterij")


def test_keys_of_others_are_left_out(company: Company, member: User, now: datetime) -> None:
    other = metal_and_packing()
    assess(other, now)
    theirs = selectors.assessments_of(other)[ENCLAVE].pk
    ours = selectors.assessments_of(company)
    wrong = f"enclave:{theirs}:0 fvdt:{ours[ENCLAVE].pk}:0 reshoring:{ours[ENCLAVE].pk}:7"
    assert understand(company, member, now, token=wrong) == 0
    assert not AssessmentSeen.objects.exists()


@pytest.mark.parametrize(
    "token",
    ["", "enclave", "enclave:1", "loterij:1:0", "enclave:een:0", "enclave:1:-1", "enclave:²:0"],
)
def test_a_token_that_is_not_ours_is_refused(token: str) -> None:
    assert not SeenForm({"token": token, "back": "home"}).is_valid()


# --- the pages -------------------------------------------------------------------------------


def test_the_overview_tells_what_moved_and_why(
    reader: Client, company: Company, now: datetime
) -> None:
    assert "moved since" not in page(reader, company)
    lose_the_workforce(company, now + timedelta(hours=1))
    html = page(reader, company)
    assert "moved since" in html
    assert "from High to Incomplete" in html
    assert "Investment needed: from favourable to not known yet" in html
    assert "Local tie: from neutral to neutral or favourable" in html  # half known now
    assert reverse("profiles:workforce", args=[company.pk]) in html


def test_understood_puts_the_notice_away(reader: Client, company: Company, now: datetime) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    response = reader.get(reverse("opportunities:overview", args=[company.pk]))
    token = response.context["unseen"].token
    url = reverse("opportunities:understood", args=[company.pk])
    home = reader.post(url, {"token": token, "back": "home"})
    assert home.url == reverse("dashboards:home")
    assert "moved since" not in page(reader, company)
    back = reader.post(url, {"token": token, "back": "overview"})
    assert back.url == reverse("opportunities:overview", args=[company.pk])


def test_a_strange_button_notes_nothing(reader: Client, company: Company) -> None:
    url = reverse("opportunities:understood", args=[company.pk])
    html = reader.post(url, {"token": "x"}, follow=True).content.decode()
    assert "Nothing was noted." in html
    assert not AssessmentSeen.objects.exists()


def test_staff_and_members_of_a_closed_company_note_nothing(
    reader: Client, company: Company, now: datetime
) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    close_company(company_id=company.pk, by=UserFactory(), reason="Stopt", now=now)
    assert "moved since" not in page(reader, company)
    url = reverse("opportunities:understood", args=[company.pk])
    assert reader.post(url, {"token": "x"}).status_code == 403
    adviser = Client()
    adviser.force_login(staff(Role.COORDINATOR))
    assert adviser.post(url, {"token": "x"}).status_code == 403
    other = reverse("opportunities:understood", args=[CompanyFactory().pk])
    assert reader.post(other, {"token": "x"}).status_code == 404


def test_other_rules_are_told_apart_from_other_facts(
    reader: Client, company: Company, rule_set: Any, now: datetime
) -> None:
    draft = services.copy_rule_set(rule_set_id=rule_set.pk)
    Rule.objects.filter(rule_set=draft, slug="enclave-ervaring").delete()
    BaselineValue.objects.filter(rule_set=draft, opportunity="enclave", criterion="fit").update(
        value=-1
    )
    services.publish_rule_set(rule_set_id=draft.pk, by=UserFactory())
    assess(company, now + timedelta(hours=1))
    html = page(reader, company)
    assert "5 verdicts moved since" in html
    assert "The rules changed: from version 1 to version 2. All criteria stayed the same." in html
    assert "The rules changed: from version 1 to version 2.</div>" in html
    assert "The rules judge your activities otherwise: unfavourable instead of favourable." in html
    assert "This rule is no more: You already have a team in an enclave." in html


def test_there_and_back_is_told_too(reader: Client, company: Company, now: datetime) -> None:
    lose = list(company.customers.order_by("pk"))
    for customer in lose:
        customer.delete()
    assess(company, now + timedelta(hours=1))
    assert Assessment.objects.filter(company=company, opportunity="enclave").count() == 2
    for customer in lose:
        customer.save(force_insert=True)
    assess(company, now + timedelta(hours=2))
    html = page(reader, company)
    assert "It moved and came back; the history tells each step." in html


def test_the_history_gives_every_step_with_its_causes(
    reader: Client, company: Company, now: datetime
) -> None:
    lose_the_workforce(company, now + timedelta(hours=1))
    company.activities.filter(cell="maak-metaal").delete()
    assess(company, now + timedelta(hours=2))
    url = reverse("opportunities:detail", args=[company.pk, "reshoring"])
    html = " ".join(reader.get(url).content.decode().split())
    assert "Your activities changed." in html
    url = reverse("opportunities:detail", args=[company.pk, "enclave"])
    html = " ".join(reader.get(url).content.decode().split())
    assert "Cannot be checked now:" in html
    assert "to not known yet" in html


def test_the_overview_takes_at_most_ten_queries_with_everything_on_it(
    reader: Client,
    company: Company,
    member: User,
    now: datetime,
    django_assert_max_num_queries: Any,
) -> None:
    services.give_override(
        company_id=company.pk,
        opportunity=Opportunity.EIGEN_PRODUCTEN,
        verdict=Verdict.LAAG,
        reason="Er is geen markt.",
        seen=standings(company, member)[Opportunity.EIGEN_PRODUCTEN].assessment.pk,
        by=staff(Role.COORDINATOR),
        now=now + timedelta(hours=1),
    )
    lose_the_workforce(company, now + timedelta(hours=1))
    html = page(reader, company)
    assert "moved since" in html
    assert "Er is geen markt." in html
    with django_assert_max_num_queries(10):
        page(reader, company)
