"""What activities, customers and offers ask, look up, add up and keep."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.test import Client

from assessments.matching.content import policy_v1
from companies.profiles import selectors, services
from companies.profiles.content.radii import USUAL_RADIUS_KM
from companies.profiles.forms.activities import activity_formset
from companies.profiles.forms.customers import customer_formset
from companies.profiles.forms.offers import OffersForm
from companies.profiles.models import Activity, Company, Competence, Customer
from companies.register.models import (
    Classification,
    EnterpriseActivity,
    KnownNumber,
    NaceCode,
)
from portal.common.vocabulary import Cell, Opportunity
from tests.factories import (
    ActivityFactory,
    CustomerFactory,
    EnterpriseFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    checked,
)
from tests.profiles.pages import CHOCOLATE, activity_data, customer_data, row_of, url, with_prefix

pytestmark = pytest.mark.django_db

# Activities


def test_a_code_is_looked_up_in_the_list_of_its_version(company: Company, owner: Client) -> None:
    for version, code in (("2025", "82920"), ("2008", "38321")):
        NaceCode.objects.create(version=version, code=code, label_nl="Werk")

    def errors(code: str, version: str = "2025") -> str:
        row = with_prefix(0, is_done="on", nace_code=code, nace_version=version)
        answer = owner.post(url("activities", company), activity_data() | row)
        return "" if answer.status_code == 302 else str(answer.context["formset"].forms[0].errors)

    assert not errors("82.92")  # the beginning of a code will do
    assert "NACE 2025 has no code 99999. Check for a typing mistake." in errors("99.999")
    assert "but NACE 2008 has. Check the version." in errors("38.321")
    assert not errors("38.321", "2008")
    assert not errors("12.345", "2003")  # a list that was never imported refuses nothing
    stored = Activity.objects.get(company=company)
    assert (stored.nace_version, stored.nace_code) == ("2003", "12345")


def test_the_register_proposes_a_code(company: Company, owner: Client) -> None:
    own = EnterpriseFactory(number=company.enterprise_number)
    EnterpriseActivity.objects.create(
        enterprise=own, version="2025", code="25530", classification=Classification.MAIN
    )
    EstablishmentActivityFactory(
        establishment=EstablishmentFactory(enterprise=own), version="2008", code="82920"
    )
    NaceCode.objects.create(version="2025", code="25530", label_nl="X", label_en="Machining")
    page = owner.get(url("activities", company))
    rows_ = page.context["formset"].in_study
    metal, packing = rows_[row_of(Cell.MAAK_METAAL)], rows_[row_of(Cell.HANDLING_VERPAKKING)]
    assert (metal["nace_code"].value(), metal["nace_version"].value()) == ("25530", "2025")
    assert (packing["nace_code"].value(), packing["nace_version"].value()) == ("82920", "2008")
    assert not metal.is_open
    assert "Machining" in page.content.decode()
    # A proposal alone is no activity, and asks for no tick.
    data = activity_data() | with_prefix(
        row_of(Cell.MAAK_METAAL), nace_code="25530", nace_version="2025"
    )
    assert owner.post(url("activities", company), data).status_code == 302
    assert not Activity.objects.filter(company=company).exists()


def test_the_page_adds_up_what_the_work_says(company: Company, owner: Client) -> None:
    ActivityFactory(company=company, turnover_share=40, relocatable=True, series_size="single")
    ActivityFactory(
        company=company,
        cell=Cell.MAAK_HOUT.value,
        turnover_share=60,
        relocatable=False,
        series_size="large",
        seasonality="season",
    )
    page = owner.get(url("activities", company))
    traits = page.context["formset"].traits
    assert (traits.relocatable.share, traits.relocatable.unknown) == (40, 0)
    assert (traits.short_series.share, traits.seasonal.share, traits.seasonal.unknown) == (
        40,
        60,
        40,
    )
    assert "60 to 100 %" in " ".join(page.content.decode().split())


def test_every_field_says_what_it_is_for() -> None:
    for form in (
        activity_formset([]).forms[0],
        activity_formset([]).forms[-1],
        customer_formset([]).forms[0],
        OffersForm(),
    ):
        silent = {name for name, field in form.fields.items() if not field.help_text}
        assert silent <= {"is_done", "is_removed"} | {
            name for name in silent if name.startswith("starts_")
        }


def register_customer(number: str, *, code: str = "10820", **fields: Any) -> None:
    """An enterprise that the register knows."""
    enterprise = EnterpriseFactory(number=number, **fields)
    EstablishmentActivityFactory(
        establishment=EstablishmentFactory(enterprise=enterprise), code=code
    )


NUMBER = "0200065765"


def test_a_number_fills_in_name_and_sector(company: Company, owner: Client) -> None:
    register_customer(NUMBER, name="Choco nv")
    data = customer_data({"enterprise_number": "0200.065.765", "turnover_share": "20"})
    assert owner.post(url("customers", company), data).status_code == 302
    stored = Customer.objects.get(company=company)
    assert (stored.name, stored.nace_division) == ("Choco nv", "10")
    assert KnownNumber.objects.filter(number=NUMBER).exists()
    # What was typed stays.
    typed = {"name": "Wij zeggen Choco", "nace_division": "46"}
    owner.post(
        url("customers", company),
        customer_data({"enterprise_number": NUMBER, "turnover_share": "20"} | typed, stored=1),
    )
    stored = Customer.objects.get(company=company)
    assert (stored.name, stored.nace_division) == ("Wij zeggen Choco", "46")


def test_a_look_up_fills_in_and_saves_nothing(company: Company, owner: Client) -> None:
    register_customer(NUMBER, name="Choco nv")
    data = customer_data({"enterprise_number": NUMBER}, {"name": "Half"}) | {"look_up": "1"}
    page = owner.post(url("customers", company), data)
    row = page.context["formset"].forms[0]
    assert (row["name"].value(), row["nace_division"].value()) == ("Choco nv", "10")
    assert not page.context["formset"].total_error_count()
    assert "Nothing is saved yet" in page.content.decode()
    assert not Customer.objects.filter(company=company).exists()


def test_the_register_tells_no_name_of_a_person(company: Company, owner: Client) -> None:
    register_customer(NUMBER, name="Jan Peeters", is_natural_person=True)
    data = customer_data({"enterprise_number": NUMBER, "turnover_share": "20"})
    page = owner.post(url("customers", company), data).content.decode()
    assert "Type the name of the customer" in page
    assert "Peeters" not in page


def test_numbers_that_are_no_customer(company: Company, owner: Client) -> None:
    def errors(number: str) -> str:
        data = customer_data(CHOCOLATE | {"enterprise_number": number})
        return str(owner.post(url("customers", company), data).context["formset"].forms[0].errors)

    assert "number of your own company" in errors(company.enterprise_number)
    assert "number of an establishment" in errors(checked(20_000_000))
    assert "last two digits do not fit" in errors("0200065766")


def test_the_rest_is_shown_and_not_stored(company: Company, owner: Client) -> None:
    CustomerFactory(company=company, turnover_share=25)
    page = owner.get(url("customers", company))
    figures = page.context["concentration"]
    assert (figures.others, figures.largest_highest) == (75, 75)
    text = " ".join(page.content.decode().split())
    assert "25 to 75 %" in text
    assert "Too much is not listed" in text
    assert "Source: sector study 2018" in text
    assert Customer.objects.filter(company=company).count() == 1


def test_offers(company: Company, owner: Client) -> None:
    data = {
        "amount_enclave": "6",
        "radius_enclave": "30",
        "starts_enclave": "2026-12-01",
        "ends_enclave": "31/12/2027",
        "radius_fvdt": "100",
        "amount_reshoring": "50-199",
    }
    assert owner.post(url("offers", company), data).status_code == 302
    offers = selectors.company_profile(company).offers
    assert {key.value: (row.amount, row.radius_km) for key, row in offers.items()} == {
        "enclave": (6, 30),
        "fvdt": (None, 100),
        "reshoring": (None, None),
    }
    enclave, reshoring = offers[Opportunity.ENCLAVE], offers[Opportunity.RESHORING]
    assert (enclave.starts_on, enclave.ends_on) == (date(2026, 12, 1), date(2027, 12, 31))
    assert not enclave.is_over(date(2027, 12, 31))
    assert enclave.is_over(date(2028, 1, 1))
    assert (reshoring.volume_band, reshoring.least_amount) == ("50-199", 50)
    assert 'value="2026-12-01"' in owner.get(url("offers", company)).content.decode()


@pytest.mark.parametrize(
    "data",
    [
        {"radius_enclave": "0"},
        {"radius_enclave": "501"},
        {"amount_enclave": "x"},
        {"amount_enclave": "1000001"},
        {"amount_reshoring": "40"},
        {"ends_enclave": "morgen"},
        {"ends_enclave": "1999-12-31"},
        {"starts_enclave": "2101-01-01"},
    ],
)
def test_bad_offers(company: Company, owner: Client, data: dict[str, str]) -> None:
    answer = owner.post(url("offers", company), data)
    assert answer.status_code == 200
    form = answer.context["form"]
    assert set(form.errors) == set(data)
    for name, typed in data.items():
        assert form[name].value() == typed


def test_a_period_runs_forward_and_holds_an_offer(company: Company, owner: Client) -> None:
    data = {"amount_enclave": "6", "starts_enclave": "2027-02-01", "ends_enclave": "2027-01-31"}
    form = owner.post(url("offers", company), data).context["form"]
    assert "ends before it starts" in str(form.errors["ends_enclave"])
    form = owner.post(url("offers", company), {"ends_fvdt": "2027-01-31"}).context["form"]
    assert "what you offer in this period" in str(form.errors["amount_fvdt"])


def test_the_usual_radius_is_that_of_the_policy(company: Company, owner: Client) -> None:
    assert USUAL_RADIUS_KM == policy_v1.RADII_KM
    assert "(25 km, unless" in owner.get(url("offers", company)).content.decode()


def test_a_retired_competence_is_hidden_but_kept(company: Company, owner: Client) -> None:
    services.set_competences(company_id=company.pk, slugs=["haccp"])
    Competence.objects.filter(slug__in=["haccp", "brc"]).update(is_current=False)
    page = owner.get(url("competences", company)).content.decode()
    assert 'value="haccp"' in page
    assert 'value="brc"' not in page
    owner.post(url("competences", company), {"certificates": ["haccp"]})
    assert selectors.company_profile(company).competence_slugs == {"haccp"}
