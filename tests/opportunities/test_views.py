"""What a company reads about its five opportunities."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from assessments.opportunities import services
from assessments.opportunities.models import Assessment, RuleSet
from assessments.readiness.models import SupportMeasure
from companies.profiles.models import Company
from companies.profiles.services.facts import touch_facts
from portal.accounts.models import User
from portal.common.versioned import VersionStatus
from portal.common.vocabulary import Opportunity
from tests.factories import CompanyFactory, MembershipFactory
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(rule_set, now) -> Company:
    company = metal_and_packing()
    services.assess_company(company_id=company.pk, now=now)
    return company


@pytest.fixture
def reader(client, company):
    """Reads in English, so that the tests read well."""
    user = MembershipFactory(company=company).user
    user.language = "en"
    user.save(update_fields=["language"])
    client.force_login(user)
    return client


def overview(client, company) -> str:
    return client.get(reverse("opportunities:overview", args=[company.pk])).content.decode()


def detail(client, company, opportunity: str) -> str:
    url = reverse("opportunities:detail", args=[company.pk, opportunity])
    return client.get(url).content.decode()


def test_the_overview_shows_five_verdicts_and_why(reader, company) -> None:
    html = overview(reader, company)
    for opportunity in Opportunity:
        assert reverse("opportunities:detail", args=[company.pk, opportunity.value]) in html
    assert "All four criteria are favourable." in html
    assert "This can still become medium to high." in html
    assert "Being recalculated" not in html


def test_the_overview_takes_few_queries(reader, company, django_assert_max_num_queries) -> None:
    overview(reader, company)
    with django_assert_max_num_queries(10):
        overview(reader, company)


def test_the_detail_takes_few_queries(reader, company, django_assert_max_num_queries) -> None:
    detail(reader, company, "reshoring")
    with django_assert_max_num_queries(16):
        detail(reader, company, "reshoring")


def test_facts_that_moved_are_announced(reader, company) -> None:
    touch_facts(company.pk)
    html = overview(reader, company)
    assert "Being recalculated" in html
    assert 'hx-trigger="every 3s"' in html
    assert "Being recalculated" in detail(reader, company, "enclave")


def test_a_criterion_shows_its_facts_rules_and_where_they_were_entered(reader, company) -> None:
    html = detail(reader, company, "enclave")
    assert "Making: metal (60%): favourable" in html
    assert "You already have a team in an enclave. You know how it works." in html
    assert "Number of enclaves</a>: 3." in html
    assert reverse("profiles:current_work", args=[company.pk]) in html


def test_unknown_facts_become_questions_with_a_link(reader, company) -> None:
    html = detail(reader, company, "fvdt")
    assert "Questions that are still open" in html
    assert "Which aids and instructions do your people get?" in html
    assert reverse("readiness:overview", args=[company.pk]) in html


def test_the_way_up_names_concrete_facts(reader, company) -> None:
    html = detail(reader, company, "eigen_producten")
    assert "To be sure of: High" in html
    assert "Experience in sales, marketing or product development</a>: yes (now no)" in html


def test_a_calculation_that_nobody_made_is_offered(reader, company) -> None:
    html = detail(reader, company, "samenwerking")
    assert "1 reason that you can calculate" in html
    assert "Saving by buying together</a>: not calculated yet." in html


def test_a_half_known_criterion_says_what_it_can_become(reader, company, now) -> None:
    SupportMeasure.objects.filter(slug="investeringsoproep").update(valid_from="2026-01-01")
    services.assess_company(company_id=company.pk, now=now)
    assert "Neutral or favourable: " in overview(reader, company)


def test_a_criterion_that_is_not_favourable_names_the_support_that_can_help(
    reader, company
) -> None:
    SupportMeasure.objects.filter(slug="investeringsoproep").update(valid_until="2099-06-30")
    html = detail(reader, company, "fvdt")
    investment = html.split('id="criterion-investering"')[1].split("</article>")[0]
    assert "Investment call for sheltered-work companies" in investment
    assert re.search(r"until [^<]*2099", investment)
    assert "No dates are known yet" in investment  # of another one, without dates
    demand = html.split('id="criterion-vraag"')[1].split("</article>")[0]
    assert "Support that can help" not in demand  # favourable already
    SupportMeasure.objects.filter(slug="investeringsoproep").update(valid_until="2026-01-31")
    assert "Investment call for" not in detail(reader, company, "fvdt")


def test_a_call_without_dates_is_told_but_does_not_count(reader, company) -> None:
    SupportMeasure.objects.exclude(slug="investeringsoproep").delete()
    html = detail(reader, company, "fvdt")
    investment = html.split('id="criterion-investering"')[1].split("</article>")[0]
    told = "No dates are known yet, so this does not count as open. Ask your adviser."
    assert told in investment
    assert "There is now a call or subsidy" not in investment.split("does not apply to you")[0]
    SupportMeasure.objects.update(valid_from="2026-01-01", valid_until="2099-06-30")
    assert told not in detail(reader, company, "fvdt")


def test_at_the_top_no_way_up_is_shown(reader, company) -> None:
    html = detail(reader, company, "enclave")
    assert "To be sure of" not in html
    assert "To reach" not in html


def test_dutch_is_the_other_language(reader, company) -> None:
    User.objects.filter(pk=reader.session["_auth_user_id"]).update(language="nl")
    html = detail(reader, company, "enclave")
    assert "U hebt al een team in een enclave." in html
    assert "Een team werkt met een eigen begeleider" in html


def test_history_tells_what_moved(reader, company, now) -> None:
    company.workforce_years.all().delete()
    touch_facts(company.pk)
    services.assess_company(company_id=company.pk, now=now)
    html = detail(reader, company, "enclave")
    assert "Investment needed: from favourable to not known yet" in html


def test_old_workforce_figures_are_mentioned(reader, company, now) -> None:
    company.workforce_years.update(year=2021)
    touch_facts(company.pk)
    services.assess_company(company_id=company.pk, now=now)
    assert "The workforce figures are of 2021." in detail(reader, company, "enclave")


def test_a_new_company_sees_that_its_verdicts_are_coming(client, rule_set) -> None:
    company = CompanyFactory()
    client.force_login(MembershipFactory(company=company).user)
    for html in (overview(client, company), detail(client, company, "fvdt")):
        assert 'hx-trigger="every 3s"' in html


def test_without_rules_the_page_says_so(reader, company) -> None:
    Assessment.objects.all().delete()
    RuleSet.objects.filter(status=VersionStatus.PUBLISHED).update(status=VersionStatus.RETIRED)
    html = overview(reader, company)
    assert "Nothing to show yet" in html


def test_an_opportunity_that_does_not_exist_is_not_found(reader, company) -> None:
    url = reverse("opportunities:detail", args=[company.pk, "loterij"])
    assert reader.get(url).status_code == 404


def test_every_page_of_every_opportunity_reads_for_a_company_that_told_nothing(
    client, rule_set, now
) -> None:
    company = CompanyFactory()
    client.force_login(MembershipFactory(company=company).user)
    services.assess_company(company_id=company.pk, now=now)
    for opportunity in Opportunity:
        url = reverse("opportunities:detail", args=[company.pk, opportunity.value])
        assert client.get(url).status_code == 200
