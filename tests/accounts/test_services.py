"""People, roles, provinces: writes and the rules that the database keeps."""

from __future__ import annotations

import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import AnonymousUser, Group
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from portal.accounts import services
from portal.accounts.models import AdviserProvince, User
from portal.accounts.roles import (
    Role,
    has_role,
    is_government,
    may_see_aggregates,
    may_see_companies,
)
from portal.common.vocabulary import Province

pytestmark = pytest.mark.django_db


def test_reference_data_are_the_four_groups() -> None:
    services.load_reference()
    services.load_reference()
    counts = {group.name: group.permissions.count() for group in Group.objects.all()}
    assert set(counts) == {"adviser", "analyst", "coordinator", "administrator"}
    assert counts.pop("administrator") > 100
    assert set(counts.values()) == {0}


def test_a_right_given_by_hand_is_taken_back() -> None:
    from django.contrib.auth.models import Permission

    group = Group.objects.get(name="analyst")
    group.permissions.add(*Permission.objects.all()[:3])
    services.load_reference()
    assert not group.permissions.exists()


def test_a_person_has_a_verified_address_and_no_password() -> None:
    person = services.create_person(email="Els@Bedrijf.TEST", full_name="Els")
    assert person.email == "els@bedrijf.test"
    assert not person.has_usable_password()
    address = EmailAddress.objects.get(user=person)
    assert (address.email, address.verified, address.primary) == (person.email, True, True)
    assert str(person) == "Els"


def test_people_need_an_address_and_a_language_that_we_have() -> None:
    with pytest.raises(ValueError, match="address"):
        services.create_person(email="")
    with pytest.raises(ValueError, match="'fr'"):
        services.create_person(email="a@b.test", language="fr")
    person = services.create_person(email="a@b.test", language="en")
    with pytest.raises(ValueError, match="'fr'"):
        services.set_language(user=person, language="fr")
    with pytest.raises(ValueError, match="'fr'"):
        services.update_profile(user=person, full_name="A", language="fr")


@pytest.mark.parametrize(
    ("role", "aggregates", "companies", "admin"),
    [
        (Role.ADVISER, True, True, False),
        (Role.ANALYST, True, False, False),
        (Role.COORDINATOR, True, True, False),
        (Role.ADMINISTRATOR, True, True, True),
    ],
)
def test_what_each_role_may(role: Role, aggregates: bool, companies: bool, admin: bool) -> None:
    user = services.create_staff_user(email="a@overheid.test", roles=[role])
    assert may_see_aggregates(user) is aggregates
    assert may_see_companies(user) is companies
    assert (user.is_staff, user.is_superuser) == (admin, admin)
    user.is_active = False
    assert not is_government(user)


def test_nobody_else_is_government() -> None:
    assert not is_government(AnonymousUser())
    assert not has_role(services.create_person(email="a@b.test"), *Role)


def test_roles_replace_each_other_and_are_seen_at_once() -> None:
    user = services.create_staff_user(email="a@overheid.test", roles=[Role.ADMINISTRATOR])
    assert user.staff_roles == {Role.ADMINISTRATOR}
    services.set_staff_roles(user=user, roles=[Role.ADVISER, Role.ANALYST])
    assert user.staff_roles == {Role.ADVISER, Role.ANALYST}
    user = User.objects.get(pk=user.pk)
    assert (user.is_staff, user.is_superuser) == (False, False)


def test_provinces_replace_each_other() -> None:
    user = services.create_staff_user(
        email="a@overheid.test",
        roles=[Role.ADVISER],
        provinces=[Province.ANTWERPEN, Province.LIMBURG],
    )
    assert user.staff_provinces == {"antwerpen", "limburg"}
    services.set_adviser_provinces(user=user, provinces=[Province.LIMBURG, Province.LUIK])
    assert user.staff_provinces == {"limburg", "luik"}


def test_a_corrected_address_shuts_out_the_old_one() -> None:
    user = services.create_person(email="oud@b.test")
    EmailAddress.objects.create(user=user, email="tweede@b.test", verified=True)
    user.email = "nieuw@b.test"
    user.save()
    services.replace_address(user=user)
    rows = EmailAddress.objects.filter(user=user).values_list("email", "verified", "primary")
    assert list(rows) == [("nieuw@b.test", True, True)]


def test_create_superuser_opens_the_admin() -> None:
    root = User.objects.create_superuser("root@b.test", "x")
    assert root.is_staff
    assert root.is_superuser
    assert User.objects.get_by_natural_key("ROOT@b.test") == root


class TestConstraints:
    """Each rule of the database, broken."""

    def test_user_email_unique_ignores_case(self) -> None:
        services.create_person(email="els@b.test")
        with pytest.raises(IntegrityError, match="user_email_unique"), transaction.atomic():
            User.objects.bulk_create([User(email="ELS@b.test")])

    def test_user_language_known(self) -> None:
        with pytest.raises(IntegrityError, match="user_language_known"), transaction.atomic():
            User.objects.create(email="a@b.test", language="fr")

    def test_adviser_province_once(self) -> None:
        user = services.create_staff_user(
            email="a@b.test", roles=[Role.ADVISER], provinces=[Province.LUIK]
        )
        with pytest.raises(IntegrityError, match="adviser_province_once"), transaction.atomic():
            AdviserProvince.objects.create(user=user, province="luik")

    def test_adviser_province_known(self) -> None:
        user = services.create_person(email="a@b.test")
        with pytest.raises(IntegrityError, match="adviser_province_known"), transaction.atomic():
            AdviserProvince.objects.create(user=user, province="parijs")

    def test_messages_are_readable(self) -> None:
        services.create_person(email="els@b.test")
        with pytest.raises(ValidationError) as caught:
            User(email="ELS@b.test", password="x").full_clean()
        assert "already" in str(caught.value) or "al een account" in str(caught.value)
