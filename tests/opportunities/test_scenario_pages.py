"""Keeping, choosing, comparing and deleting scenarios, and who may do what."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from assessments.opportunities import services
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.forms.calculators import NAME
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company
from portal.common.autosave import TOKEN_FIELD
from tests.access import rows
from tests.access.world import World
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_purchasing import STEEL, member
from tests.opportunities.domain.calculators.test_reshoring import FULL
from tests.opportunities.pages import address, client_of, compared, new, text_of
from tests.opportunities.scenarios import kept, typed

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
