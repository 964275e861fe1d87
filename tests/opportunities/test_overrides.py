"""An adviser judges otherwise than the portal: rules of the database, services and pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pgtrigger
import pytest
from django.core import mail
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse

from assessments.opportunities import selectors, services
from assessments.opportunities.models import Assessment, VerdictOverride
from companies.profiles.models import Company
from companies.profiles.services import close_company
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.vocabulary import Opportunity, Verdict
from tests.factories import CompanyFactory, MembershipFactory, UserFactory, staff
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db
ENCLAVE = Opportunity.ENCLAVE
REASON = "De gastheer stopt in maart; dat weet het portaal niet."


@contextmanager
def breaks(name: str) -> Iterator[None]:
    """The named rule of the database refuses what happens inside."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == name


@pytest.fixture
def company(rule_set: Any, now: Any) -> Company:
    """Enclave work is high for it, cooperation is medium."""
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    company.refresh_from_db()
    return company


@pytest.fixture
def adviser(company: Company) -> User:
    return staff(Role.COORDINATOR, language="en", full_name="Ann Adviseur")


@pytest.fixture
def give(company: Company, adviser: User, now: Any) -> Callable[..., VerdictOverride]:
    def give(**fields: Any) -> VerdictOverride:
        opportunity = fields.get("opportunity", ENCLAVE)
        wanted = {
            "company_id": company.pk,
            "opportunity": opportunity,
            "verdict": Verdict.GEMIDDELD,
            "reason": REASON,
            "seen": outcome(company, opportunity).pk,
            "by": adviser,
            "now": now,
        }
        return services.give_override(**(wanted | fields))

    return give


def outcome(company: Company, opportunity: Opportunity = ENCLAVE) -> Assessment:
    return selectors.assessments_of(company)[opportunity]


def detail_url(company: Company, opportunity: Opportunity = ENCLAVE) -> str:
    return reverse("opportunities:detail", args=[company.pk, opportunity.value])


def override_url(company: Company, name: str = "override") -> str:
    return reverse(f"opportunities:{name}", args=[company.pk, ENCLAVE.value])


def words_of(response: Any) -> str:
    return " ".join(response.content.decode().split())


# --- rules of the database ------------------------------------------------------------


def row(company: Company, **fields: Any) -> VerdictOverride:
    person = UserFactory()
    current = outcome(company)
    wanted = {
        "company": company,
        "opportunity": "enclave",
        "assessment": current,
        "verdict": "laag",
        "reason": REASON,
        "given_at": current.assessed_at,
        "given_by": person,
    }
    return VerdictOverride(**(wanted | fields))


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"reason": "  \n"}, "override_has_reason"),
        ({"verdict": "onvolledig"}, "override_verdict_is_level"),
        ({"ended_reason": "Zomaar"}, "override_end_reason_at_end"),
        ({"opportunity": "reshoring"}, "override_fits_assessment"),
    ],
)
def test_a_row_stays_in_its_bounds(company: Company, fields: dict[str, Any], name: str) -> None:
    with breaks(name):
        row(company, **fields).save()


def test_an_unknown_opportunity_is_refused(company: Company) -> None:
    with (
        pgtrigger.ignore("opportunities.VerdictOverride:fits_assessment"),
        breaks("override_opportunity_known"),
    ):
        row(company, opportunity="loterij").save()


def test_an_outcome_of_another_company_is_refused(company: Company) -> None:
    given = row(company)
    given.company = CompanyFactory()
    with breaks("override_fits_assessment"):
        given.save()


def test_an_end_has_a_moment_and_a_person_and_comes_later(company: Company, now: Any) -> None:
    with breaks("override_end_complete"):
        row(company, ended_at=now).save()
    with breaks("override_end_in_order"):
        row(company, ended_at=now - timedelta(days=1), ended_by=UserFactory()).save()


def test_only_one_is_in_force(company: Company) -> None:
    row(company).save()
    with breaks("override_one_in_force"):
        row(company).save()


def test_a_row_is_kept_as_it_was_given_and_can_only_end(company: Company, now: Any) -> None:
    given = row(company)
    given.save()
    rows = VerdictOverride.objects.filter(pk=given.pk)
    for change in ({"verdict": "hoog"}, {"reason": "Anders"}, {"given_at": now + timedelta(1)}):
        with breaks("override_kept"):
            rows.update(**change)
    with breaks("override_kept"):
        rows.update(verdict="hoog", ended_at=now, ended_by=UserFactory())
    rows.update(ended_at=now, ended_by=UserFactory(), ended_reason="Opgelost")
    for change in ({"ended_at": None, "ended_by": None, "ended_reason": ""}, {"ended_reason": "x"}):
        with breaks("override_kept"):
            rows.update(**change)


def test_a_row_goes_only_with_its_company(company: Company) -> None:
    row(company).save()
    with breaks("override_kept"):
        VerdictOverride.objects.all().delete()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    assert VerdictOverride.objects.count() == 1


# --- giving and ending ------------------------------------------------------------------


def test_the_verdict_of_an_adviser_counts_until_it_ends(
    company: Company, give: Any, adviser: User, now: Any
) -> None:
    given = give()
    found = selectors.current_assessments([company.pk])[company.pk, ENCLAVE]
    assert (found.verdict, found.override, found.counted) == (
        Verdict.HOOG,
        Verdict.GEMIDDELD,
        Verdict.GEMIDDELD,
    )
    assert services.end_override(
        company_id=company.pk,
        opportunity=ENCLAVE,
        reason="De gastheer blijft",
        by=adviser,
        now=now + timedelta(days=2),
    )
    given.refresh_from_db()
    assert (given.ended_by, given.ended_reason) == (adviser, "De gastheer blijft")
    found = selectors.current_assessments([company.pk])[company.pk, ENCLAVE]
    assert (found.override, found.counted) == (None, Verdict.HOOG)


def test_an_incomplete_verdict_can_be_judged_too(company: Company, give: Any) -> None:
    before = selectors.current_assessments([company.pk])[company.pk, Opportunity.FVDT]
    assert (before.verdict, before.counted) == (Verdict.ONVOLLEDIG, before.lowest_verdict)
    give(opportunity=Opportunity.FVDT, verdict=Verdict.HOOG)
    after = selectors.current_assessments([company.pk])[company.pk, Opportunity.FVDT]
    assert after.counted is Verdict.HOOG


def test_what_is_judged_already_must_end_first(company: Company, give: Any) -> None:
    give()
    with pytest.raises(services.AlreadyJudgedError):
        give(verdict=Verdict.LAAG)


def test_the_computed_verdict_again_is_no_other_verdict(company: Company, give: Any) -> None:
    with pytest.raises(services.SameVerdictError):
        give(verdict=Verdict.HOOG)


def test_an_outcome_that_moved_must_be_looked_at_again(company: Company, give: Any) -> None:
    with pytest.raises(services.OutcomeMovedError):
        give(seen=outcome(company, Opportunity.FVDT).pk)


def test_a_reason_of_spaces_is_none(company: Company, give: Any) -> None:
    with breaks("override_has_reason"):
        give(reason=" \n ")


def test_nothing_is_judged_of_a_closed_company(
    company: Company, give: Any, adviser: User, now: Any
) -> None:
    give()
    close_company(company_id=company.pk, by=adviser, reason="Stopt", now=now)
    with pytest.raises(services.CompanyClosedError):
        give()
    with pytest.raises(services.CompanyClosedError):
        services.end_override(
            company_id=company.pk, opportunity=ENCLAVE, reason="", by=adviser, now=now
        )


def test_what_was_never_given_cannot_end(company: Company, adviser: User, now: Any) -> None:
    assert not services.end_override(
        company_id=company.pk, opportunity=ENCLAVE, reason="", by=adviser, now=now
    )


def test_the_owners_are_told_in_their_language(
    company: Company,
    give: Any,
    adviser: User,
    now: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    owner = MembershipFactory(company=company, user=UserFactory(language="en")).user
    mail.outbox.clear()
    with django_capture_on_commit_callbacks(execute=True):
        give(origin="https://portaal.test")
        services.end_override(
            company_id=company.pk,
            opportunity=ENCLAVE,
            reason="",
            by=adviser,
            now=now,
            origin="https://portaal.test",
        )
    given, ended = [message for message in mail.outbox if message.to == [owner.email]]
    assert "An adviser judges otherwise" in given.subject
    assert "Medium. The portal computed: High." in given.body
    assert f"https://portaal.test{detail_url(company)}" in given.body
    assert "counts again" in ended.subject


def test_the_verdict_stays_when_the_computed_one_moves(
    company: Company, give: Any, now: Any, client: Client
) -> None:
    give(opportunity=Opportunity.SAMENWERKING, verdict=Verdict.HOOG)
    company.activities.all().delete()
    services.assess_company(company_id=company.pk, now=now + timedelta(hours=1))
    found = selectors.current_assessments([company.pk])[company.pk, Opportunity.SAMENWERKING]
    assert (found.verdict, found.counted) == (Verdict.ONVOLLEDIG, Verdict.HOOG)
    client.force_login(staff(Role.COORDINATOR, language="en"))
    html = words_of(client.get(detail_url(company, Opportunity.SAMENWERKING)))
    assert "The computed verdict moved since: it was Medium and is Incomplete now." in html


# --- pages ----------------------------------------------------------------------------------


@pytest.fixture
def at_work(client: Client, adviser: User) -> Client:
    client.force_login(adviser)
    return client


def posted(company: Company, **fields: Any) -> dict[str, Any]:
    return {"verdict": "gemiddeld", "reason": REASON, "seen": outcome(company).pk} | fields


def test_an_adviser_gives_a_verdict_and_ends_it_on_the_page(
    at_work: Client, company: Company
) -> None:
    assert override_url(company) in words_of(at_work.get(detail_url(company)))
    html = words_of(at_work.get(override_url(company)))
    assert "Why you judge otherwise" in html
    html = words_of(at_work.post(override_url(company), posted(company), follow=True))
    assert "Your verdict counts from now on, beside the computed one: Medium." in html
    for shown in ("according to Ann Adviseur", REASON, "High</span> computed"):
        assert shown in html
    html = words_of(at_work.get(override_url(company)))
    assert "End this verdict" in html
    ended = at_work.post(
        override_url(company, "end_override"), {"ended_reason": "Opgelost"}, follow=True
    )
    html = words_of(ended)
    assert "The computed verdict counts again." in html
    assert "Opgelost" in html  # the history keeps it
    assert "according to Ann Adviseur" not in html


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"reason": "   "}, "Write why you judge otherwise."),
        ({"verdict": ""}, "Choose a verdict."),
        ({"verdict": "hoog"}, "The portal computes this verdict already."),
        ({"verdict": "onvolledig"}, "onvolledig"),
        ({"reason": "x" * 2001}, "2000"),
    ],
)
def test_what_is_wrong_is_told_at_its_field_and_kept(
    at_work: Client, company: Company, fields: dict[str, str], message: str
) -> None:
    response = at_work.post(override_url(company), posted(company, **fields))
    assert response.status_code == 422
    html = words_of(response)
    assert message in html
    if "reason" not in fields:
        assert REASON in html
    assert not VerdictOverride.objects.exists()


def test_an_outcome_that_moved_meanwhile_keeps_the_words(at_work: Client, company: Company) -> None:
    old = posted(company, seen=1)
    response = at_work.post(override_url(company), old)
    assert response.status_code == 409
    html = words_of(response)
    assert "changed while you were writing" in html
    assert REASON in html
    assert f'value="{outcome(company).pk}"' in html  # sending it again is enough
    assert not VerdictOverride.objects.exists()


def test_a_colleague_was_first(at_work: Client, company: Company, give: Any) -> None:
    page = posted(company, reason="Mijn eigen reden", verdict="laag")
    give()
    response = at_work.post(override_url(company), page)
    assert response.status_code == 409
    html = words_of(response)
    assert "Another adviser gave a verdict meanwhile." in html
    assert "Mijn eigen reden" in html
    assert VerdictOverride.objects.count() == 1


def test_ending_what_has_ended_is_no_error(at_work: Client, company: Company) -> None:
    html = words_of(at_work.post(override_url(company, "end_override"), follow=True))
    assert "No verdict of an adviser was in force any more." in html
    long = at_work.post(override_url(company, "end_override"), {"ended_reason": "x" * 2001})
    assert long.status_code == 422


def test_members_read_both_verdicts_and_give_none(
    client: Client, company: Company, give: Any
) -> None:
    give()
    client.force_login(MembershipFactory(company=company, user=UserFactory(language="en")).user)
    for url in (detail_url(company), reverse("opportunities:overview", args=[company.pk])):
        html = words_of(client.get(url))
        assert "according to Ann Adviseur" in html
        assert "High</span> computed" in html
        assert f"Because: {REASON}" in html
        assert override_url(company) not in html
    assert client.post(override_url(company), posted(company)).status_code == 403


def test_an_adviser_of_another_province_finds_nothing(client: Client, company: Company) -> None:
    client.force_login(staff(Role.ADVISER))
    assert client.get(override_url(company)).status_code == 404


def test_a_company_that_is_not_judged_yet_has_nothing_to_override(
    at_work: Client, rule_set: Any
) -> None:
    fresh = CompanyFactory()
    html = words_of(at_work.get(override_url(fresh)))
    assert "Nothing to judge yet" in html
    assert at_work.post(override_url(fresh), posted_for_nothing()).status_code == 409
    url = reverse("opportunities:override", args=[fresh.pk, "loterij"])
    assert at_work.get(url).status_code == 404


def posted_for_nothing() -> dict[str, Any]:
    return {"verdict": "hoog", "reason": REASON, "seen": 1}


def test_the_page_of_an_adviser_takes_few_queries(
    at_work: Client, company: Company, give: Any, django_assert_max_num_queries: Any
) -> None:
    give()
    at_work.get(override_url(company))
    with django_assert_max_num_queries(9):
        at_work.get(override_url(company))
    with django_assert_max_num_queries(15):
        at_work.get(detail_url(company))
