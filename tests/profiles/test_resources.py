"""Places, equipment and current work: what is kept, what is refused, where a point comes from."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from companies.profiles import selectors, services
from companies.profiles.enums import (
    COBOTS,
    EQUIPMENT_GROUPS,
    OPERATOR_SUPPORT,
    CooperationKind,
    EquipmentKind,
    PointSource,
)
from companies.profiles.models import (
    Company,
    CompanyEstablishment,
    Cooperation,
    Enclave,
    Equipment,
    OwnProduct,
)
from companies.profiles.services import (
    CooperationInput,
    EnclaveInput,
    EquipmentInput,
    EstablishmentError,
    EstablishmentInput,
    OwnProductInput,
)
from companies.register.domain.lambert import to_lambert
from companies.register.models import PostalPoint
from tests.factories import CompanyEstablishmentFactory, CompanyFactory, EstablishmentFactory
from tests.profiles.rules import breaks, keeps_all_rules

pytestmark = pytest.mark.django_db

IN_GHENT = to_lambert(51.0543, 3.7174)


@pytest.fixture
def company() -> Company:
    """A verified company with one workplace, in Antwerp."""
    company: Company = CompanyFactory()
    CompanyEstablishmentFactory(company=company)
    return company


def places(company: Company) -> list[CompanyEstablishment]:
    """Where it works now."""
    return list(company.establishments.order_by("postcode", "pk"))


def version(company: Company) -> int:
    """The version of its facts now."""
    company.refresh_from_db()
    return company.facts_version


def move_to(company: Company, *wanted: EstablishmentInput) -> None:
    """These places and no others."""
    services.set_establishments(company_id=company.pk, establishments=wanted)


def test_a_place_without_a_point_stands_at_its_postcode(company: Company) -> None:
    move_to(company, EstablishmentInput(postcode="9000"))
    (place,) = places(company)
    ghent = PostalPoint.objects.get(pk="9000")
    assert (place.x_m, place.y_m) == (ghent.x_m, ghent.y_m)
    assert place.point_source == PointSource.POSTAL
    assert place.municipality == ghent.name


def test_an_own_point_comes_before_the_register_and_the_postcode(company: Company) -> None:
    listed = EstablishmentFactory(postcode="9000")
    move_to(company, EstablishmentInput(postcode="9000", number=listed.number, own_point=IN_GHENT))
    (place,) = places(company)
    assert (place.x_m, place.y_m) == IN_GHENT
    assert place.point_source == PointSource.OWN


def test_the_register_knows_the_point_of_a_number_as_long_as_the_postcode_is_the_same(
    company: Company,
) -> None:
    listed = EstablishmentFactory(postcode="9000", x_m=550_000, y_m=690_000)
    move_to(company, EstablishmentInput(postcode="9000", number=listed.number))
    assert places(company)[0].point_source == PointSource.REGISTER
    assert places(company)[0].x_m == 550_000
    move_to(company, EstablishmentInput(postcode="2000", number=listed.number))
    assert places(company)[0].point_source == PointSource.POSTAL
    assert places(company)[0].x_m != 550_000


def test_a_company_keeps_at_least_one_place(company: Company) -> None:
    with pytest.raises(EstablishmentError) as refused:
        move_to(company)
    assert refused.value.code == "none_left"
    with breaks("company_has_establishment"):
        CompanyEstablishment.objects.filter(company=company).delete()
    with breaks("company_has_establishment"):
        CompanyEstablishment.objects.filter(company=company).update(company=CompanyFactory())


def test_a_company_goes_with_its_places_and_may_move_house(company: Company) -> None:
    move_to(company, EstablishmentInput(postcode="9000"))
    keeps_all_rules()
    company.delete()
    keeps_all_rules()


def test_an_unknown_postcode_is_refused_and_nothing_is_written(company: Company) -> None:
    before = places(company)
    with pytest.raises(EstablishmentError) as refused:
        move_to(company, EstablishmentInput(postcode="9000"), EstablishmentInput(postcode="0001"))
    assert refused.value.code == "postcode_unknown"
    assert places(company) == before


def test_a_place_that_stays_keeps_its_row(company: Company) -> None:
    home = EstablishmentInput(postcode="2000", street="Kaai", house_number="1")
    move_to(company, home)
    (row,) = places(company)
    before = version(company)
    move_to(company, home)
    assert version(company) == before
    move_to(company, home, EstablishmentInput(postcode="9000"))
    assert row in places(company)
    assert version(company) > before


def test_places_take_the_same_queries_whatever_their_number(company: Company) -> None:
    wanted = [EstablishmentInput(postcode="9000", street=f"Straat {n}") for n in range(12)]
    move_to(company, *wanted)
    with CaptureQueriesContext(connection) as few:
        move_to(company, *wanted[:1])
    move_to(company, *wanted)
    with CaptureQueriesContext(connection) as many:
        move_to(company, *wanted)
    # Rows that go are deleted one by one; what stays costs nothing.
    assert len(many) <= len(few)


ROWS: list[tuple[str, Callable[[Company], Any]]] = [
    ("company_establishment_number_form", lambda c: place(c, number="0200065765")),
    ("company_establishment_in_belgium", lambda c: place(c, x_m=1, y_m=1)),
    (
        "company_establishment_source_has_point",
        lambda c: place(c, x_m=None, y_m=None, point_source="own"),
    ),
    ("company_establishment_source_known", lambda c: place(c, point_source="gps")),
    ("equipment_kind_known", lambda c: Equipment(company=c, kind="raket")),
    ("equipment_other_described", lambda c: Equipment(company=c, kind="other")),
    ("equipment_year_range", lambda c: Equipment(company=c, kind="cobot", year_bought=1949)),
    ("equipment_year_range", lambda c: Equipment(company=c, kind="cobot", year_bought=2101)),
    ("equipment_quantity_range", lambda c: Equipment(company=c, kind="cobot", quantity=0)),
    ("enclave_host_number_form", lambda c: enclave(c, host_number="2000000339")),
    ("enclave_host_named", lambda c: enclave(c, host_name="")),
    ("enclave_sector_form", lambda c: enclave(c, nace_division="1")),
    ("enclave_places_range", lambda c: enclave(c, places=0)),
    ("enclave_year_range", lambda c: enclave(c, since_year=1949)),
    ("own_product_named", lambda c: OwnProduct(company=c, name="")),
    ("own_product_share_range", lambda c: OwnProduct(company=c, name="Bank", turnover_share=101)),
    ("own_product_year_range", lambda c: OwnProduct(company=c, name="Bank", since_year=1949)),
    ("cooperation_kind_known", lambda c: cooperation(c, kind="samen")),
    ("cooperation_partner_number_form", lambda c: cooperation(c, partner_number="1")),
    ("cooperation_partner_named", lambda c: cooperation(c, partner_name="")),
    ("cooperation_year_range", lambda c: cooperation(c, since_year=2101)),
]


def place(company: Company, **fields: Any) -> CompanyEstablishment:
    """A place with one field wrong."""
    built: CompanyEstablishment = CompanyEstablishmentFactory.build(company=company, **fields)
    return built


def enclave(company: Company, **fields: Any) -> Enclave:
    """An enclave with one field wrong."""
    return Enclave(company=company, **({"host_name": "Gastheer", "places": 6} | fields))


def cooperation(company: Company, **fields: Any) -> Cooperation:
    """A cooperation with one field wrong."""
    return Cooperation(
        company=company, **({"kind": "purchase", "partner_name": "Partner"} | fields)
    )


@pytest.mark.parametrize(("name", "row"), ROWS)
def test_each_rule_holds(company: Company, name: str, row: Callable[[Company], Any]) -> None:
    with breaks(name):
        row(company).save()


def test_shares_of_own_products_add_up_to_at_most_100(company: Company) -> None:
    with breaks("own_product_shares_at_most_100"):
        services.set_own_products(
            company_id=company.pk,
            products=[
                OwnProductInput(name="Bank", turnover_share=60),
                OwnProductInput(name="Tafel", turnover_share=41),
            ],
        )
    with breaks("own_product_once"):
        for _ in range(2):
            OwnProduct.objects.create(company=company, name="Bank")


EQUIPMENT = EquipmentInput(kind=EquipmentKind.COBOT, description="Schroeven", year_bought=2022)
ENCLAVE = EnclaveInput(host_name="Gastheer nv", places=8, nace_division="10", since_year=2019)
PRODUCT = OwnProductInput(name="Tuinbank", since_year=2015, turnover_share=12)
PARTNER = CooperationInput(kind=CooperationKind.PURCHASE, partner_name="Buur vzw")


def test_what_is_told_comes_back_in_the_profile(company: Company) -> None:
    services.set_equipment(company_id=company.pk, equipment=[EQUIPMENT])
    services.set_current_work(
        company_id=company.pk, enclaves=[ENCLAVE], products=[PRODUCT], cooperations=[PARTNER]
    )
    profile = selectors.company_profile(company)
    (robot,) = profile.equipment
    assert (robot.kind, robot.year_bought, robot.quantity) == ("cobot", 2022, 1)
    assert [(row.host_name, row.places) for row in profile.enclaves] == [("Gastheer nv", 8)]
    assert [(row.name, row.turnover_share) for row in profile.own_products] == [("Tuinbank", 12)]
    assert [(row.kind, row.partner_name) for row in profile.cooperations] == [
        ("purchase", "Buur vzw")
    ]


WRITES: list[Callable[[int], None]] = [
    lambda key: services.set_equipment(company_id=key, equipment=[EQUIPMENT]),
    lambda key: services.set_enclaves(company_id=key, enclaves=[ENCLAVE]),
    lambda key: services.set_own_products(company_id=key, products=[PRODUCT]),
    lambda key: services.set_cooperations(company_id=key, cooperations=[PARTNER]),
]


@pytest.mark.parametrize("write", WRITES)
def test_a_change_raises_the_version_and_writing_the_same_again_does_not(
    company: Company, write: Callable[[int], None]
) -> None:
    before = version(company)
    write(company.pk)
    after = version(company)
    assert after > before
    write(company.pk)
    assert version(company) == after


def test_current_work_is_written_whole_or_not_at_all(company: Company) -> None:
    with pytest.raises(IntegrityError):
        services.set_current_work(
            company_id=company.pk,
            enclaves=[ENCLAVE],
            products=[PRODUCT],
            cooperations=[CooperationInput(kind=CooperationKind.OTHER, partner_name="")],
        )


def test_each_kind_of_equipment_stands_in_one_group() -> None:
    grouped = [kind for _, kinds in EQUIPMENT_GROUPS for kind in kinds]
    assert sorted(grouped) == sorted(EquipmentKind)
    assert set(EquipmentKind) >= OPERATOR_SUPPORT
    assert set(EquipmentKind) >= COBOTS
    assert not OPERATOR_SUPPORT & COBOTS
