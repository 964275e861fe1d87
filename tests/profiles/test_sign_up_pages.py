"""A manager signs a company up; each mistake is told at its field."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.profiles.models import Company
from companies.register.models import Classification, EnterpriseActivity
from tests.factories import (
    CompanyFactory,
    EnterpriseFactory,
    EstablishmentFactory,
    MembershipFactory,
    UserFactory,
    checked,
)

pytestmark = pytest.mark.django_db
FIRST = "/companies/sign-up/"


@pytest.fixture
def person(client: Client) -> Any:
    """A newcomer who is logged in."""
    user = UserFactory(language="en")
    client.force_login(user)
    return user


def confirm_url(number: str) -> str:
    """Step 2."""
    return reverse("profiles:sign_up_confirm", args=[number])


def test_from_number_to_company(client: Client, person: Any) -> None:
    enterprise = EnterpriseFactory(name="De Kring vzw", legal_form="017", street="Markt")
    EstablishmentFactory(enterprise=enterprise, name="Atelier Zuid")
    EnterpriseActivity.objects.create(
        enterprise=enterprise,
        version="2008",
        code="88995",
        classification=Classification.MAIN,
    )
    number = enterprise.number
    typed = f"BE {number[:4]}.{number[4:7]}.{number[7:]}"

    answer = client.post(FIRST, {"number": typed})
    assert answer.status_code == 302
    assert answer["Location"] == confirm_url(number)

    page = client.get(answer["Location"]).content.decode()
    for known in ("De Kring vzw", "vzw", "Markt", "Atelier Zuid", "88995"):
        assert known in page
    assert 'name="name"' not in page
    assert 'name="postcode"' not in page

    refused = client.post(confirm_url(number), {})
    assert "Without accepting the terms" in refused.content.decode()
    assert not Company.objects.exists()

    done = client.post(confirm_url(number), {"terms": "on"}, follow=True)
    company = Company.objects.get()
    assert done.redirect_chain[-1][0] == f"/companies/{company.pk}/"
    assert "De Kring vzw is signed up" in done.content.decode()
    assert company.memberships.get().user == person


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ("", "required"),
        ("maatwerk", "ten digits"),
        ("0200.065.7", "ten digits"),
        ("0200.065.766", "last two digits"),
        ("2.000.000.339", "number of an establishment"),
        ("8 999 999 995", "starts with 0 or 1 and stands on every invoice"),
        ("9200065765", "starts with 0 or 1"),
        ("<script>alert(1)</script>", "ten digits"),
        ("0" * 41, "at most 40"),
        ("\x00", "Null characters"),
    ],
)
def test_a_wrong_number_stays_in_the_field(
    client: Client, person: Any, typed: str, message: str
) -> None:
    answer = client.post(FIRST, {"number": typed})
    assert answer.status_code == 200
    field = answer.context["form"]["number"]
    assert message in str(field.errors)
    assert field.value() == typed


def test_struck_off(client: Client, person: Any) -> None:
    enterprise = EnterpriseFactory(is_active=False)
    answer = client.post(FIRST, {"number": enterprise.number})
    assert "struck off" in str(answer.context["form"]["number"].errors)
    assert "struck off" in client.get(confirm_url(enterprise.number)).content.decode()


def test_already_signed_up(client: Client, person: Any) -> None:
    company = CompanyFactory()
    number = company.enterprise_number
    for typed in (number, f"be {number[:4]} {number[4:7]} {number[7:]}"):
        answer = client.post(FIRST, {"number": typed})
        assert answer["Location"] == reverse("profiles:join", args=[number])
    late = client.post(confirm_url(number), {"terms": "on"})
    assert late["Location"] == reverse("profiles:join", args=[number])
    assert company.memberships.count() == 1


@pytest.mark.parametrize(
    "notation",
    ["BE {0}.{1}.{2}", "be{0}{1}{2}", "  {0} {1} {2} ", "BTW BE {0}.{1}.{2}", "{0}-{1}/{2}"],
)
def test_pasted_notations(client: Client, person: Any, notation: str) -> None:
    number = EnterpriseFactory().number
    typed = notation.format(number[:4], number[4:7], number[7:])
    assert client.post(FIRST, {"number": typed})["Location"] == confirm_url(number)


def test_signing_up_records_who_accepted_what(client: Client, person: Any) -> None:
    number = EnterpriseFactory().number
    client.post(confirm_url(number), {"terms": "on"})
    company = Company.objects.get()
    kept = person.acceptances.order_by("text").values_list("text", "version", "company")
    assert list(kept) == [("privacy", "2026-11", None), ("terms", "2026-11", company.pk)]


def test_not_in_the_register(client: Client, person: Any) -> None:
    url = confirm_url(checked(17_000_001))
    page = client.get(url).content.decode()
    assert "not in our copy" in page

    wrong = client.post(url, {"name": "Nieuw vzw", "postcode": "9999", "terms": "on"})
    form = wrong.context["form"]
    assert "not a Belgian postcode" in str(form["postcode"].errors)
    assert form["name"].value() == "Nieuw vzw"

    client.post(url, {"name": "Nieuw vzw", "postcode": "9000", "terms": "on"})
    company = Company.objects.get()
    assert (company.name, company.province, company.in_register) == (
        "Nieuw vzw",
        "oost-vlaanderen",
        False,
    )


@pytest.mark.parametrize("number", ["x", "0200065766", "2000000339", "12345678901234567890"])
def test_no_such_number_in_the_address(client: Client, person: Any, number: str) -> None:
    assert client.get(confirm_url(number)).status_code == 404


def test_with_two_companies_the_switch_is_in_the_header(client: Client, person: Any) -> None:
    first, second = CompanyFactory(name="Aaa vzw"), CompanyFactory(name="Bbb vzw")
    MembershipFactory(company=first, user=person)
    MembershipFactory(company=second, user=person)

    page = client.get(FIRST).content.decode()
    assert "Switch to Bbb vzw" in page
    answer = client.post("/companies/switch/", {"company": second.pk}, follow=True)
    assert answer.redirect_chain[-1][0] == f"/companies/{second.pk}/"
    assert "Switch to Aaa vzw" in client.get(FIRST).content.decode()


@pytest.mark.parametrize("key", ["", "x", "0", "-1", "9" * 30, "²"])
def test_switching_to_nonsense(client: Client, person: Any, key: str) -> None:
    assert client.post("/companies/switch/", {"company": key}).status_code == 404
