"""The result page: earlier moments, other companies, and what the teams need."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness import services
from assessments.readiness.domain.benchmark import SizeBand
from assessments.readiness.models import Scan, SupportNeedShare
from assessments.readiness.pages.peers import SIZE_LABELS, State
from assessments.readiness.selectors import parts
from companies.profiles.enums import ConsentPurpose, MemberRole, VerificationStatus
from companies.profiles.models import Company, Membership
from companies.profiles.services import give_consent
from portal.accounts.models import User
from portal.accounts.roles import Role
from portal.common.choices import CELL_LABELS, PROVINCE_LABELS
from portal.common.vocabulary import Cell, Province
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    MembershipFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
    staff,
)
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db
ALL = ("wcmt", "e2e", "digital", "human", "network", "eco", "smart")
EVERYWHERE = dict.fromkeys(ALL, "3")


@pytest.fixture
def member() -> Membership:
    return MembershipFactory(role=MemberRole.OWNER)


@pytest.fixture
def owner(client: Client, member: Membership) -> Client:
    client.force_login(member.user)
    return client


def shown(client: Client, scan: Scan) -> Any:
    return client.get(reverse("readiness:result", args=[scan.pk]))


def of_the_kind(company: Company, cell: Cell = Cell.HANDLING_VERPAKKING) -> None:
    """Packaging with 30 FTE."""
    ActivityFactory(company=company, cell=cell.value)
    WorkforceCellFactory(workforce_year=WorkforceYearFactory(company=company), heads=40, fte=30)


def peers(user: User, count: int, codes: dict[str, str], **fields: Any) -> None:
    for _number in range(count):
        company = CompanyFactory(**fields)
        of_the_kind(company)
        give_consent(company_id=company.pk, purpose=ConsentPurpose.BENCHMARK, by=user)
        submitted_scan(company, user, codes)


class TestMoments:
    """T0, T1 and T2 side by side."""

    def test_the_step_since_the_moment_before_and_since_the_first(
        self, owner: Client, member: Membership
    ) -> None:
        for level in "2", "4":
            submitted_scan(member.company, member.user, EVERYWHERE | {"eco": level, "human": "na"})
        last = submitted_scan(member.company, member.user, EVERYWHERE | {"eco": "3"})
        page = shown(owner, last)
        result = page.context["result"]
        assert [scan.label for scan in result.moments] == ["T0", "T1", "T2"]
        assert [scan.label for scan in result.changed_since] == ["T1", "T0"]
        eco, human = result.transitions[5], result.transitions[3]
        assert (eco.history, eco.changes) == (("2,0", "4,0", "3,0"), ("−1,0", "+1,0"))
        assert human.changes == ("–", "–")
        assert result.overall_changes == ("−0,2", "+0,2")
        assert [line.label for line in page.context["series"]] == ["T2", "T1"]

    def test_the_first_moment_has_nothing_before_it(
        self, owner: Client, member: Membership
    ) -> None:
        first = submitted_scan(member.company, member.user, EVERYWHERE)
        submitted_scan(member.company, member.user, EVERYWHERE)
        result = shown(owner, first).context["result"]
        assert (result.changed_since, result.overall_changes) == ((), ())

    def test_between_two_moments_there_is_one_step(self, owner: Client, member: Membership) -> None:
        submitted_scan(member.company, member.user, EVERYWHERE)
        second = submitted_scan(member.company, member.user, EVERYWHERE)
        result = shown(owner, second).context["result"]
        assert [scan.label for scan in result.changed_since] == ["T0"]
        assert result.overall_changes == ("0,0",)


class TestPeers:
    """Other companies, never one of them."""

    def test_who_they_are_how_many_and_what_stands_out(
        self, owner: Client, member: Membership
    ) -> None:
        of_the_kind(member.company)
        peers(member.user, 3, EVERYWHERE)
        peers(member.user, 2, EVERYWHERE | {"eco": "na"}, province=Province.LIMBURG.value)
        scan = submitted_scan(
            member.company, member.user, EVERYWHERE | {"human": "4", "smart": "1", "eco": "5"}
        )
        page = shown(owner, scan)
        found = page.context["peers"]
        assert (found.state, found.companies) == (State.SHOWN, 5)
        assert found.who.startswith("5 ")
        assert str(CELL_LABELS[Cell.HANDLING_VERPAKKING]) in found.who
        assert str(SIZE_LABELS[SizeBand.FROM_20]) in found.who
        assert str(PROVINCE_LABELS[Province.ANTWERPEN]) not in found.who
        assert (found.overall.own, found.overall.peers, found.overall.companies) == (
            "3,1",
            "3,0",
            5,
        )
        eco = found.rows[5]
        # Three companies have a value for eco: five are needed, and it does not stand out.
        assert eco.companies == 3
        assert not eco.peers[0].isdigit()
        assert "+1,0" in found.stands_out
        assert "−2,0" in found.stands_out
        assert [line.values[5] for line in found.series] == [None]
        assert len(page.context["series"]) == 2

    @pytest.mark.parametrize(
        ("codes", "step"), [({"eco": "5"}, "+2,0"), ({"eco": "2"}, "−1,0"), ({}, "")]
    )
    def test_ahead_behind_or_level_everywhere(
        self, owner: Client, member: Membership, codes: dict[str, str], step: str
    ) -> None:
        peers(member.user, 5, EVERYWHERE)
        scan = submitted_scan(member.company, member.user, EVERYWHERE | codes)
        said = shown(owner, scan).context["peers"].stands_out
        assert step in said
        assert any(sign in said for sign in "+−") is bool(step)

    def test_nothing_in_common_to_compare(self, owner: Client, member: Membership) -> None:
        peers(member.user, 5, {"eco": "3"})
        scan = submitted_scan(member.company, member.user, {"human": "3"})
        found = shown(owner, scan).context["peers"]
        assert (found.state, found.stands_out) == (State.SHOWN, "")

    def test_too_few_says_so(self, owner: Client, member: Membership) -> None:
        peers(member.user, 4, EVERYWHERE)
        scan = submitted_scan(member.company, member.user, EVERYWHERE)
        page = shown(owner, scan)
        assert page.context["peers"].state == State.FEW
        assert (page.context["peers"].companies, page.context["peers"].rows) == (4, ())
        assert reverse("profiles:consents", args=[member.company_id]) in page.content.decode()

    def test_who_takes_part_is_not_asked_again(self, owner: Client, member: Membership) -> None:
        give_consent(company_id=member.company_id, purpose=ConsentPurpose.BENCHMARK, by=member.user)
        scan = submitted_scan(member.company, member.user, EVERYWHERE)
        page = shown(owner, scan)
        assert page.context["takes_part"]
        content = page.content.decode().split('id="peers-heading"')[1].split("</section>")[0]
        assert reverse("profiles:consents", args=[member.company_id]) not in content

    def test_a_company_that_nobody_verified_compares_with_nobody(
        self, owner: Client, member: Membership
    ) -> None:
        peers(member.user, 5, EVERYWHERE)
        Company.objects.filter(pk=member.company_id).update(status=VerificationStatus.PENDING)
        scan = submitted_scan(member.company, member.user, EVERYWHERE)
        page = shown(owner, scan)
        assert page.context["peers"].state == State.UNVERIFIED
        assert len(page.context["series"]) == 1

    def test_advisers_see_the_same_without_what_is_for_the_company(
        self, client: Client, member: Membership
    ) -> None:
        peers(member.user, 5, EVERYWHERE)
        scan = submitted_scan(member.company, member.user, EVERYWHERE)
        client.force_login(staff(Role.ADVISER, Province.ANTWERPEN))
        page = shown(client, scan)
        assert page.context["peers"].companies == 5
        assert page.context["peers"].lacks_traits
        assert reverse("profiles:activities", args=[member.company_id]) not in page.content.decode()


class TestSupport:
    """Aids held against what the teams need."""

    def needs(self, scan: Scan, **shares: str) -> None:
        for need, share in shares.items():
            SupportNeedShare.objects.create(scan=scan, need=need, share=share)

    def test_the_most_pressing_first_with_what_to_do(
        self, owner: Client, member: Membership
    ) -> None:
        scan = answered_scan(member.company, member.user, {"operator_support": "2"})
        self.needs(scan, motor="some", cognitive="most", sensory="none")
        page = shown(owner, scan)
        support = page.context["support"]
        assert [row.score for row in support.rows] == ["2,0"] * 3
        assert len(support.rows[0].aids) > len(support.rows[1].aids)
        assert str(support.rows[0].share) in support.advice
        module = scan.questionnaire.transitions.get(slug="operator_support")
        aids = list(module.statements.filter(needs__contains=["cognitive"]))
        first = next(aid for aid in aids if aid.step_nl in support.advice)
        assert first.impact / first.effort == max(aid.impact / aid.effort for aid in aids)

    @pytest.mark.parametrize("code", ["4", "unknown", "na"])
    def test_well_served_open_or_not_applicable(
        self, owner: Client, member: Membership, code: str
    ) -> None:
        scan = answered_scan(member.company, member.user, {"operator_support": code})
        self.needs(scan, cognitive="most")
        support = shown(owner, scan).context["support"]
        assert support.advice
        assert {aid.level for aid in support.rows[0].aids} != {""}

    def test_nothing_told_yet(self, owner: Client, member: Membership) -> None:
        scan = answered_scan(member.company, member.user, {"operator_support": "2"})
        page = shown(owner, scan)
        assert page.context["support"].rows == ()
        assert page.status_code == 200

    def test_a_version_without_the_module(self, owner: Client, member: Membership) -> None:
        scan = answered_scan(member.company, member.user, {"eco": "2"})
        draft = services.draft_from(questionnaire_id=scan.questionnaire_id)
        draft.transitions.exclude(kind="transition").delete()
        plain = services.publish_questionnaire(questionnaire_id=draft.pk, user=member.user)
        services.submit_scan(scan_id=scan.pk, user=member.user)
        later = answered_scan(member.company, member.user, {"eco": "2"})
        assert later.questionnaire == plain
        assert shown(owner, later).context["support"] is None


class TestQueries:
    """At most ten for everything on the page, navigation included, also in a fresh process."""

    @pytest.mark.parametrize(("fresh", "count"), [(False, 9), (True, 10)])
    def test_with_moments_peers_and_needs(  # noqa: PLR0917
        self,
        owner: Client,
        member: Membership,
        monkeypatch: pytest.MonkeyPatch,
        django_assert_num_queries: Any,
        fresh: bool,
        count: int,
    ) -> None:
        of_the_kind(member.company)
        peers(member.user, 5, EVERYWHERE)
        submitted_scan(member.company, member.user, EVERYWHERE)
        scan = answered_scan(member.company, member.user, EVERYWHERE | {"operator_support": "2"})
        SupportNeedShare.objects.create(scan=scan, need="motor", share="most")
        assert shown(owner, scan).context["peers"].state == State.SHOWN
        if fresh:
            monkeypatch.setattr(parts, "_kept", OrderedDict())
        with django_assert_num_queries(count):
            shown(owner, scan)
