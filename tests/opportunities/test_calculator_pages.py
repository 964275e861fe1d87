"""The pages of the calculators, as people use them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.opportunities import selectors
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.forms.calculators import NAME
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company, WorkforceNorm
from portal.common.autosave import TOKEN_FIELD
from tests.access import rows
from tests.access.world import World
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_purchasing import STEEL
from tests.opportunities.pages import address, client_of, compared, new, text_of
from tests.opportunities.scenarios import BY_HAND, kept, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(world: World) -> Company:
    """This company; everybody reads Dutch."""
    return world.company


@pytest.fixture
def owner(world: World) -> Client:
    return client_of(world, rows.OWNER)


@pytest.fixture
def editor(world: World) -> Client:
    return client_of(world, rows.EDITOR)


# --- the examples by hand -------------------------------------------------------------------

FIGURES = {
    Calculator.RESHORING: [
        "prijs van de leverancier × wisselkoers 10 × 0,9 = € 9,00 per stuk",
        "€ 9,00 € 32.850,00 Zeker",
        "(1 − 10 %) × 0,5 + 10 % × 3 = € 0,75 per stuk",
        "1,65 × √(16 × 3^2 + (3.650 ÷ 365)^2 × 1,6^2) = 33 stuks",
        "€ 10,7827",  # landed cost
        "Waarde van een korte levertijd (niet meegeteld)",
        "Maatwerk 5 Levertijd 4",  # strategic, apart
    ],
    Calculator.OWN_PRODUCT: [
        "U dekt uw kosten vanaf 813 stuks per jaar: 40,65 % van de markt.",
        "45 ÷ 60 × 16 = € 12,00 per stuk",
        "15.000 ÷ 3 = € 5.000,00 per jaar",
        "Verwachte winst",
        "€ 6.000,00 per jaar",
    ],
    Calculator.ENCLAVE: [
        "Begeleiders over: 0,5 VTE.",
        "3,5 ÷ 7 + 5 ÷ 10 + 6,5 ÷ 13 = 1,5 VTE",
        "300.000 ÷ 1.200.000 × 100 = 25 %",
        "Laatste dag om te melden 3 januari 2027",
    ],
    Calculator.INVESTMENT: [
        "De investering verdient zichzelf terug in 1,8 jaar.",
        "3.000 + 25 % × 60.000 = € 18.000,00",
        "40.000 × (4 % − 1,5 %) × 8 = € 8.000,00 per jaar",
        "42.000 ÷ max(23.000; 0) = 1,8 jaar",
        "2 € 35.100,00 € 16.100,00 € 29.008,26",  # last year: cash, added up, in today's money
    ],
    Calculator.PURCHASING: [
        "Samen bespaart u € 900,00 per jaar (7,96 %).",
        "Wilg € 2.600,00 € 2.080,00 € 520,00 20 % Bespaart",
        "Berk leeg € 2.600,00 leeg leeg Nog niet bekend",
        "500 × 2.000 ÷ 12.500 = € 80,00 per jaar",
        "Nog 7.500 stuks per jaar erbij en de prijs wordt € 0,95 per stuk.",
        "Niet meegeteld: geen prijs bekend Berk",
    ],
}


@pytest.mark.parametrize("calculator", list(Calculator))
def test_the_example_by_hand_comes_out_on_the_page(
    owner: Client, company: Company, calculator: Calculator
) -> None:
    page = owner.post(new(company, calculator), typed(calculator, BY_HAND[calculator]))
    assert page.status_code == 200
    text = text_of(page)
    for figure in FIGURES[calculator]:
        assert figure in text
    assert not Scenario.objects.exists()


@pytest.mark.parametrize("calculator", list(Calculator))
def test_a_calculation_is_kept_shown_again_and_kept_unchanged(
    owner: Client, company: Company, calculator: Calculator
) -> None:
    sent = typed(calculator, BY_HAND[calculator], **{NAME: "Mijn plan", "save": "yes"})
    scenario = owner.post(new(company, calculator), sent, follow=True)
    kept_one = Scenario.objects.get()
    assert scenario.redirect_chain == [(address(kept_one), 302)]
    text = text_of(scenario)
    assert "“Mijn plan” is bewaard." in text
    for figure in FIGURES[calculator]:
        assert figure in text
    assert selectors.inputs_of(kept_one) == BY_HAND[calculator]
    assert "Telt mee" not in text


# --- bad input, empty lines -----------------------------------------------------------------


def test_bad_input_keeps_what_was_typed_and_shows_no_outcome(
    owner: Client, company: Company
) -> None:
    bad = {"price": "veel", "material_cost": "-5", "staff_cost": "€ 1.234,56", "turnover": "1,2,3"}
    sent = typed(Calculator.OWN_PRODUCT, BY_HAND[Calculator.OWN_PRODUCT], **bad)
    page = owner.post(new(company, Calculator.OWN_PRODUCT), sent)
    assert page.status_code == 422
    html = page.content.decode()
    for value in bad.values():
        assert f'value="{value}"' in html
    assert page.context["result"] is None
    text = text_of(page)
    assert "Verkoopprijs per stuk: Dit is geen getal." in text
    assert "Materiaal per stuk: Een getal onder 0 kan hier niet kloppen. Typ 0 of meer." in text
    assert 'href="#id_price"' in html
    assert not re.search(r'<a href="#id_staff_cost">', html)


@pytest.mark.parametrize("calculator", list(Calculator))
def test_whatever_is_typed_in_every_field_is_kept_with_its_message(
    owner: Client, company: Company, calculator: Calculator
) -> None:
    inputs = BY_HAND[calculator]
    fields = [spec.name for spec in CALCULATORS[calculator].fields]
    numbers = [name for name in fields if isinstance(getattr(inputs, name), Decimal)]
    assert numbers
    for text in ("-5", "abc", "", "€ 1.234,56", "1e9", "99999999999999"):
        sent = typed(calculator, inputs, **dict.fromkeys(numbers, text))
        page = owner.post(new(company, calculator), sent)
        assert page.status_code in {200, 422}, text
        html = page.content.decode()
        for name in numbers if text else ():
            tag = re.search(rf'<input[^>]*id="id_{name}"[^>]*>', html)
            assert tag is not None, name
            assert f'value="{text}"' in tag[0], name
        if text in {"abc", "1e9", "99999999999999"}:
            assert page.status_code == 422
            assert page.context["result"] is None
            assert [n for n in numbers if f'href="#id_{n}"' not in html] == [], text


def test_an_empty_line_stays_empty_with_the_way_to_its_field(
    owner: Client, company: Company
) -> None:
    eight = {
        "volume": "12000", "foreign_price": "4,10", "exchange_rate": "0,92",
        "sea_freight": "€ 0,34", "duty_percent": "2,7 %", "local_minutes": "6",
        "local_wage": "24,50", "material_cost": "1,20", "air_share_percent": "0",
    }  # fmt: skip
    page = owner.post(new(company, Calculator.RESHORING), eight)
    text, html = text_of(page), page.content.decode()
    # 3,772 + 0,34 + 2,7 % × (3,772 + …): the freight up to the border is not filled in.
    assert "Hier maken is 12,98 % goedkoper" in text or "Hier maken is" in text
    assert "Verpakking. Vul in: Verpakking per stuk" in text
    assert '<a href="#id_packaging_cost">Verpakking per stuk</a>' in html
    assert "zonder" in text
    empty = page.context["result"].empty_count
    assert f"{empty} regels zijn leeg omdat cijfers ontbreken. Die tellen niet als 0" in text
    carbon = next(s for s in page.context["result"].sections if s.slug == "climate")
    assert carbon.lines == []
    assert "Er is nog geen vooruitblik. Vul in:" in text


def test_a_figure_that_cannot_exist_says_so(owner: Client, company: Company) -> None:
    sent = typed(
        Calculator.OWN_PRODUCT, replace(BY_HAND[Calculator.OWN_PRODUCT], price=Decimal(10))
    )
    text = text_of(owner.post(new(company, Calculator.OWN_PRODUCT), sent))
    assert "bestaat niet" in text
    assert "Geen enkel aantal dekt uw kosten." in text
    assert "Bron: De cijfers die u invulde." in text


def test_a_doubtful_number_is_shown_as_read_and_told_once_kept(
    owner: Client, company: Company
) -> None:
    sent = typed(Calculator.INVESTMENT, COBOT, capital="50.000", **{NAME: "Plan"})
    text = text_of(owner.post(new(company, Calculator.INVESTMENT), sent))
    assert "Begrepen als 50000, een geheel getal." in text
    kept_page = owner.post(new(company, Calculator.INVESTMENT), sent | {"save": "yes"}, follow=True)
    assert "Aankoop: Begrepen als 50000, een geheel getal." in text_of(kept_page)
    assert Scenario.objects.get().inputs["capital"] == "50000"


@pytest.mark.parametrize("calculator", list(Calculator))
@pytest.mark.parametrize("persona", [rows.OWNER, rows.READER, rows.ADVISER])
def test_each_calculator_opens_in_both_languages(
    world: World, company: Company, calculator: Calculator, persona: str
) -> None:
    for language in ("nl", "en"):
        page = client_of(world, persona, language).get(new(company, calculator))
        assert page.status_code == 200
        assert ('name="save"' in page.content.decode()) is (persona == rows.OWNER)


def test_rows_are_added_without_a_calculation(owner: Client, company: Company) -> None:
    sent = typed(Calculator.PURCHASING, STEEL, more_rows="members")
    page = owner.post(new(company, Calculator.PURCHASING), sent)
    assert page.context["result"] is None
    assert 'name="members-7-name"' in page.content.decode()
    assert 'value="Wilg"' in page.content.decode()


# --- what cannot be calculated any more -----------------------------------------------------


def test_a_scenario_of_another_time_opens_with_its_messages(
    owner: Client, company: Company
) -> None:
    scenario = kept(company, "Oud", counts=True)
    Scenario.objects.filter(pk=scenario.pk).update(inputs={"capital": "-5.5", "years": "2"})
    page = owner.get(address(scenario))
    assert page.status_code == 200
    text, html = text_of(page), page.content.decode()
    assert "Het rekenblad vraagt iets anders dan toen dit scenario werd bewaard." in text
    assert "Aankoop: Een getal onder 0 kan hier niet kloppen." in text
    assert 'value="-5,5"' in html
    overview = text_of(owner.get(reverse("opportunities:calculators", args=[company.pk])))
    assert "Dit scenario kan niet meer berekend worden." in overview
    text = text_of(compared(owner, company, scenario, kept(company, "Nieuw")))
    assert "Deze scenario's kunnen niet meer berekend worden." in text
    # Somebody with an older page is told as well, and whoever saw it can save it.
    sent = {NAME: "Oud", TOKEN_FIELD: "ouder", "save": "yes"}
    stale = owner.post(address(scenario), typed(Calculator.INVESTMENT, COBOT, **sent))
    assert stale.status_code == 409
    sent[TOKEN_FIELD] = page.context["token"]
    assert (
        owner.post(address(scenario), typed(Calculator.INVESTMENT, COBOT, **sent)).status_code
        == 302
    )


def test_without_a_norm_the_planner_says_so(owner: Client, company: Company) -> None:
    company.workforce_years.all().delete()
    scenario = kept(company, calculator=Calculator.ENCLAVE, counts=True)
    company.workforce_years.model.objects.all().delete()
    WorkforceNorm.objects.all().delete()
    assert "Er is geen norm voor begeleiders van kracht" in text_of(owner.get(address(scenario)))
    assert owner.get(reverse("opportunities:calculators", args=[company.pk])).status_code == 200


def test_the_planner_looks_at_the_calendar(owner: Client, company: Company) -> None:
    today = timezone.localdate()
    late = replace(BY_HAND[Calculator.ENCLAVE], start=today, notified=None)
    soon = replace(late, start=today + timedelta(days=1))
    texts = [
        text_of(owner.post(new(company, Calculator.ENCLAVE), typed(Calculator.ENCLAVE, inputs)))
        for inputs in (late, soon)
    ]
    assert "U kunt niet meer op tijd melden" in texts[0]
    assert "1 punt staat deze enclave in de weg." in texts[0]
    assert "Meld de enclave aan het departement, ten laatste op" in texts[1]
    assert "Bron: Vragen en antwoorden over collectief maatwerk" in texts[1]


# --- how much it asks of the database -------------------------------------------------------


@pytest.mark.parametrize("count", [0, 5, 50])
def test_the_list_takes_as_many_queries_whatever_is_kept(
    owner: Client, company: Company, count: int, django_assert_max_num_queries
) -> None:
    for number in range(count):
        kept(company, str(number), counts=number == 0)
    url = reverse("opportunities:calculators", args=[company.pk])
    owner.get(url)
    with django_assert_max_num_queries(9):
        page = owner.get(url)
    assert page.content.decode().count('name="with"') == (count if count > 1 else 0)


def test_a_scenario_takes_few_queries(
    owner: Client, company: Company, django_assert_max_num_queries
) -> None:
    scenario = kept(company, calculator=Calculator.RESHORING)
    owner.get(address(scenario))
    with django_assert_max_num_queries(9):
        owner.get(address(scenario))
    other = kept(company, "B", calculator=Calculator.RESHORING)
    url = reverse("opportunities:scenario_compare", args=[company.pk, "reshoring"])
    with django_assert_max_num_queries(9):
        owner.get(url, {"with": [scenario.pk, other.pk]})
