"""Threats and trends on the overview, in both languages."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessments.opportunities import services
from assessments.opportunities.content.exposures import subject_texts, subjects
from assessments.opportunities.domain.exposures import SubjectKind
from assessments.opportunities.models import Assessment
from companies.profiles.services.facts import touch_facts
from portal.accounts.models import User
from tests.factories import CompanyFactory, MembershipFactory
from tests.opportunities.factories import metal_and_packing

SIX_THREATS = [
    "mondiale_concurrentie",
    "achterstand_fvdt",
    "minimale_groei",
    "kapitaalrisico",
    "technische_profielen",
    "zwakste_doelgroep",
]
FOUR_TRENDS = ["hypercompetitie", "industrie40", "klantgericht", "duurzaam"]


def test_the_six_threats_and_four_trends_of_the_study_are_told() -> None:
    found = {kind: [s.slug for s in subjects() if s.kind is kind] for kind in SubjectKind}
    assert found == {SubjectKind.THREAT: SIX_THREATS, SubjectKind.TREND: FOUR_TRENDS}
    for language in ("nl", "en"):
        texts = subject_texts(language)
        for subject in subjects():
            text = texts[subject.slug]
            assert text.title
            assert text.text.endswith(".")
            assert text.source
            assert all(text.reasons[sign].endswith(".") for sign in subject.signs)


def test_signs_of_a_subject_agree_on_the_direction_of_a_fact() -> None:
    """More of a fact raises an exposure or lowers it, never both."""
    for subject in subjects():
        directions = {}
        for sign in subject.signs:
            rising = sign.operator.value in {"gte", "true"}
            directions.setdefault(sign.fact, set()).add(sign.step if rising else -sign.step)
        assert all(len(seen) == 1 for seen in directions.values()), subject.slug


@pytest.fixture
def company(rule_set, now):
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    return company


def overview(client, company, language="en") -> str:
    user = MembershipFactory(company=company).user
    User.objects.filter(pk=user.pk).update(language=language)
    client.force_login(user)
    return client.get(reverse("opportunities:overview", args=[company.pk])).content.decode()


@pytest.mark.django_db
def test_a_threat_shows_its_level_why_and_where_the_facts_were_entered(client, company) -> None:
    html = overview(client, company)
    threat = html.split('id="exposure-mondiale_concurrentie"')[1].split("</article>")[0]
    # Relocatable work (40 %) raises it; small series (60 %) and just-in-time (40 %) lower it.
    assert "low" in threat
    assert "A large part of your work could also be done in a low-wage country." in threat
    assert "You work much in small series." in threat
    assert reverse("profiles:activities", args=[company.pk]) in threat
    assert "Still to tell" not in threat


@pytest.mark.django_db
def test_what_is_open_is_named_with_its_page(client, company) -> None:
    html = overview(client, company)
    threat = html.split('id="exposure-achterstand_fvdt"')[1].split("</article>")[0]
    assert "not known yet: low to high" in threat
    assert "Still to tell:" in threat
    assert reverse("readiness:overview", args=[company.pk]) in threat


@pytest.mark.django_db
def test_in_dutch_and_for_a_company_that_told_nothing(client, rule_set, now) -> None:
    company = CompanyFactory()
    services.assess_company(company_id=company.pk, now=now)
    html = overview(client, company, "nl")
    assert "De zwakste medewerkers verliezen hun werk" in html
    assert html.count('id="exposure-') == 10


@pytest.mark.django_db
def test_before_the_first_assessment_no_exposure_is_shown(client, rule_set) -> None:
    assert 'id="exposure-' not in overview(client, CompanyFactory())


@pytest.mark.django_db
def test_the_facts_of_the_latest_outcome_count(client, company, now) -> None:
    """An outcome that a rule set of the first release made knows fewer facts."""
    row = Assessment.objects.filter(company=company).first()
    old = {**row.explanation, "facts": {}}
    Assessment.objects.filter(company=company).update(explanation=old)
    assert "not known yet: low to high" in overview(client, company)
    touch_facts(company.pk)
    services.assess_company(company_id=company.pk, now=now)
    assert "You work much in small series." in overview(client, company)
