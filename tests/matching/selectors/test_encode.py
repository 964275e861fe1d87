"""Encode: rows of five rooms become one frozen problem."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import timezone

from assessments.matching.domain.fingerprint import fingerprint
from assessments.matching.domain.problem import Activity, Need, Terms
from assessments.matching.models import Policy
from assessments.matching.selectors.encode import box_around, encode, partner_rows
from assessments.matching.selectors.policies import published_policy
from companies.profiles.models import Competence
from companies.profiles.services import EstablishmentInput, set_establishments
from companies.register.models import Classification, PostalPoint, WatchedNace
from portal.common.vocabulary import Cell, Opportunity, Verdict
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    EstablishmentActivityFactory,
    OpportunityOfferFactory,
    OptOutFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
    checked,
)
from tests.matching.factories import (
    HOME_X,
    HOME_Y,
    assess,
    chocolate_maker,
    judge,
    matched_company,
)

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture
def policy() -> Policy:
    found = published_policy()
    assert found is not None
    return found


def test_a_company_is_told_in_the_words_of_the_domain(policy: Policy) -> None:
    company = matched_company(enterprise_number=checked(4_000_000))
    company.activities.update(turnover_share=60)
    ActivityFactory(
        company=company, cell=None, description="Magazijn", nace_code="52100", turnover_share=None
    )
    CompanyEstablishmentFactory(company=company, x_m=None, y_m=None)
    OpportunityOfferFactory(company=company)
    customer = checked(4_100_000)
    company.customers.create(
        name="Klant", enterprise_number=customer, nace_division="10", turnover_share=30
    )
    assess(company, Verdict.ONVOLLEDIG, lowest_verdict=Verdict.LAAG)
    encoded = encode(policy, today=TODAY)
    (value,) = encoded.problem.companies
    assert value.number == int(checked(4_000_000))
    assert encoded.company_ids == {value.number: company.pk}
    assert value.points == ((HOME_X, HOME_Y),)  # a place without a point counts for nothing
    assert value.activities == (
        Activity("2025:52100", None),
        Activity(Cell.HANDLING_VERPAKKING.value, 60),
    )
    assert set(value.verdicts.values()) == {Verdict.LAAG}
    offer = value.offers[Opportunity.ENCLAVE]
    assert (offer.radius_m, offer.amount, offer.unit) == (25_000, 6, "places")
    assert [(c.enterprise, c.division, c.share) for c in value.customers] == [
        (int(customer), "10", 30)
    ]
    assert value.guides_fte == 500


def test_the_verdict_of_an_adviser_counts_while_it_is_in_force(policy: Policy) -> None:
    company = matched_company(Verdict.HOOG)
    chocolate_maker()
    before = encode(policy, today=TODAY)
    judge(company, Opportunity.ENCLAVE, Verdict.LAAG)
    during = encode(policy, today=TODAY)
    (value,) = during.problem.companies
    assert value.verdicts[Opportunity.ENCLAVE] is Verdict.LAAG
    assert value.verdicts[Opportunity.FVDT] is Verdict.HOOG
    assert fingerprint(during.problem) != fingerprint(before.problem)
    assert during.seen != before.seen
    company.verdict_overrides.update(ended_at=timezone.now(), ended_by=UserFactory())
    after = encode(policy, today=TODAY)
    assert fingerprint(after.problem) == fingerprint(before.problem)
    assert after.seen == before.seen


def test_a_partner_is_told_with_its_codes_and_terms(policy: Policy) -> None:
    matched_company()
    place = chocolate_maker()
    EstablishmentActivityFactory(
        establishment=place, code="82920", classification=Classification.ANCILLARY
    )
    partner = PartnerFactory(establishment=place)
    OptOutFactory(number=place.number)
    need = PartnerNeedFactory(partner=partner, radius_km=8)
    certificate = Competence.objects.filter(is_certificate=True).first()
    skill = Competence.objects.filter(is_certificate=False).first()
    assert certificate is not None
    assert skill is not None
    need.competences.set([certificate, skill])
    partners = encode(policy, today=TODAY).problem.partners
    row = partners.index_of(int(place.number))
    assert row is not None
    assert partners.profiles[int(partners.profile[row])] == (
        ("2025", "10820", "MAIN"),
        ("2025", "82920", "ANCI"),
    )
    asked = frozenset({certificate.slug, skill.slug})
    assert partners.terms[int(place.number)] == Terms(
        opted_out=True,
        needs={Opportunity.ENCLAVE: Need(8, "places", 8_000, asked, frozenset({certificate.slug}))},
    )


def test_only_what_is_sought_today_counts(policy: Policy) -> None:
    def sought(**fields: Any) -> bool:
        partner = PartnerFactory(establishment=chocolate_maker(), **fields.pop("partner", {}))
        PartnerNeedFactory(partner=partner, **fields)
        terms = encode(policy, today=TODAY).problem.partners.terms
        return Opportunity.ENCLAVE in terms[int(partner.establishment_id)].needs

    somebody, now = UserFactory(), timezone.now()
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    assert sought(ends_on=TODAY)
    assert sought(starts_on=tomorrow)
    assert not sought(ends_on=yesterday)
    assert not sought(closed_at=now, closed_by=somebody)
    waiting = {"status": "pending", "signed_up_at": now, "signed_up_by": somebody}
    assert not sought(partner=waiting)
    assert not sought(partner=waiting | {"status": "declined"})


def test_closed_places_are_left_out_unless_asked_for() -> None:
    closed = chocolate_maker(is_active=False)
    of_closed = chocolate_maker(enterprise__is_active=False)
    without_codes = chocolate_maker()
    without_codes.activities.all().delete()
    there = chocolate_maker()
    assert [row[0] for row in partner_rows()] == [int(there.number)]
    for asked in (closed, of_closed, without_codes):
        found = {row[0]: row[4] for row in partner_rows(number=asked.number)}
        assert found[int(asked.number)] is (asked is without_codes)


def test_one_company_reads_only_what_lies_near(policy: Policy) -> None:
    company = matched_company()
    near, far = chocolate_maker(km_east=149), chocolate_maker(km_east=152)
    lost = chocolate_maker(x_m=None, y_m=None)
    problem = encode(policy, today=TODAY, company_id=company.pk).problem
    assert problem.partners.number.tolist() == [int(near.number)]
    assert len(encode(policy, today=TODAY).problem.partners) == 3
    assert box_around((), 1) is None
    del far, lost


def test_affinity_asks_for_a_watched_code(policy: Policy) -> None:
    value = encode(policy, today=TODAY).problem.policy
    assert value.is_watched(Opportunity.ENCLAVE, "2025", "10820")
    WatchedNace.objects.filter(opportunity="enclave", version="2025", prefix="10").delete()
    value = encode(policy, today=TODAY).problem.policy
    assert not value.is_watched(Opportunity.ENCLAVE, "2025", "10820")


def test_the_hash_follows_what_is_looked_at_and_nothing_else(policy: Policy) -> None:
    company = matched_company()
    place = chocolate_maker()
    before = fingerprint(encode(policy, today=TODAY).problem)
    type(company).objects.update(name="Een andere naam vzw")
    type(place).objects.update(name="Een andere naam nv")
    assert fingerprint(encode(policy, today=TODAY).problem) == before
    company.activities.update(turnover_share=40)
    assert fingerprint(encode(policy, today=TODAY).problem) != before


def test_the_number_of_queries_is_fixed(policy: Policy, django_assert_num_queries: Any) -> None:
    for _ in range(3):
        matched_company()
    for km in (1, 2, 3):
        PartnerNeedFactory(partner=PartnerFactory(establishment=chocolate_maker(km_east=km)))
    with django_assert_num_queries(24):
        encode(policy, today=TODAY)


def test_distances_count_from_a_point_of_the_companys_own(policy: Policy) -> None:
    company = matched_company()
    own = (HOME_X + 1_000, HOME_Y + 2_000)
    set_establishments(
        company_id=company.pk,
        establishments=[
            EstablishmentInput(postcode="2000", own_point=own),
            EstablishmentInput(postcode="9000"),
        ],
    )
    ghent = PostalPoint.objects.get(pk="9000")
    (value,) = encode(policy, today=TODAY).problem.companies
    assert value.points == tuple(sorted((own, (ghent.x_m, ghent.y_m))))
