"""The pages of the calculators, as people use them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from html import unescape
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.html import strip_tags

from assessments.opportunities import selectors, services
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.forms.calculators import NAME
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company, WorkforceNorm
from portal.common.autosave import TOKEN_FIELD
from tests.access import rows
from tests.access.world import World
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_purchasing import STEEL, member
from tests.opportunities.domain.calculators.test_reshoring import FULL
from tests.opportunities.scenarios import BY_HAND, kept, typed

pytestmark = pytest.mark.django_db


@pytest.fixture
def company(world: World) -> Company:
    """This company; everybody reads Dutch."""
    return world.company


def client_of(world: World, persona: str, language: str = "nl") -> Client:
    person = world.people[persona]
    person.language = language
    person.save(update_fields=["language"])
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def owner(world: World) -> Client:
    return client_of(world, rows.OWNER)


@pytest.fixture
def editor(world: World) -> Client:
    return client_of(world, rows.EDITOR)


def text_of(response: Any) -> str:
    """What stands on the page, without markup, blanks folded and made plain."""
    html = response.content.decode()
    assert "{{" not in html
    assert "{%" not in html
    html = html.replace("</td>", " </td>").replace("</th>", " </th>")
    return " ".join(unescape(strip_tags(html)).replace("\u00a0", " ").split())


def new(company: Company, calculator: Calculator) -> str:
    return reverse("opportunities:calculator", args=[company.pk, calculator.value])


def address(scenario: Scenario, what: str = "scenario") -> str:
    return reverse(f"opportunities:{what}", args=[scenario.company_id, scenario.pk])


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


# --- keeping, and two people ----------------------------------------------------------------


def test_a_name_that_is_taken_is_told_at_its_field(owner: Client, company: Company) -> None:
    kept(company, "Plan")
    sent = typed(Calculator.INVESTMENT, COBOT, **{NAME: "pLAN", "save": "yes"})
    page = owner.post(new(company, Calculator.INVESTMENT), sent)
    assert page.status_code == 422
    assert "Er is al een scenario met deze naam." in text_of(page)
    assert 'value="pLAN"' in page.content.decode()
    assert Scenario.objects.count() == 1


def test_somebody_who_was_first_is_shown_and_nothing_is_lost(
    owner: Client, editor: Client, company: Company
) -> None:
    scenario = kept(company, "Plan")
    token = owner.get(address(scenario)).context["token"]

    def save(client: Client, **changes: str) -> Any:
        sent = {NAME: "Plan", TOKEN_FIELD: token, "save": "yes"} | changes
        return client.post(address(scenario), typed(Calculator.INVESTMENT, COBOT, **sent))

    assert save(editor, capital="40000", years="").status_code == 302
    page = save(owner, capital="30000", **{NAME: "Ons plan"})
    assert page.status_code == 409
    text = text_of(page)
    assert "Nog niet bewaard: iemand anders wijzigde dit scenario" in text
    assert "Naam van dit scenario Plan Ons plan" in text
    assert "Aankoop € 40.000 € 30.000" in text
    assert "Aantal jaren – 2 jaar" in text
    assert 'value="30000"' in page.content.decode()
    scenario.refresh_from_db()
    assert (scenario.inputs["capital"], "years" in scenario.inputs) == ("40000", False)

    token = page.context["token"]
    assert save(owner, capital="30000", **{NAME: "Ons plan"}).status_code == 302
    scenario.refresh_from_db()
    assert (scenario.name, scenario.inputs["capital"]) == ("Ons plan", "30000")


def test_rows_of_somebody_else_are_shown_row_by_row(
    owner: Client, editor: Client, company: Company
) -> None:
    scenario = kept(company, "Staal", calculator=Calculator.PURCHASING)
    token = owner.get(address(scenario)).context["token"]
    theirs = replace(STEEL, members=(member("Wilg", 2000, "1.40"), *STEEL.members[1:]))
    sent = {NAME: "Staal", TOKEN_FIELD: token, "save": "yes"}
    editor.post(address(scenario), typed(Calculator.PURCHASING, theirs, **sent))
    mine = replace(STEEL, joint_cost=Decimal(0))
    text = text_of(owner.post(address(scenario), typed(Calculator.PURCHASING, mine, **sent)))
    # Typed zero against what the other one left, and the row that differs.
    assert "Kost van samen kopen € 500 per jaar € 0 per jaar" in text
    assert (
        "Leden 1 Wilg; 2.000 stuks per jaar; € 1,4 per stuk "
        "Wilg; 2.000 stuks per jaar; € 1,3 per stuk"
    ) in text


@pytest.mark.parametrize("at_the_last_moment", [False, True])
def test_what_was_typed_survives_a_deletion_by_somebody_else(
    owner: Client, company: Company, monkeypatch: pytest.MonkeyPatch, at_the_last_moment: bool
) -> None:
    scenario = kept(company, "Plan")
    url = address(scenario)
    if at_the_last_moment:  # between reading the scenario and writing it

        def gone(**_: Any) -> None:
            raise Scenario.DoesNotExist

        monkeypatch.setattr(services, "save_scenario", gone)
    else:
        scenario.delete()
    sent = typed(Calculator.INVESTMENT, COBOT, capital="30000", **{NAME: "Plan B"})
    sent |= {"save": "yes", "calculator": "investment"}
    page = owner.post(url, sent)
    assert page.status_code == 409
    assert "Iemand verwijderde dit scenario." in text_of(page)
    assert 'value="30000"' in page.content.decode()
    # The page now leads to a new one.
    assert f'action="{new(company, Calculator.INVESTMENT)}"' in page.content.decode()
    owner.post(new(company, Calculator.INVESTMENT), sent)
    assert Scenario.objects.get(name="Plan B").inputs["capital"] == "30000"
    assert owner.get(url).status_code == (200 if at_the_last_moment else 404)


def test_a_scenario_is_kept_as_a_new_one(owner: Client, company: Company) -> None:
    scenario = kept(company, "Plan", counts=True)
    sent = typed(Calculator.INVESTMENT, COBOT, capital="1", **{NAME: "Plan B"})
    owner.post(address(scenario), sent | {"save_as_new": "yes"})
    made = Scenario.objects.get(name="Plan B")
    assert (made.inputs["capital"], made.is_chosen) == ("1", False)
    scenario.refresh_from_db()
    assert scenario.inputs["capital"] == "50000"


def test_too_many_scenarios_are_refused_in_words(
    owner: Client, company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(services.scenarios, "MOST_SCENARIOS", 1)
    scenario = kept(company, "Plan")
    sent = typed(Calculator.INVESTMENT, COBOT, **{NAME: "Plan B", "save": "yes"})
    page = owner.post(new(company, Calculator.INVESTMENT), sent)
    assert page.status_code == 422
    assert "scenario's van dit rekenblad. Verwijder er eerst een." in text_of(page)
    text = text_of(owner.post(address(scenario, "scenario_copy"), follow=True))
    assert "scenario's van dit rekenblad. Verwijder er eerst een." in text


# --- counting, copying, deleting ------------------------------------------------------------


def test_a_scenario_counts_is_copied_and_deleted(owner: Client, company: Company) -> None:
    scenario = kept(company, "Plan")
    text = text_of(owner.post(address(scenario, "scenario_choose"), follow=True))
    assert "“Plan” telt nu mee voor de opportuniteit." in text
    overview = text_of(owner.get(reverse("opportunities:calculators", args=[company.pk])))
    assert "Plan: De investering verdient zichzelf terug in 1,8 jaar." in overview
    opportunity = text_of(owner.get(reverse("opportunities:detail", args=[company.pk, "fvdt"])))
    assert "Plan: De investering verdient zichzelf terug in 1,8 jaar." in opportunity

    text = text_of(owner.post(address(scenario, "scenario_copy"), follow=True))
    assert "“Plan (kopie)” is een kopie." in text
    text = text_of(owner.get(address(scenario, "scenario_delete")))
    assert "Dit scenario telt mee voor de opportuniteit." in text
    assert Scenario.objects.count() == 2
    text = text_of(owner.post(address(scenario, "scenario_delete"), follow=True))
    assert "“Plan” is verwijderd." in text
    copy = Scenario.objects.get()
    owner.post(address(copy, "scenario_choose"))
    text = text_of(owner.post(address(copy, "scenario_unchoose"), follow=True))
    assert "telt niet meer mee" in text
    assert not Scenario.objects.filter(is_chosen=True).exists()


def test_the_criterion_shows_what_the_chosen_scenario_says(
    owner: Client, company: Company, rule_set
) -> None:
    kept(company, "Plan", counts=True)
    services.assess_company(company_id=company.pk, now=timezone.now())
    html = owner.get(reverse("opportunities:detail", args=[company.pk, "fvdt"])).content.decode()
    criterion = html.split('id="criterion-investering"')[1].split("</article>")[0]
    assert "Uw berekening:" in criterion
    assert "1,8\u00a0jaar" in criterion
    other = html.split('id="criterion-vraag"')[1].split("</article>")[0]
    assert "Uw berekening:" not in other


@pytest.mark.parametrize(
    "what", ["scenario_choose", "scenario_unchoose", "scenario_copy", "scenario_delete"]
)
def test_what_is_gone_is_not_found(owner: Client, company: Company, what: str) -> None:
    scenario = kept(company)
    url = address(scenario, what)
    scenario.delete()
    assert owner.post(url).status_code == 404


def test_a_scenario_of_another_company_is_not_found(world: World, owner: Client) -> None:
    strange = kept(world.other_company)
    url = reverse("opportunities:scenario", args=[world.company.pk, strange.pk])
    assert owner.get(url).status_code == 404
    assert (
        owner.get(new(world.company, Calculator.ENCLAVE).replace("enclave", "loterij")).status_code
        == 404
    )


# --- who may what ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "persona", [rows.READER, rows.ADVISER, rows.COORDINATOR, rows.ADMINISTRATOR]
)
def test_readers_and_staff_work_things_out_but_keep_nothing(
    world: World, company: Company, persona: str
) -> None:
    scenario = kept(company)
    client = client_of(world, persona)
    sent = typed(Calculator.INVESTMENT, COBOT, capital="1", **{NAME: "Plan B"})
    for url in (new(company, Calculator.INVESTMENT), address(scenario)):
        page = client.post(url, sent)
        assert page.status_code == 200
        assert "U kunt deze pagina bekijken en dingen uitrekenen." in text_of(page)
        for button in ("save", "save_as_new"):
            assert client.post(url, sent | {button: "yes"}).status_code == 403
    assert Scenario.objects.get().inputs["capital"] == "50000"


def test_a_closed_company_is_only_read(world: World, company: Company, owner: Client) -> None:
    scenario = kept(company)
    Company.objects.filter(pk=company.pk).update(
        closed_at=timezone.now(), closed_by=world.people[rows.OWNER], close_reason="gestopt"
    )
    assert owner.get(address(scenario)).status_code == 200
    sent = typed(Calculator.INVESTMENT, COBOT, **{NAME: "Plan", "save": "yes"})
    assert owner.post(address(scenario), sent).status_code == 403
    assert owner.post(address(scenario, "scenario_choose")).status_code == 403
    assert "Laat dit scenario meetellen" not in text_of(owner.get(address(scenario)))


WITH_PREMIUMS = (
    "Kost hier, met premies",
    "Verschil, met premies",
    "Meerkost van lokaal, met premies",
)


@pytest.mark.parametrize(
    ("persona", "sees"),
    [
        (rows.OWNER, False),
        (rows.READER, False),
        (rows.ADVISER, True),
        (rows.COORDINATOR, True),
        (rows.ADMINISTRATOR, True),
    ],
)
def test_amounts_with_premiums_are_for_advisers(
    world: World, company: Company, persona: str, sees: bool
) -> None:
    scenario = kept(company, calculator=Calculator.RESHORING)
    other = kept(
        company,
        "B",
        calculator=Calculator.RESHORING,
        inputs=replace(FULL, wage_premium=None, guidance_premium=None),
    )
    client = client_of(world, persona)
    compared = reverse("opportunities:scenario_compare", args=[company.pk, "reshoring"])
    for page in (
        client.get(address(scenario)),
        client.get(f"{compared}?with={scenario.pk}&with={other.pk}"),
    ):
        text = text_of(page)
        assert all((label in text) is sees for label in WITH_PREMIUMS)
        assert ("U ziet bedragen zonder premies." in text) is not sees
        assert "Verschil, zonder premies" in text
    # What is empty is no hint either.
    empty = text_of(client.get(address(other)))
    assert ("Premies. Vul in:" in empty) is sees


# --- comparing ------------------------------------------------------------------------------


def compared(client: Client, company: Company, *scenarios: Scenario) -> Any:
    url = reverse("opportunities:scenario_compare", args=[company.pk, "investment"])
    return client.get(url, {"with": [scenario.pk for scenario in scenarios]})


def test_scenarios_are_compared_with_the_one_that_counts(owner: Client, company: Company) -> None:
    dear = kept(company, "Duur", inputs=replace(COBOT, capital=Decimal(60000), guidance_hours=None))
    plan = kept(company, "Plan", counts=True)
    text = text_of(compared(owner, company, dear, plan))
    assert "Regel Plan Duur" in text
    assert "Aankoop € 50.000,00 € 60.000,00 verschil: +€ 10.000,00" in text
    assert "Minder begeleiding € 8.000,00 per jaar leeg" in text
    assert "Uren begeleiding die u uitspaart 200 uur per jaar –" in text
    assert "regels komen gelijk uit" in text


def test_equal_scenarios_have_nothing_to_tell_apart(owner: Client, company: Company) -> None:
    text = text_of(compared(owner, company, kept(company, "A"), kept(company, "B")))
    assert "Alle regels komen gelijk uit." in text
    assert "Er zijn dezelfde cijfers ingevuld." in text


@pytest.mark.parametrize(("count", "is_wrong"), [(0, False), (1, False), (2, False), (5, True)])
def test_two_to_four_are_compared(
    owner: Client, company: Company, count: int, is_wrong: bool
) -> None:
    scenarios = [kept(company, str(number)) for number in range(5)]
    page = compared(owner, company, *scenarios[:count])
    assert page.status_code == 200
    assert ("Vink twee, drie of vier scenario's aan." in text_of(page)) is is_wrong
    assert (page.context["comparison"] is not None) is (count == 2)


def test_nonsense_in_the_address_compares_nothing(owner: Client, company: Company) -> None:
    strange = kept(company, calculator=Calculator.OWN_PRODUCT)
    url = reverse("opportunities:scenario_compare", args=[company.pk, "investment"])
    page = owner.get(url, {"with": ["veel", "-1", "99999999999999999999", str(strange.pk)]})
    assert page.status_code == 200
    assert page.context["comparison"] is None
    assert "Bewaar minstens twee scenario's van dit rekenblad" in text_of(page)


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
