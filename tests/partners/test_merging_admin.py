"""The page that merges: two numbers, both side by side, choices, and the log afterwards."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from companies.partners.merging.models import EstablishmentMerge
from companies.partners.models import Partner
from portal.accounts.roles import Role
from tests.factories import (
    EstablishmentFactory,
    MembershipFactory,
    PartnerFactory,
    PartnerNeedFactory,
    UserFactory,
    staff,
)

pytestmark = pytest.mark.django_db
ADD = reverse("admin:partners_establishmentmerge_add")


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


@pytest.fixture
def pair() -> tuple[Partner, Partner]:
    """Two partners that are one place."""
    stays, ends = PartnerFactory(description="Nieuw"), PartnerFactory(description="Oud")
    PartnerNeedFactory(partner=stays, amount=8)
    PartnerNeedFactory(partner=ends, amount=5)
    PartnerNeedFactory(partner=ends, opportunity="reshoring", unit="volume")
    return stays, ends


def address(stays: Partner, ends: Partner) -> str:
    return f"{ADD}?survivor={stays.establishment_id}&loser={ends.establishment_id}"


def text_of(answer: object) -> str:
    return " ".join(answer.content.decode().split())  # type: ignore[attr-defined]


def test_from_two_numbers_to_one_partner(
    administrator: Client, pair: tuple[Partner, Partner]
) -> None:
    stays, ends = pair
    assert "Number that stays" in text_of(administrator.get(ADD))
    answer = administrator.get(address(*pair))
    text = text_of(answer)
    for shown in (stays.establishment.name, ends.establishment.name, "Nieuw", "Oud", "Needs of"):
        assert shown in text
    form = answer.context["form"]
    amount = next(key for key in form.choice_names if key.endswith("amount"))
    sent = dict.fromkeys(form.choice_names, "survivor") | {amount: "loser"}
    sent |= {"seen": form["seen"].initial, "note": ""}
    answer = administrator.post(address(*pair), sent)
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"note"}
    assert not EstablishmentMerge.objects.exists()

    answer = administrator.post(address(*pair), sent | {"note": "Overname"}, follow=True)
    merged = EstablishmentMerge.objects.get()
    assert f"{ends.establishment.name} continues as {stays.establishment.name}" in text_of(answer)
    assert stays.needs.get(opportunity="enclave").amount == 5
    assert stays.needs.count() == 2
    assert "partners.PartnerNeed.partner" in text_of(answer)
    listing = reverse("admin:partners_establishmentmerge_changelist")
    assert merged.loser in text_of(administrator.get(listing))

    # Whoever has an old address gets to the one that stays.
    old = reverse("partners:partner", args=[ends.pk])
    assert administrator.get(old)["Location"] == reverse("partners:partner", args=[stays.pk])
    old = reverse("register:establishment", args=[ends.establishment_id])
    answer = administrator.get(old, follow=True)
    assert answer.redirect_chain == [
        (reverse("register:establishment", args=[stays.establishment_id]), 302)
    ]
    assert "which continues as this one" in text_of(answer)


def test_two_partners_of_the_list(administrator: Client, pair: tuple[Partner, Partner]) -> None:
    listing = reverse("admin:partners_partner_changelist")
    chosen = {"action": "merge_two", "_selected_action": [one.pk for one in pair]}
    assert administrator.post(listing, chosen)["Location"] == address(*pair)
    chosen["_selected_action"] = [pair[0].pk]
    assert "exactly two" in text_of(administrator.post(listing, chosen, follow=True))


def test_numbers_that_cannot_be_merged(
    administrator: Client, pair: tuple[Partner, Partner]
) -> None:
    number, gone = pair[0].establishment_id, EstablishmentFactory(is_active=False).number
    for survivor, loser, message in (
        ("x", number, "Type the ten digits"),
        (number, "", "This field is required"),
        (number, number, "twice the same number"),
        (number, "2000000339", "not in our copy"),
        (gone, number, "no longer active"),
        ("\x00", number, "Null characters"),
    ):
        answer = administrator.get(ADD, {"survivor": survivor, "loser": loser})
        assert answer.status_code == 200
        assert message in answer.content.decode()
        assert answer.context["plan"] is None


def test_a_change_behind_the_page_asks_again(
    administrator: Client, pair: tuple[Partner, Partner]
) -> None:
    form = administrator.get(address(*pair)).context["form"]
    sent = dict.fromkeys(form.choice_names, "survivor")
    sent |= {"seen": form["seen"].initial, "note": "Overname"}
    pair[1].needs.filter(opportunity="enclave").update(amount=6)
    answer = administrator.post(address(*pair), sent, follow=True)
    assert "Something changed since you opened this page" in text_of(answer)
    assert not EstablishmentMerge.objects.exists()
    del sent["seen"]
    assert administrator.post(address(*pair), sent).status_code == 200


def test_only_administrators(client: Client, pair: tuple[Partner, Partner]) -> None:
    for person in (staff(Role.ADVISER), staff(Role.COORDINATOR), MembershipFactory().user):
        client.force_login(person)
        assert client.get(address(*pair)).status_code in {302, 403}
        assert client.post(address(*pair), {"note": "x"}).status_code in {302, 403}
    staff_without_rights = UserFactory(is_staff=True, is_demo=True)
    client.force_login(staff_without_rights)
    assert client.get(address(*pair)).status_code == 403
    assert not EstablishmentMerge.objects.exists()
