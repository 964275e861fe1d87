"""The search over the register, as the people who use it see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.register import services
from companies.register.domain.numbers import format_number
from companies.register.models import NaceCode, PostalPoint, SearchEntry, WatchedNace
from companies.register.searching import finding
from portal.accounts.roles import Role
from tests.factories import (
    CompanyEstablishmentFactory,
    CompanyFactory,
    EnterpriseFactory,
    EstablishmentActivityFactory,
    EstablishmentFactory,
    MembershipFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
SEARCH = reverse("register:search")
# Session, user, groups, memberships and partner of the person: asked by every page's header.
HEADER_QUERIES = 5
# The statement that finds has a transaction of its own, and settings in it.
FINDING = 4


@pytest.fixture
def visitor(client: Client) -> Client:
    """Somebody without a company, in English so that the tests can be read."""
    client.force_login(UserFactory(language="en"))
    return client


def place(name: str, *, code: str = "10820", **fields: Any) -> Any:
    """An establishment of an enterprise of that name, with one activity."""
    owner = fields.pop("enterprise", None) or EnterpriseFactory(name=name)
    found = EstablishmentFactory(enterprise=owner, name=name, **fields)
    EstablishmentActivityFactory(establishment=found, code=code)
    return found


def at(postcode: str) -> dict[str, Any]:
    """Fields of an establishment in a real place."""
    point = PostalPoint.objects.get(postcode=postcode)
    return {
        "postcode": postcode,
        "municipality": point.name,
        "province": point.province,
        "x_m": point.x_m,
        "y_m": point.y_m,
    }


def ask(visitor: Client, **asked: Any) -> Any:
    """The answer, with the search knowing what the register says now."""
    services.refresh_search()
    response = visitor.get(SEARCH, asked)
    assert response.status_code == 200
    return response


def names(visitor: Client, **asked: Any) -> list[str]:
    return [row[0].name for row in ask(visitor, **asked).context["rows"]]


def errors(visitor: Client, **asked: Any) -> dict[str, list[str]]:
    """Messages by field; what was typed is still there and nothing is said to be missing."""
    response = ask(visitor, **asked)
    content = response.content.decode()
    assert "Nothing found" not in content
    form = response.context["form"]
    for field, typed in asked.items():
        assert form[field].value() == str(typed)
    return {field: [str(text) for text in texts] for field, texts in form.errors.items()}


# What was typed as a name


def test_the_first_visit_asks_and_finds_nothing_yet(visitor: Client) -> None:
    place("Chocolaterie Élan")
    assert names(visitor) == []


@pytest.mark.parametrize(
    "typed", ["élan", "ELAN", "chocolaterie elan", "elan choc", "nv élan", "N.V. elan", "choc"]
)
def test_words_are_found_anywhere_in_any_order_the_last_one_begun(
    visitor: Client, typed: str
) -> None:
    place("Chocolaterie Élan N.V.")
    place("Elanden en Wilde Dieren")
    found = names(visitor, q=typed)
    assert "Chocolaterie Élan N.V." in found
    assert ("Elanden en Wilde Dieren" in found) == (typed in {"élan", "ELAN"})


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Bakkerij D'Hondt", ("d'hondt", "dhondt", "D’HONDT", "hondt")),
        ("Jansen & Zonen", ("jansen en zonen", "jansen & zonen", "Jansen zonen", "jansen&zonen")),
        ("Chocolaterie-X", ("chocolaterie-x", "chocolaterie x", "chocolateriex")),
        ("V.Z.W. De Brug", ("vzw de brug", "v.z.w. brug")),
        ("Cœur de Bœuf", ("coeur de boeuf", "cœur")),
        ("Studio 100%", ("100%", "studio 100")),
        ("C&A / Mode_huis", ("c&a", "huis c", "mode huis")),
    ],
)
def test_signs_do_not_matter(visitor: Client, name: str, typed: tuple[str, ...]) -> None:
    place(name)
    place("Iets anders")
    for text in typed:
        assert names(visitor, q=text) == [name], text


def test_what_fits_best_stands_first(visitor: Client) -> None:
    mother = EnterpriseFactory(name="Brugge Groep")
    place("Winkel", enterprise=mother)
    place("Aan de Brugge")
    place('"Brugge" Bakt')
    place("Zaak", **at("8000"))
    place("Brugge")
    assert names(visitor, q="brugge") == [
        "Brugge", '"Brugge" Bakt', "Aan de Brugge", "Winkel", "Zaak",
    ]  # fmt: skip
    assert names(visitor, q="'Brugge'")[0] == "Brugge"
    assert names(visitor, q="brugge", sort="name")[:2] == ["Aan de Brugge", "Brugge"]


def test_a_place_with_a_trade_name_is_found_by_the_names_of_its_enterprise(
    visitor: Client,
) -> None:
    mother = EnterpriseFactory(name="Moeder NV", trade_name="Dé Winkel")
    place("Winkeltje", enterprise=mother)
    assert names(visitor, q="moeder") == names(visitor, q="de winkel") == ["Winkeltje"]


def test_a_place_is_found_by_its_municipality_and_postcode(visitor: Client) -> None:
    place("Garage Luc", **at("9000"))
    place("Garage Jan", **at("3500"))
    assert names(visitor, q="garage gent") == names(visitor, q="9000 garage") == ["Garage Luc"]
    assert names(visitor, q="3500") == ["Garage Jan"]


def test_nobody_finds_a_natural_person_by_name(visitor: Client) -> None:
    person = EnterpriseFactory(
        name="Voorbeeldmans, An", trade_name="Kapsalon An", is_natural_person=True, legal_form=""
    )
    place("Bij An", enterprise=person)
    for user in (UserFactory(language="en"), staff(Role.COORDINATOR, language="en")):
        visitor.force_login(user)
        assert names(visitor, q="voorbeeldmans") == []
        assert names(visitor, q="kapsalon") == ["Bij An"]
        assert "Voorbeeldmans" not in ask(visitor, q="bij an").content.decode()


# Numbers


@pytest.mark.parametrize("which", ["pk", "enterprise_id"])
def test_a_number_is_found_in_any_notation(visitor: Client, which: str) -> None:
    wanted = place("Gezocht", enterprise=EnterpriseFactory(number="0200065765", name="Gezocht"))
    place("Ander")
    number = getattr(wanted, which)
    texts = [number, format_number(number), f" {number} ", " ".join(number)]
    if which == "enterprise_id":
        texts += ["BE0200065765", "BE 0200.065.765", "200065765", "BTW BE 0200 065 765"]
    for text in texts:
        assert names(visitor, q=text) == ["Gezocht"], text


def test_a_mistyped_number_is_said_at_the_field(visitor: Client) -> None:
    assert errors(visitor, q="0200.065.766") == {
        "q": ["This number does not exist. There is probably a typing mistake."]
    }
    assert "ten digits" in errors(visitor, q="0200.065.7655")["q"][0]
    assert errors(visitor, q="& -") == {"q": ["Type at least one letter or digit."]}


# Activities and opportunities


@pytest.fixture
def trades() -> None:
    for version, code, dutch, french in (
        ("2025", "10", "Voedingsmiddelen", "Denrées"),
        ("2025", "10820", "Chocolade en suikerwerk", "Chocolat"),
        ("2008", "10820", "Chocolade en suikerwerk", "Chocolat"),
        ("2025", "10390", "Groenten en fruit", "Légumes et fruits"),
        ("2025", "25620", "Sloten en scharnieren", "Serrures"),
        ("2008", "25620", "Verspanende bewerking", "Usinage"),
        ("2008", "38320", "Terugwinning van materiaal", ""),
    ):
        NaceCode.objects.create(version=version, code=code, label_nl=dutch, label_fr=french)


def older(name: str, code: str) -> None:
    found = EstablishmentFactory(name=name)
    EstablishmentActivityFactory(establishment=found, code=code, version="2008")


@pytest.mark.usefixtures("trades")
def test_an_activity_is_a_code_its_beginning_or_words(visitor: Client) -> None:
    place("Choco")
    place("Groen", code="10390")
    place("Slot", code="25620")
    for typed in ("10820", "10.820", "10.82", " 1082 ", "chocolade", "suikerw", "CHOCOLAT"):
        assert names(visitor, activity=typed) == ["Choco"], typed
    assert names(visitor, activity="10") == ["Choco", "Groen"]
    assert names(visitor, activity="legumes") == ["Groen"]
    assert names(visitor, activity="fruit groenten") == ["Groen"]
    assert names(visitor, activity="voeding") == ["Choco", "Groen"]


@pytest.mark.usefixtures("trades")
def test_the_same_digits_of_another_version_only_count_for_the_same_trade(
    visitor: Client,
) -> None:
    place("Slot", code="25620")
    older("Draaibank", "25620")
    place("Choco")
    older("Oude Choco", "10820")
    older("Terug", "38320")
    assert names(visitor, activity="25.62") == ["Slot"]
    assert names(visitor, activity="2008: 25.62") == ["Draaibank"]
    assert names(visitor, activity="verspanende") == ["Draaibank"]
    assert names(visitor, activity="1082") == ["Choco", "Oude Choco"]
    assert names(visitor, activity="38.32") == ["Terug"]
    page = ask(visitor, activity="25.62").content.decode()
    assert "1 activity code counts" in page
    assert "Sloten en scharnieren" in page
    assert "Verspanende" not in page


@pytest.mark.usefixtures("trades")
def test_an_activity_that_nobody_knows_is_said_at_the_field(visitor: Client) -> None:
    assert "two digits" in errors(visitor, activity="1")["activity"][0]
    for typed in ("99999", "ruimtevaart", "&"):
        assert "no activity with this code" in errors(visitor, activity=typed)["activity"][0]
    NaceCode.objects.bulk_create(
        NaceCode(version="2025", code=str(code), label_nl="Vervaardiging van iets")
        for code in range(20001, 20062)
    )
    message = "These words fit 61 activities. Type more words, or a code."
    assert errors(visitor, activity="vervaardiging") == {"activity": [message]}


def test_an_opportunity_asks_the_watch_list(visitor: Client) -> None:
    WatchedNace.objects.all().delete()
    WatchedNace.objects.create(version="2025", prefix="108", opportunity="enclave")
    WatchedNace.objects.create(version="2008", prefix="62", opportunity="enclave")
    place("Choco")
    place("Software", code="62010")
    assert names(visitor, opportunity="enclave") == ["Choco"]
    assert names(visitor, opportunity="fvdt") == []
    WatchedNace.objects.create(version="2025", prefix="62010", opportunity="fvdt")
    assert names(visitor, opportunity="fvdt") == ["Software"]


# Where


def test_a_province_narrows_the_search(visitor: Client) -> None:
    place("Bakker Noord", province="antwerpen")
    place("Bakker Oost", province="limburg")
    assert names(visitor, q="bakker", province="limburg") == ["Bakker Oost"]
    assert names(visitor, province="limburg") == ["Bakker Oost"]


def test_distance_counts_from_a_postcode_a_place_or_a_number(visitor: Client) -> None:
    ghent, hasselt = place("Gent 1", **at("9000")), place("Hasselt 1", **at("3500"))
    place("Aalst 1", **at("9300"))
    origins = ("9000", "gent", " GENT ", format_number(ghent.pk), ghent.enterprise_id)
    for near in origins:
        assert names(visitor, near=near, km=50) == ["Gent 1", "Aalst 1"], near
        assert names(visitor, near=near) == ["Gent 1", "Aalst 1", "Hasselt 1"]
    response = ask(visitor, near="9000")
    assert [row[3] for row in response.context["rows"]] == [
        "less than 1 km", "25 km", "115 km",
    ]  # fmt: skip
    EstablishmentFactory(name="Nergens 1", x_m=None, y_m=None)
    assert names(visitor, q="1", near="9000", sort="nearest") == [
        "Gent 1", "Aalst 1", "Hasselt 1", "Nergens 1",
    ]  # fmt: skip
    assert names(visitor, near=hasselt.pk, km=1) == ["Hasselt 1"]
    assert names(visitor, q="1", near="9000", km=50, sort="name") == ["Aalst 1", "Gent 1"]


def test_a_bad_distance_is_said_at_its_field(visitor: Client) -> None:
    whole = "Type a whole number of kilometres, for example 25."
    assert errors(visitor, near="9000", km="abc") == {"km": [whole]}
    assert errors(visitor, near="9000", km="2,5") == {"km": [whole]}
    assert errors(visitor, near="9000", km="0") == {"km": ["Type 1 km or more."]}
    assert errors(visitor, near="9000", km="301") == {"km": ["Type 300 km or less."]}
    unknown = "We know no Belgian postcode or place like this. Check what you typed."
    assert errors(visitor, near="0001", km="5") == {"near": [unknown]}
    assert errors(visitor, near="Atlantis") == {"near": [unknown]}
    assert errors(visitor, km="5") == {"near": ["Type from where the kilometres count."]}
    assert errors(visitor, sort="nearest") == {"near": ["Type from where the distance counts."]}
    assert "typing mistake" in errors(visitor, near="0200.065.766")["near"][0]
    assert "where this number is" in errors(visitor, near="0200.065.765")["near"][0]


def test_somebody_of_a_company_measures_from_its_places(visitor: Client) -> None:
    company, other = CompanyFactory(name="Maatwerk Gént"), CompanyFactory(name="Elders vzw")
    for postcode in ("9000", "3500"):
        point = at(postcode)
        CompanyEstablishmentFactory(
            company=company, postcode=postcode, x_m=point["x_m"], y_m=point["y_m"]
        )
    CompanyEstablishmentFactory(company=other)
    place("Gent 1", **at("9000"))
    place("Hasselt 1", **at("3500"))
    place("Oostende 1", **at("8400"))
    member = UserFactory(language="en")
    MembershipFactory(company=company, user=member)
    visitor.force_login(member)
    first = visitor.get(SEARCH)
    assert first.context["form"]["near"].value() == "Maatwerk Gént"
    assert '<option value="Maatwerk Gént">' in first.content.decode()
    for near in ("maatwerk gent", company.enterprise_number):
        assert names(visitor, near=near, km=10) == ["Gent 1", "Hasselt 1"]
    assert "near" in errors(visitor, near="Elders vzw")
    visitor.force_login(staff(Role.COORDINATOR, language="en"))
    assert names(visitor, near="maatwerk gent", km=10) == ["Gent 1", "Hasselt 1"]


# All of it together


@pytest.mark.usefixtures("trades")
def test_conditions_add_up_and_each_can_be_taken_away(visitor: Client) -> None:
    wanted = {"q": "bakker", "activity": "chocolade", "opportunity": "enclave",
              "province": "oost-vlaanderen", "near": "9000", "km": "30"}  # fmt: skip
    place("Bakker Een", **at("9000"))
    place("Smid Een", **at("9000"))
    place("Bakker Twee", code="25620", **at("9000"))
    place("Bakker Drie", **at("2000"))
    response = ask(visitor, **wanted)
    assert [row[0].name for row in response.context["rows"]] == ["Bakker Een"]
    labels = [str(one.label) for one in response.context["conditions"]]
    assert labels == ["bakker", "activity: chocolade", "Enclave work", "East Flanders",
                      "within 30 km of 9000 Gent"]  # fmt: skip
    left = {str(one.label): one.url for one in response.context["conditions"]}
    without_words = visitor.get(SEARCH + left["bakker"])
    assert [row[0].name for row in without_words.context["rows"]] == ["Bakker Een", "Smid Een"]
    without_place = left["within 30 km of 9000 Gent"]
    assert "near" not in without_place
    assert "km" not in without_place
    assert "q=bakker" in without_place


def test_what_is_no_longer_active_is_not_found_but_can_still_be_opened(visitor: Client) -> None:
    gone = place("Weg")
    assert names(visitor, q="weg") == ["Weg"]
    type(gone).objects.filter(pk=gone.pk).update(is_active=False)
    assert names(visitor, q="weg") == []
    page = visitor.get(reverse("register:establishment", args=[gone.pk]))
    assert "no longer in the part of the register" in page.content.decode()


def test_nothing_found_says_what_to_do_next(visitor: Client) -> None:
    assert "take a condition away" in ask(visitor, q="bestaat niet").content.decode()


def test_results_come_in_pages_that_keep_the_question(visitor: Client) -> None:
    for number in range(30):
        place(f"Bakker {number:02d}")
    first = ask(visitor, q="bakker")
    assert len(first.context["rows"]) == 25
    assert "30 establishments found" in first.content.decode()
    assert "q=bakker" in first.content.decode()
    assert names(visitor, q="bakker", page=2) == [f"Bakker {number}" for number in range(25, 30)]
    for page in ("3", "999999", "9999999999"):
        assert len(names(visitor, q="bakker", page=page)) in {5, 25}
    for page in ("x", "-1", "0", "\u00b2"):
        assert names(visitor, q="bakker", page=page)[0] == "Bakker 00"


@pytest.mark.parametrize("page", [1, 2])
@pytest.mark.parametrize(
    "asked",
    [{"q": "bakker"}, {"q": "bakker", "sort": "name"}, {"near": "9000"},
     {"q": "b", "near": "9000", "sort": "nearest"},
     {"near": "9000", "km": "300", "q": "bakker"}],
    ids=str,
)  # fmt: skip
def test_what_is_too_much_to_gather_comes_in_the_same_order(
    visitor: Client, monkeypatch: pytest.MonkeyPatch, asked: dict[str, str], page: int
) -> None:
    for number in range(20):
        place(f"Bakker {number:02d}", **at("9000" if number % 3 else "2000"))
        place(f"Aan Bakker {number:02d}", **at("3500" if number % 3 else "2018"))
    monkeypatch.setattr(finding, "LISTED", 35)
    gathered = names(visitor, **asked, page=page)
    assert len(gathered) == (25 if page == 1 else 10)
    monkeypatch.setattr(finding, "GATHERED", 35)
    assert names(visitor, **asked, page=page) == gathered


def test_nobody_leafs_through_everything(visitor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(finding, "LISTED", 10)
    for number in range(12):
        place(f"Bakker {number:02d}")
    response = ask(visitor, q="bakker")
    assert "More than 10 establishments found; the first 10 are listed." in " ".join(
        response.content.decode().split()
    )
    assert len(response.context["rows"]) == 10


def test_the_search_asks_the_database_little_however_many_results(
    visitor: Client, django_assert_num_queries: Any
) -> None:
    NaceCode.objects.create(version="2025", code="10820", label_nl="Chocolade")
    for number in range(25):
        place(f"Bakker {number:02d}")
    services.refresh_search()
    asked = {"q": "bakker"}
    # Establishments, activities, labels, who opted out or was merged, how old the register is.
    with django_assert_num_queries(HEADER_QUERIES + FINDING + 6):
        visitor.get(SEARCH, asked)
    asked |= {"activity": "chocolade", "near": "9000", "km": "200"}
    # Also: codes of these words and their labels, a company of this name, postcodes.
    with django_assert_num_queries(HEADER_QUERIES + FINDING + 6 + 4):
        visitor.get(SEARCH, asked)


def test_search_rows_that_are_right_are_left_alone() -> None:
    first = place("Choco")
    place("Ander")
    assert services.refresh_search() == 2
    assert services.refresh_search() == 0
    EstablishmentActivityFactory(establishment=first, code="10390")
    assert services.refresh_search(numbers=["8999999999"]) == 0
    assert services.refresh_search(numbers=[first.pk]) == 1
    type(first).objects.filter(pk=first.pk).update(is_active=False)
    assert services.refresh_search(numbers=[first.pk]) == 1
    assert str(SearchEntry.objects.get()) == "ander"
