"""The rules that the database itself keeps."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from companies.register.models import (
    ContactChannel,
    EnterpriseActivity,
    EstablishmentActivity,
    KnownNumber,
    NaceCode,
    RegisterDifference,
    RegisterImport,
    WatchedNace,
)
from portal.common.run_rows import RunStatus
from tests.factories import EnterpriseFactory, EstablishmentActivityFactory, EstablishmentFactory

pytestmark = pytest.mark.django_db


def breaks(constraint: str, make: Any) -> None:
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        make()


@pytest.mark.parametrize("number", ["2000000339", "123456789", "0x00065765", ""])
def test_an_enterprise_has_an_enterprise_number(number: str) -> None:
    breaks("enterprise_number_form", lambda: EnterpriseFactory(number=number))


@pytest.mark.parametrize("number", ["0200065765", "9000006626", ""])
def test_an_establishment_has_an_establishment_number(number: str) -> None:
    enterprise = EnterpriseFactory()
    breaks(
        "establishment_number_form",
        lambda: EstablishmentFactory(number=number, enterprise=enterprise),
    )


def test_a_point_has_both_coordinates() -> None:
    enterprise = EnterpriseFactory()
    breaks(
        "establishment_point_whole", lambda: EstablishmentFactory(enterprise=enterprise, y_m=None)
    )


def test_an_activity_is_listed_once() -> None:
    listed = EstablishmentActivityFactory()
    again = {"establishment": listed.establishment, "version": "2025", "code": "10820"}
    breaks(
        "establishment_activity_once",
        lambda: EstablishmentActivity.objects.create(classification="SECO", **again),
    )
    EstablishmentActivityFactory(establishment=listed.establishment, version="2008")
    enterprise = EnterpriseFactory()
    own = {"enterprise": enterprise, "version": "2025", "code": "10820", "classification": "MAIN"}
    EnterpriseActivity.objects.create(**own)
    breaks("enterprise_activity_once", lambda: EnterpriseActivity.objects.create(**own))


def test_a_code_stands_once_per_version() -> None:
    NaceCode.objects.create(version="2025", code="99999")
    NaceCode.objects.create(version="2008", code="99999")
    breaks(
        "nace_code_once_per_version",
        lambda: NaceCode.objects.create(version="2025", code="99999"),
    )


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("watched_nace_opportunity_known", {"opportunity": "iets"}),
        ("watched_nace_version_known", {"version": "1993"}),
    ],
)
def test_the_watch_list_knows_its_words(constraint: str, change: dict[str, str]) -> None:
    row = {"version": "2025", "prefix": "999", "opportunity": "enclave"} | change
    breaks(constraint, lambda: WatchedNace.objects.create(**row))


def test_a_code_is_watched_once_per_opportunity() -> None:
    row = {"version": "2025", "prefix": "999", "opportunity": "enclave"}
    WatchedNace.objects.create(**row)
    breaks("watched_nace_once", lambda: WatchedNace.objects.create(**row))


def test_a_known_number_is_an_enterprise_number() -> None:
    breaks("known_number_form", lambda: KnownNumber.objects.create(number="2000000339"))


def test_one_import_at_a_time() -> None:
    RegisterImport.objects.create(source_name="one", status=RunStatus.RUNNING)
    RegisterImport.objects.create(source_name="waits")
    breaks(
        "register_import_one_running",
        lambda: RegisterImport.objects.create(source_name="two", status=RunStatus.RUNNING),
    )


def test_a_contact_channel_has_one_owner_one_kind_and_stands_once() -> None:
    place = EstablishmentFactory()
    tel = {"kind": "TEL", "value": "02 123 45 67"}
    for constraint, row in (
        ("contact_channel_one_owner", tel),
        (
            "contact_channel_one_owner",
            {"enterprise": place.enterprise, "establishment": place} | tel,
        ),
        ("contact_channel_kind_known", {"enterprise": place.enterprise, "kind": "FAX"}),
    ):
        breaks(constraint, lambda row=row: ContactChannel.objects.create(**row))
    for owner in ({"enterprise": place.enterprise}, {"establishment": place}):
        ContactChannel.objects.create(**owner, **tel)
        breaks(
            f"contact_channel_once_per_{next(iter(owner))}",
            lambda owner=owner: ContactChannel.objects.create(**owner, **tel),
        )
    assert [channel.link for channel in place.contacts.all()] == ["tel:021234567"]


def test_a_difference_is_listed_once_and_of_a_known_kind() -> None:
    row = RegisterImport.objects.create(source_name="x.zip")
    difference = {"register_import": row, "number": "2000000339", "kind": "new"}
    RegisterDifference.objects.create(**difference)
    breaks("register_difference_once", lambda: RegisterDifference.objects.create(**difference))
    other = difference | {"number": "2000000438", "kind": "lost"}
    breaks("register_difference_kind_known", lambda: RegisterDifference.objects.create(**other))
