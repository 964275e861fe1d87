"""The pages of a company: what they show, what they keep, what they cost."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from companies.profiles import selectors, services
from companies.profiles.models import Activity, Company, Customer, WorkforceYear
from portal.common.vocabulary import Cell
from tests.access import rows
from tests.access.world import World
from tests.factories import (
    ActivityFactory,
    CompanyEstablishmentFactory,
    CustomerFactory,
    MembershipFactory,
    OpportunityOfferFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)
from tests.profiles.pages import CHOCOLATE, activity_data, customer_data, row_of, url, with_prefix

pytestmark = pytest.mark.django_db
PAGES = ("company", "activities", "workforce", "customers", "offers", "competences", "members")


def fill(company: Company, count: int) -> None:
    """Many rows in every part."""
    for number in range(count):
        ActivityFactory(company=company, cell=None, description=f"Werk {number}", turnover_share=1)
        CustomerFactory(company=company, turnover_share=1)
        CompanyEstablishmentFactory(company=company)
        MembershipFactory(company=company)
        if number < 24:  # years since 2000 are all there can be
            WorkforceCellFactory(
                workforce_year=WorkforceYearFactory(company=company, year=2024 - number)
            )
        if not number:
            OpportunityOfferFactory(company=company)
    services.set_competences(company_id=company.pk, slugs=["haccp", "brc", "lassen"])


# Queries on tables of this room: the company, the memberships, the summary (for the steps),
# the draft of a part, then what the page shows.
QUERIES = {
    "company": 3,
    "activities": 5,
    "workforce": 8,
    "customers": 6,
    "offers": 5,
    "competences": 6,
    "members": 5,  # invitations and requests to join too
}


@pytest.mark.parametrize("name", PAGES)
def test_queries_do_not_grow(company: Company, owner: Client, name: str) -> None:
    for rows_more in (0, 5, 50):
        Activity.objects.filter(company=company).delete()
        company.customers.all().delete()
        company.offers.all().delete()
        company.workforce_years.all().delete()
        fill(company, rows_more)
        with CaptureQueriesContext(connection) as captured:
            assert owner.get(url(name, company)).status_code == 200
        asked = [query["sql"] for query in captured]
        assert len(asked) <= 12, asked
        in_room = sum('FROM "profiles_' in sql for sql in asked)
        # Without rows there is less to look up.
        assert in_room == QUERIES[name] if rows_more else in_room <= QUERIES[name], asked


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("persona", [rows.READER, rows.ADVISER, rows.COORDINATOR])
def test_others_look_but_do_not_save(
    world: World, company: Company, client: Client, name: str, persona: str
) -> None:
    client.force_login(world.people[persona])
    fill(company, 2)
    page = client.get(url(name, company))
    assert page.status_code == 200
    assert "data-portal-autosave" not in page.content.decode()
    if name != "company":
        assert client.post(url(name, company), {}).status_code == 403


# Company page


def test_what_is_missing_says_what_it_unlocks(company: Company, owner: Client) -> None:
    page = owner.get(url("company", company))
    done = {row.part: row.is_done for row in page.context["rows"]}
    assert (done["workforce"], done["activities"], done["customers"]) == (True, False, False)
    assert "This unlocks the warning on dependence" in page.content.decode()
    assert page.context["next_row"].url == url("activities", company)


def test_an_adviser_verifies_and_declines(world: World, company: Company, client: Client) -> None:
    client.force_login(world.people[rows.ADVISER])
    empty = client.post(url("decline", company), {"reason": "other", "note": ""})
    assert empty.status_code == 422
    assert "Explain the other reason" in empty.content.decode()
    wrong = client.post(url("decline", company), {"reason": "goud", "note": "Bewaar dit"})
    assert wrong.status_code == 422
    assert "Bewaar dit" in wrong.content.decode()

    client.post(url("decline", company), {"reason": "other", "note": "Twee keer aangemeld"})
    page = client.get(url("company", company)).content.decode()
    assert "Twee keer aangemeld" in page

    client.post(url("verify", company))
    company.refresh_from_db()
    assert company.status == "verified"
    assert company.decided_by == world.people[rows.ADVISER]


# Activities


def test_tick_describe_and_save(company: Company, owner: Client) -> None:
    data = activity_data()
    data |= with_prefix(
        row_of(Cell.HANDLING_VERPAKKING),
        is_done="on",
        turnover_share="60",
        fte_band="20-49",
        custom_work="yes",
        automatable="no",
        nace_code="82.92",
        nace_version="2025",
        series_size="small",
        relocatable="no",
        seasonality="peaks",
    )
    data |= with_prefix(10, description="Groenonderhoud", turnover_share="30")
    answer = owner.post(url("activities", company), data)
    assert answer.status_code == 302
    packing, green = Activity.objects.filter(company=company)
    assert (packing.cell, packing.turnover_share, packing.nace_code) == (
        "handling-verpakking",
        60,
        "8292",
    )
    assert (packing.custom_work, packing.just_in_time, packing.automatable) == (True, None, False)
    assert (packing.series_size, packing.relocatable, packing.seasonality) == (
        "small",
        False,
        "peaks",
    )
    assert (green.cell, green.description) == (None, "Groenonderhoud")

    again = owner.get(url("activities", company))
    assert len(again.context["formset"].outside) == 3  # the stored one and two spare
    # Nothing ticked any more: everything goes.
    owner.post(url("activities", company), activity_data())
    assert not Activity.objects.filter(company=company).exists()


def test_shares_over_100_are_told_and_kept(company: Company, owner: Client) -> None:
    data = activity_data()
    for number, share in ((0, "70"), (1, "40")):
        data |= with_prefix(number, is_done="on", turnover_share=share)
    answer = owner.post(url("activities", company), data)
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "add up to 110 %" in page
    assert 'value="70"' in page
    assert not Activity.objects.filter(company=company).exists()


def test_details_without_a_tick_are_not_lost(company: Company, owner: Client) -> None:
    answer = owner.post(
        url("activities", company), activity_data() | with_prefix(3, turnover_share="20")
    )
    formset = answer.context["formset"]
    assert "Tick this activity" in str(formset.forms[3].errors)
    assert formset.forms[3].is_open
    other = owner.post(
        url("activities", company), activity_data() | with_prefix(11, turnover_share="20")
    )
    assert "Describe this activity" in str(other.context["formset"].forms[11].errors)


@pytest.mark.parametrize(
    "bad",
    [
        {},
        {"activity-TOTAL_FORMS": "x"},
        {"activity-TOTAL_FORMS": "-1", "activity-INITIAL_FORMS": "0"},
        {"activity-TOTAL_FORMS": "99999", "activity-INITIAL_FORMS": "99999"},
        {"activity-TOTAL_FORMS": "0", "activity-INITIAL_FORMS": "0", "activity-0-fte_band": "x"},
        activity_data() | with_prefix(0, is_done="on", turnover_share="101"),
        activity_data() | with_prefix(0, is_done="on", turnover_share="1e9"),
        activity_data() | with_prefix(0, is_done="on", nace_code="DROP"),
        activity_data() | with_prefix(0, is_done="on", custom_work="maybe"),
        activity_data() | with_prefix(0, is_done="on", description="\x00"),
        activity_data() | with_prefix(0, is_done="on", description="x" * 201),
    ],
)
def test_bad_activities_are_refused_not_a_crash(
    company: Company, owner: Client, bad: dict[str, str]
) -> None:
    ActivityFactory(company=company, cell=Cell.MAAK_HOUT.value)
    answer = owner.post(url("activities", company), bad)
    assert answer.status_code == 200
    assert "Not saved yet" in answer.content.decode()
    assert Activity.objects.get(company=company).cell == Cell.MAAK_HOUT


# Workforce


def test_workforce_of_a_year(company: Company, owner: Client) -> None:
    data = {
        "heads_arbeidshandicap_hoog": "40",
        "fte_arbeidshandicap_hoog": "35,00",
        "heads_uiterst_kwetsbaar_laag": "15",
        "fte_uiterst_kwetsbaar_laag": "13.0",
        "guides_qualified_fte": "4.5",
        "guides_fte": "5,5",
        "enclave_heads": "12",
    }
    answer = owner.post(url("workforce_year", company, 2024), data, follow=True)
    assert answer.status_code == 200
    stored = WorkforceYear.objects.get(company=company, year=2024)
    assert stored.cells.count() == 9
    assert sum(cell.fte for cell in stored.cells.all()) == Decimal(48)
    check = answer.context["check"]
    assert check.guides_required == pytest.approx(35 / 7 + 13 / 13)
    assert not check.guides.is_enough
    page = answer.content.decode()
    assert "Too few" in page
    assert "35/7 + 0/10 + 13/13 =" in page
    assert "6 guides needed; 5.5 available" in " ".join(page.split()).replace("6.00", "6")
    assert "Source:" in page


def test_comma_for_dutch_speakers(world: World, company: Company, owner: Client) -> None:
    person = world.people[rows.OWNER]
    person.language = "nl"
    person.save()
    owner.post(
        url("workforce_year", company, 2024),
        {"heads_arbeidshandicap_laag": "2", "fte_arbeidshandicap_laag": "1,5"},
    )
    stored = WorkforceYear.objects.get(company=company, year=2024)
    assert stored.cells.get(heads=2).fte == Decimal("1.50")
    assert 'value="1,50"' in owner.get(url("workforce_year", company, 2024)).content.decode()


def test_a_new_year_starts_from_the_last_one(company: Company, owner: Client) -> None:
    page = owner.get(url("workforce_year", company, 2026))
    assert page.context["start_from"].year == 2025
    assert page.context["form"]["heads_arbeidshandicap_midden"].value() == 30
    assert not WorkforceYear.objects.filter(company=company, year=2026).exists()


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"heads_arbeidshandicap_hoog": "1", "fte_arbeidshandicap_hoog": "1.01"}, "fte_"),
        ({"heads_arbeidshandicap_hoog": "-1"}, "heads_"),
        ({"heads_arbeidshandicap_hoog": "1.5"}, "heads_"),
        ({"heads_arbeidshandicap_hoog": "9" * 40}, "heads_"),
        ({"fte_psychosociaal_laag": "NaN"}, "fte_"),
        ({"fte_psychosociaal_laag": "1e400"}, "fte_"),
        ({"guides_qualified_fte": "veel"}, "guides_"),
        ({"guides_qualified_fte": "1.234"}, "guides_"),
        ({"enclave_heads": "1"}, "enclave_"),
        ({"guides_fte": "2,5", "guides_qualified_fte": "2,51"}, "guides_qualified"),
        (
            {"heads_arbeidshandicap_hoog": "5", "enclave_heads": "3", "on_location_heads": "3"},
            "on_location_",
        ),
    ],
)
def test_bad_figures_stay_at_their_field(
    company: Company, owner: Client, data: dict[str, str], field: str
) -> None:
    answer = owner.post(url("workforce_year", company, 2024), data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert any(name.startswith(field) for name in form.errors)
    for name, typed in data.items():
        assert form[name].value() == typed
    assert not WorkforceYear.objects.filter(company=company, year=2024).exists()


def test_a_wrong_cell_is_marked_and_described(company: Company, owner: Client) -> None:
    data = {"heads_psychosociaal_laag": "1", "fte_psychosociaal_laag": "2"}
    page = owner.post(url("workforce_year", company, 2024), data).content.decode()
    name = "id_fte_psychosociaal_laag"
    assert page.count(f'id="{name}_error"') == 1
    assert f'aria-describedby="{name}_error"' in page
    assert page.count("is-invalid") == 1


@pytest.mark.parametrize("year", [1, 1999, 2101, 10**12])
def test_no_such_year(company: Company, owner: Client, year: int) -> None:
    assert owner.get(url("workforce_year", company, year)).status_code == 404


def test_workforce_has_no_room_for_a_name() -> None:
    """Only numbers: no text field on the tables or the form that hold people."""
    from django.db import models

    from companies.profiles.forms.workforce import WorkforceForm
    from companies.profiles.models import WorkforceCell

    for model in (WorkforceYear, WorkforceCell):
        texts = [
            field.name
            for field in model._meta.get_fields()
            if isinstance(field, models.CharField | models.TextField) and not field.choices
        ]
        assert not texts
    assert {type(field).__name__ for field in WorkforceForm().fields.values()} == {
        "IntegerField",
        "FteField",
    }


# Customers


def test_list_remove_and_warn(company: Company, owner: Client) -> None:
    number = {"enterprise_number": "BE 0200.065.765"}
    data = customer_data(CHOCOLATE | number, {}, {"name": ""})
    page = owner.post(url("customers", company), data, follow=True).content.decode()
    stored = Customer.objects.get(company=company)
    assert (stored.name, stored.enterprise_number) == ("Choco nv", "0200065765")
    assert "leans on few customers" in page

    removed = customer_data(CHOCOLATE | {"is_removed": "on"}, stored=1)
    owner.post(url("customers", company), removed)
    assert not Customer.objects.filter(company=company).exists()


@pytest.mark.parametrize(
    ("customers", "message"),
    [
        ([CHOCOLATE | {"name": ""}], "Type the name"),
        ([CHOCOLATE | {"nace_division": ""}], "Choose a sector"),
        ([CHOCOLATE | {"nace_division": "xx"}], "valid choice"),
        ([CHOCOLATE | {"turnover_share": ""}], "share of turnover"),
        ([CHOCOLATE | {"turnover_share": "-3"}], "greater than or equal to 0"),
        ([CHOCOLATE | {"enterprise_number": "0200065766"}], "last two digits"),
        ([CHOCOLATE, CHOCOLATE | {"turnover_share": "61"}], "add up to 101 %"),
        ([CHOCOLATE | {"enterprise_number": "0200065765"}] * 2, "already listed"),
        ([{"enterprise_number": "0200065765"}], "Type the name"),
    ],
)
def test_bad_customers(
    company: Company, owner: Client, customers: list[dict[str, str]], message: str
) -> None:
    answer = owner.post(url("customers", company), customer_data(*customers))
    assert answer.status_code == 200
    assert message in answer.content.decode()
    assert not Customer.objects.filter(company=company).exists()


@pytest.mark.parametrize(
    "bad",
    [{}, {"customer-TOTAL_FORMS": "999999", "customer-INITIAL_FORMS": "x"}],
)
def test_a_broken_customer_form_changes_nothing(
    company: Company, owner: Client, bad: dict[str, str]
) -> None:
    CustomerFactory(company=company)
    assert owner.post(url("customers", company), bad).status_code == 200
    assert Customer.objects.filter(company=company).count() == 1


# Offers and competences


def test_competences(company: Company, owner: Client) -> None:
    data = {"certificates": ["haccp", "brc"], "skills": ["lassen"]}
    assert owner.post(url("competences", company), data).status_code == 302
    assert selectors.company_profile(company).competence_slugs == {"haccp", "brc", "lassen"}
    wrong = owner.post(url("competences", company), {"certificates": ["toveren"]})
    assert "certificates" in wrong.context["form"].errors


# Dutch


@pytest.mark.parametrize("name", PAGES)
def test_every_page_in_dutch(world: World, company: Company, client: Client, name: str) -> None:
    person = world.people[rows.EDITOR]
    person.language = "nl"
    person.save()
    client.force_login(person)
    page = client.get(url(name, company)).content.decode()
    assert '<html lang="nl">' in page
