"""A partner opts out: gone from the pages at once, and no import or run brings it back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards.selectors import company_cards, company_counts
from assessments.matching.models import Match
from assessments.matching.selectors.encode import encode, partner_rows
from assessments.matching.selectors.policies import published_policy
from companies.partners.merging.models import EstablishmentMerge
from companies.partners.opt_out import links
from companies.partners.opt_out.models import Way
from companies.partners.opt_out.selectors import opted_out_places, standing_of
from companies.partners.opt_out.services import opt_out
from companies.profiles.models import Company
from companies.register import services as register
from companies.register.models import Establishment, RegisterImport
from portal.common.run_rows import RunStatus
from tests.factories import MembershipFactory, UserFactory
from tests.matching.factories import full_run, matched_company, stored_match
from tests.register.extracts import Extract, digits, enterprise, place

pytestmark = pytest.mark.django_db


def imported(extract: Extract, folder: Path) -> None:
    """The extract stands in the register."""
    row = register.request_import(source=str(extract.folder(folder)))
    assert register.run_import(pk=row.pk)
    assert RegisterImport.objects.get(pk=row.pk).status == RunStatus.FINISHED


@pytest.fixture
def member(client: Client) -> Client:
    client.force_login(UserFactory(language="en"))
    return client


def shown_to(client: Client, company: Company, **query: str) -> set[str]:
    """Numbers of the partners on the match page."""
    answer = client.get(reverse("matching:matches", args=[company.pk]), query)
    return {row["match"].establishment_id for row in answer.context["rows"]}


def candidates() -> set[int]:
    """Numbers that a run may still propose."""
    policy = published_policy()
    assert policy is not None
    partners = encode(policy, today=timezone.localdate()).problem.partners
    refusing = {number for number, terms in partners.terms.items() if terms.opted_out}
    return set(partners.number.tolist()) - refusing


def test_from_the_link_to_never_again(tmp_path: Path, client: Client) -> None:
    imported(Extract().company(2), tmp_path / "first")
    company = matched_company()
    member = MembershipFactory(company=company, user=UserFactory(language="en")).user
    client.force_login(member)
    full_run()
    first, second = digits(place(1)), digits(place(2))
    assert shown_to(client, company) == {first, second}
    proposals = company_cards(member)[0].proposals
    stored = Match.objects.filter(company=company).count()

    # One click in a mail, by somebody without an account.
    answer = Client().post(links.path_for(first), {"List-Unsubscribe": "One-Click"})
    assert answer.status_code == 200

    # At once, although the rows are still there.
    assert shown_to(client, company) == {second}
    assert Match.objects.filter(company=company).count() == stored
    assert company_cards(member)[0].proposals < proposals
    match = Match.objects.filter(company=company, establishment=first).first()
    assert match is not None
    page = client.get(reverse("matching:match", args=[match.pk])).content.decode()
    assert "asked not to be proposed" in page
    assert ">Proposed<" not in page

    # The register comes in again, and the next night's run.
    imported(Extract().company(2).company(3), tmp_path / "second")
    assert standing_of(first).is_opted_out
    assert Establishment.objects.get(pk=first).is_active
    full_run()
    assert shown_to(client, company) == {second, digits(place(3))}
    assert shown_to(client, company, state="stale") == set()
    of_first = Match.objects.filter(company=company, establishment=first)
    assert set(of_first.values_list("is_stale", "proposed")) == {(True, False)}


def test_a_place_that_a_later_import_brings_is_no_candidate(tmp_path: Path) -> None:
    imported(Extract(), tmp_path / "first")
    matched_company()
    opt_out(number=digits(enterprise(1)), way=Way.LINK, now=timezone.now())
    assert candidates() == set()
    extract = Extract()
    new, owner = place(50), enterprise(1)
    extract.add("establishment", f'"{new}",04-05-2026,"{owner}"')
    extract.add(
        "address",
        f'"{new}","BAET",,,"2000","Antwerpen","Anvers","Nieuwstraat","Nieuwstraat","5",,,',
    )
    extract.add("activity", f'"{new}","001","2025","10820","MAIN"')
    imported(extract, tmp_path / "second")
    assert Establishment.objects.get(pk=digits(new)).is_active
    assert opted_out_places() == {digits(place(1)), digits(new)}
    assert candidates() == set()
    assert full_run().matches_count == 0


def test_a_number_that_was_merged_does_not_come_back(tmp_path: Path, client: Client) -> None:
    imported(Extract().company(2), tmp_path / "first")
    company = matched_company()
    client.force_login(MembershipFactory(company=company).user)
    full_run()
    old, new = digits(place(1)), digits(place(2))
    EstablishmentMerge.objects.create(
        loser=old, survivor=new, merged_at=timezone.now(), merged_by=UserFactory(), note="Zelfde"
    )
    assert shown_to(client, company) == {new}
    imported(Extract().company(2), tmp_path / "second")
    assert Establishment.objects.get(pk=old).is_active
    assert [row[0] for row in partner_rows()] == [int(new)]
    full_run()
    assert shown_to(client, company) == {new}
    asked = {"number": old}
    answer = client.get(reverse("matching:why_not", args=[company.pk]), asked)
    assert answer.context["establishment"].pk == new


def test_the_figures_of_government_leave_them_out() -> None:
    company = matched_company()
    match = stored_match(company, proposed=True)
    counts: Any = company_counts(Company.objects.all())
    assert (counts.matches, counts.proposals, counts.with_proposal) == (1, 1, 1)
    opt_out(number=match.establishment_id, way=Way.LINK, now=timezone.now())
    counts = company_counts(Company.objects.all())
    assert (counts.matches, counts.proposals, counts.with_proposal) == (0, 0, 0)
