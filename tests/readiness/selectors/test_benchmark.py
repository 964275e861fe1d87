"""The peer benchmark in the database, against scores of companies taken one by one."""

from __future__ import annotations

import random
from collections.abc import Iterable
from fractions import Fraction
from itertools import product
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from assessments.readiness.domain.answers import AnswerKind
from assessments.readiness.domain.benchmark import WIDENING, Trait, size_band
from assessments.readiness.domain.scoring import ScanScore
from assessments.readiness.models import Answer, Questionnaire, Scan, Statement
from assessments.readiness.selectors import (
    Benchmark,
    benchmark_of,
    published_questionnaire,
    scan_scores,
)
from assessments.readiness.services import draft_from, publish_questionnaire
from companies.profiles.enums import ConsentPurpose, VerificationStatus
from companies.profiles.models import Activity, Company, WorkforceCell
from companies.profiles.services import give_consent, withdraw_consent
from portal.accounts.models import User
from portal.common.vocabulary import FLEMISH_PROVINCES, Cell
from tests.factories import (
    ActivityFactory,
    CompanyFactory,
    UserFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db
LEVELS = (*range(1, 6), "na", "unknown", None)


@pytest.fixture
def user() -> User:
    return UserFactory()


@pytest.fixture
def questionnaire() -> Questionnaire:
    found = published_questionnaire()
    assert found is not None
    return found


def taking_part(user: User, levels: dict[str, str] | None = None, **fields: Any) -> Company:
    """A company that agreed to the comparison, with one submitted scan."""
    company = CompanyFactory(**fields)
    give_consent(company_id=company.pk, purpose=ConsentPurpose.BENCHMARK, by=user)
    submitted_scan(company, user, levels or {"eco": "2"})
    return company


def compared(company: Company, questionnaire: Questionnaire, minimum: int = 5) -> Benchmark:
    return benchmark_of(company_id=company.pk, questionnaire=questionnaire, minimum=minimum)


class TestAgainstReference:
    """Random companies, each answer looked at on its own."""

    @pytest.fixture
    def world(self, user: User, questionnaire: Questionnaire) -> list[Company]:
        chance = random.Random(20261125)
        statements = list(Statement.objects.filter(transition__questionnaire=questionnaire))
        companies = []
        for _number in range(24):
            company = CompanyFactory(
                province=chance.choice(FLEMISH_PROVINCES[:2]).value,
                is_demo=chance.random() < 0.1,
                status=chance.choices(
                    [VerificationStatus.VERIFIED, VerificationStatus.PENDING], (9, 1)
                )[0],
            )
            self.facts(company, chance)
            if chance.random() < 0.85:
                give_consent(company_id=company.pk, purpose=ConsentPurpose.BENCHMARK, by=user)
            for moment in range(chance.randint(0, 2)):
                self.scan(company, user, moment, statements, chance)
            companies.append(company)
        return companies

    @staticmethod
    def facts(company: Company, chance: random.Random) -> None:
        cells = chance.sample([Cell.MAAK_HOUT, Cell.HANDLING_VERPAKKING], chance.randint(0, 2))
        for cell in cells:
            share = chance.choice([None, 30, 30, 40])
            ActivityFactory(company=company, cell=cell.value, turnover_share=share)
        for year in chance.sample([2023, 2024, 2025], chance.randint(0, 2)):
            stored = WorkforceYearFactory(company=company, year=year)
            for group in ("arbeidshandicap", "psychosociaal"):
                fte = chance.choice([0, 8, 12, 60])
                WorkforceCellFactory(workforce_year=stored, target_group=group, heads=99, fte=fte)

    @staticmethod
    def scan(
        company: Company,
        user: User,
        moment: int,
        statements: Iterable[Statement],
        chance: random.Random,
    ) -> None:
        scan = Scan.objects.create(
            company=company,
            questionnaire=published_questionnaire(),
            moment=moment,
            started_by=user,
        )
        rows = []
        for statement in statements:
            given = chance.choice(LEVELS)
            if given is None:
                continue
            kind = AnswerKind.LEVEL if isinstance(given, int) else AnswerKind(given)
            level = given if isinstance(given, int) else None
            rows.append(
                Answer(
                    scan=scan, statement=statement, kind=kind.value, level=level, answered_by=user
                )
            )
        Answer.objects.bulk_create(rows)
        Scan.objects.filter(pk=scan.pk).update(submitted_at=timezone.now(), submitted_by=user)

    @staticmethod
    def traits(company: Company) -> dict[Trait, object]:
        """Cell, size and province, each found the slow way; None for what is not told."""
        activities = [a for a in Activity.objects.filter(company=company) if a.cell]
        activities.sort(
            key=lambda a: (
                -1 if a.turnover_share is None else -a.turnover_share - 1,
                list(Cell).index(Cell(a.cell)),
            )
        )
        years = sorted(company.workforce_years.all(), key=lambda year: year.year)
        cells = WorkforceCell.objects.filter(workforce_year=years[-1]) if years else []
        return {
            Trait.CELL: activities[0].cell if activities else None,
            Trait.SIZE: size_band(sum(cell.fte for cell in cells) or None),
            Trait.PROVINCE: company.province,
        }

    @staticmethod
    def scores(company: Company) -> ScanScore | None:
        """What it brings into a comparison: its latest submitted scan, when it may count."""
        scan = company.scans.filter(submitted_at__isnull=False).order_by("moment").last()
        agrees = company.consents.filter(withdrawn_at=None).exists()
        if company.status != VerificationStatus.VERIFIED or not agrees or scan is None:
            return None
        return scan_scores([scan])[scan.pk]

    @staticmethod
    def expected(
        own: Company, known: dict[Company, tuple[dict[Trait, object], ScanScore | None]], least: int
    ) -> tuple[frozenset[Trait], int, dict[str, tuple[Fraction | None, int]]] | None:
        """Widen company by company; plain means over what is inside."""
        mine = known[own][0]
        for shared in WIDENING:
            inside = [
                scores
                for other, (theirs, scores) in known.items()
                if scores is not None
                and other != own
                and other.is_demo == own.is_demo
                and all(theirs[trait] == mine[trait] for trait in shared)
            ]
            if any(mine[trait] is None for trait in shared) or len(inside) < least:
                continue
            slugs = [part.slug for part in (*inside[0].transitions, *inside[0].modules)]
            found = {}
            for slug in (*slugs, "overall"):
                scores = [one.overall if slug == "overall" else one.of(slug) for one in inside]
                values = [s.value for s in scores if s is not None and s.value is not None]
                mean = sum(values, Fraction(0)) / len(values) if len(values) >= least else None
                found[slug] = (mean, len(values))
            return shared, len(inside), found
        return None

    def test_every_company_as_by_hand(
        self, world: list[Company], questionnaire: Questionnaire
    ) -> None:
        known = {company: (self.traits(company), self.scores(company)) for company in world}
        levels = set()
        for own, minimum in product(world, (2, 5, 30)):
            found = compared(own, questionnaire, minimum)
            expected = self.expected(own, known, minimum)
            if found.group is None or expected is None:
                assert found.group is expected is None
                continue
            shared, companies, means = expected
            assert (found.group.shared, found.group.companies) == (shared, companies)
            for slug, mean in means.items():
                ours = found.group.overall if slug == "overall" else found.group.of(slug)
                assert (ours.value, ours.companies) == mean
            levels.add(shared)
        # The world is varied enough to stop at narrow and at wide groups.
        assert {WIDENING[0], WIDENING[-1]} < levels


class TestWhoCounts:
    """A company counts as long as it agrees, and never in its own comparison."""

    @pytest.fixture
    def others(self, user: User) -> list[Company]:
        return [taking_part(user) for _number in range(5)]

    def test_own_scan_is_left_out(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        own = taking_part(user, {"eco": "5"})
        group = compared(own, questionnaire).group
        assert group is not None
        assert (group.of("eco").value, group.of("eco").companies) == (2, 5)

    def test_seeing_needs_no_consent(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        own = CompanyFactory()
        assert compared(own, questionnaire).companies == 5

    def test_a_withdrawal_counts_at_once(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        own = CompanyFactory()
        withdraw_consent(company_id=others[0].pk, purpose=ConsentPurpose.BENCHMARK, by=user)
        found = compared(own, questionnaire)
        assert (found.group, found.companies) == (None, 4)
        give_consent(company_id=others[0].pk, purpose=ConsentPurpose.BENCHMARK, by=user)
        assert compared(own, questionnaire).group is not None

    def test_consent_to_another_purpose_is_not_enough(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        purposes = ConsentPurpose.BENCHMARK, ConsentPurpose.SHARE_WITH_PARTNERS
        withdraw_consent(company_id=others[0].pk, purpose=purposes[0], by=user)
        give_consent(company_id=others[0].pk, purpose=purposes[1], by=user)
        assert compared(CompanyFactory(), questionnaire).companies == 4

    def test_consent_to_an_old_text_is_not_enough(
        self, others: list[Company], questionnaire: Questionnaire, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(
            "assessments.readiness.selectors.benchmark.versions_in_force", lambda _: ("2031-01",)
        )
        assert compared(CompanyFactory(), questionnaire).companies == 0

    @pytest.mark.parametrize(
        "change",
        [
            {"status": VerificationStatus.PENDING},
            {"is_demo": True},
            {"closed_at": "2026-11-25T10:00Z", "close_reason": "gestopt"},
        ],
    )
    def test_unverified_demo_and_closed_companies_do_not_count(
        self,
        user: User,
        others: list[Company],
        questionnaire: Questionnaire,
        change: dict[str, Any],
    ) -> None:
        if "closed_at" in change:
            change |= {"closed_by": user}
        Company.objects.filter(pk=others[0].pk).update(**change)
        assert compared(CompanyFactory(), questionnaire).companies == 4

    def test_demo_companies_meet_demo_companies(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        taking_part(user, is_demo=True)
        assert compared(CompanyFactory(is_demo=True), questionnaire).companies == 1

    def test_the_latest_submitted_scan_counts(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        submitted_scan(others[0], user, {"eco": "4"})
        answered_scan(others[0], user, {"eco": "5"})
        group = compared(CompanyFactory(), questionnaire).group
        assert group is not None
        assert group.of("eco").value == Fraction(4 + 2 * 4, 5)

    def test_another_version_does_not_compare(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        draft = draft_from(questionnaire_id=questionnaire.pk)
        newer = publish_questionnaire(questionnaire_id=draft.pk, user=user)
        submitted_scan(others[0], user, {"eco": "5"})
        own = CompanyFactory()
        assert compared(own, newer).companies == 1
        group = compared(own, questionnaire).group
        assert group is not None
        assert (group.companies, group.of("eco").value) == (5, 2)

    def test_a_part_with_too_few_values_stays_hidden(
        self, user: User, others: list[Company], questionnaire: Questionnaire
    ) -> None:
        submitted_scan(others[0], user, {"eco": "3", "human": "5"})
        group = compared(CompanyFactory(), questionnaire).group
        assert group is not None
        assert (group.of("human").value, group.of("human").companies) == (None, 1)
        assert group.of("eco").companies == 5

    def test_one_query_whatever_the_number_of_companies(
        self,
        others: list[Company],
        questionnaire: Questionnaire,
        django_assert_num_queries: Any,
    ) -> None:
        own = CompanyFactory()
        compared(own, questionnaire)
        with django_assert_num_queries(1):
            compared(own, questionnaire)


@pytest.mark.parametrize("few", ["4", "0"])
def test_no_installation_goes_below_five(monkeypatch: pytest.MonkeyPatch, few: str) -> None:
    import importlib
    import sys

    monkeypatch.setenv("READINESS_BENCHMARK_MINIMUM", few)
    before = sys.modules.pop("portal.settings")
    try:
        with pytest.raises(ImproperlyConfigured, match="READINESS_BENCHMARK_MINIMUM"):
            importlib.import_module("portal.settings")
    finally:
        sys.modules["portal.settings"] = before
