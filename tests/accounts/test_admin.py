"""The Django admin: for administrators, through the portal's log-in, without passwords."""

from __future__ import annotations

from typing import Any

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.core import mail
from django.test import Client
from django.urls import reverse

from portal.accounts import services
from portal.accounts.admin_site import PortalAdminSite
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.accounts.conftest import link_in, log_in
from tests.factories import PASSWORD

NO_PROVINCES = {
    "adviser_provinces-TOTAL_FORMS": "0",
    "adviser_provinces-INITIAL_FORMS": "0",
    "emailaddress_set-TOTAL_FORMS": "0",
    "emailaddress_set-INITIAL_FORMS": "0",
}


@pytest.fixture
def chief(client: Client, db: None, settings: Any) -> User:
    """A demo administrator at work."""
    settings.DEMO_SKIPS_SECOND_FACTOR = True
    user = services.create_staff_user(
        email="chef@overheid.test", roles=[Role.ADMINISTRATOR], language="en", is_demo=True
    )
    client.force_login(user)
    return user


def form_of(user: User, **changes: Any) -> dict[str, Any]:
    """What the change form of a user sends."""
    addresses = EmailAddress.objects.filter(user=user).count()
    data = {
        "email": user.email,
        "full_name": user.full_name,
        "language": user.language,
        "is_active": "on",
        "groups": [str(group.pk) for group in user.groups.all()],
        **NO_PROVINCES,
        "emailaddress_set-INITIAL_FORMS": str(addresses),
        "emailaddress_set-TOTAL_FORMS": str(addresses),
    }
    for index, address in enumerate(EmailAddress.objects.filter(user=user)):
        data |= {
            f"emailaddress_set-{index}-id": str(address.pk),
            f"emailaddress_set-{index}-user": str(user.pk),
        }
    return {key: value for key, value in (data | changes).items() if value is not None}


def group(role: Role) -> str:
    from django.contrib.auth.models import Group

    return str(Group.objects.get(name=role.value).pk)


def test_visitors_log_in_on_the_portals_page(client: Client, db: None) -> None:
    assert client.get("/admin/")["Location"].endswith("/admin/login/?next=/admin/")
    login = client.get("/admin/login/?next=/admin/accounts/user/")
    assert login["Location"] == "/account/login/?next=%2Fadmin%2Faccounts%2Fuser%2F"
    posted = client.post("/admin/login/", {"username": "a@b.test", "password": "x"})
    assert posted["Location"].startswith("/account/login/")


def test_others_are_refused(client: Client, person: User) -> None:
    client.force_login(person)
    assert client.get("/admin/login/").status_code == 403
    assert client.get("/admin/")["Location"].startswith("/admin/login/")


def test_one_way_to_log_out_and_to_change_a_password(client: Client, chief: User) -> None:
    assert client.post("/admin/logout/")["Location"] == "/account/logout/"
    assert client.get("/admin/password_change/")["Location"] == "/account/password/change/"


def test_an_administrator_without_second_factor_gets_no_further(client: Client, db: None) -> None:
    client.force_login(
        services.create_staff_user(email="a@overheid.test", roles=[Role.ADMINISTRATOR])
    )
    for address in ("/admin/", reverse("admin:accounts_user_changelist"), "/admin/login/"):
        assert client.get(address)["Location"] == "/account/2fa/totp/activate/"


def test_what_libraries_register_is_chosen() -> None:
    assert isinstance(admin.site._wrapped, PortalAdminSite)  # type: ignore[attr-defined]
    labels = {model._meta.label_lower for model in admin.site._registry}
    assert not labels & {"auth.group", "socialaccount.socialapp", "socialaccount.socialtoken"}
    assert "mfa.authenticator" in labels
    assert type(admin.site._registry[Authenticator]).__module__ == "portal.accounts.admin"


def test_no_password_and_no_secret_on_any_page(client: Client, chief: User, person: User) -> None:
    factor = Authenticator.objects.create(user=person, type="totp", data={"secret": "GEHEIM"})
    for address in (
        reverse("admin:accounts_user_changelist"),
        reverse("admin:accounts_user_change", args=[person.pk]),
        reverse("admin:mfa_authenticator_changelist"),
        reverse("admin:mfa_authenticator_change", args=[factor.pk]),
        reverse("admin:mfa_authenticator_delete", args=[factor.pk]),
    ):
        page = client.get(address)
        assert page.status_code == 200
        text = page.content.decode()
        assert "GEHEIM" not in text
        assert person.password not in text
        assert "md5$" not in text


def test_a_new_colleague_chooses_a_password_by_mail(client: Client, chief: User) -> None:
    response = client.post(
        reverse("admin:accounts_user_add"),
        {
            "email": "Nieuw@Overheid.test",
            "full_name": "Nieuw",
            "language": "nl",
            "is_active": "on",
            "groups": [group(Role.ADVISER)],
            **NO_PROVINCES,
            "adviser_provinces-TOTAL_FORMS": "1",
            "adviser_provinces-0-province": "limburg",
        },
    )
    assert response.status_code == 302, response.context["adminform"].form.errors
    colleague = User.objects.get(email="nieuw@overheid.test")
    assert colleague.staff_roles == {Role.ADVISER}
    assert colleague.staff_provinces == {"limburg"}
    assert not colleague.is_staff
    assert not colleague.has_usable_password()

    fresh = Client()
    fresh.post("/account/password/reset/", {"email": colleague.email})
    step = fresh.get(link_in(mail.outbox[-1].body))
    fresh.post(step["Location"], {"password1": PASSWORD, "password2": PASSWORD})
    assert log_in(fresh, colleague.email)["Location"] == "/"


def test_the_administrators_role_opens_and_closes_the_admin(
    client: Client, chief: User, person: User
) -> None:
    address = reverse("admin:accounts_user_change", args=[person.pk])
    client.post(address, form_of(person, groups=[group(Role.ADMINISTRATOR)]))
    person.refresh_from_db()
    assert (person.is_staff, person.is_superuser) == (True, True)
    client.post(address, form_of(person, groups=[group(Role.ANALYST)]))
    person = User.objects.get(pk=person.pk)
    assert (person.is_staff, person.is_superuser) == (False, False)
    assert person.staff_roles == {Role.ANALYST}


def test_administrators_cannot_shut_themselves_out(client: Client, chief: User) -> None:
    address = reverse("admin:accounts_user_change", args=[chief.pk])
    for changes in ({"groups": []}, {"is_active": None}):
        response = client.post(address, form_of(chief, **changes))
        assert response.status_code == 200
        assert "cannot close your own account" in response.content.decode()
    chief = User.objects.get(pk=chief.pk)
    assert (chief.is_active, chief.is_superuser) == (True, True)
    assert client.post(address, form_of(chief, full_name="Chef")).status_code == 302


def test_a_corrected_address_replaces_the_old_one(
    client: Client, chief: User, person: User
) -> None:
    address = reverse("admin:accounts_user_change", args=[person.pk])
    client.post(address, form_of(person, email="Els@Nieuw.test"))
    assert list(
        EmailAddress.objects.filter(user=person).values_list("email", "verified", "primary")
    ) == [("els@nieuw.test", True, True)]
    assert log_in(Client(), "els@nieuw.test")["Location"] == "/"


def test_an_address_in_use_is_refused_whatever_its_capitals(
    client: Client, chief: User, person: User
) -> None:
    address = reverse("admin:accounts_user_change", args=[person.pk])
    response = client.post(address, form_of(person, email="CHEF@overheid.test"))
    assert response.status_code == 200
    assert response.context["adminform"].form.errors


def test_accounts_are_closed_not_deleted(client: Client, chief: User, person: User) -> None:
    address = reverse("admin:accounts_user_delete", args=[person.pk])
    assert client.post(address, {"post": "yes"}).status_code == 403
    assert User.objects.filter(pk=person.pk).exists()


def test_a_lost_telephone(client: Client, chief: User, adviser: User) -> None:
    factor = Authenticator.objects.create(user=adviser, type="totp", data={"secret": "x"})
    client.post(reverse("admin:mfa_authenticator_delete", args=[factor.pk]), {"post": "yes"})
    assert not Authenticator.objects.exists()
    assert client.get(reverse("admin:mfa_authenticator_add")).status_code == 403


def test_search_and_filters(client: Client, chief: User, adviser: User, person: User) -> None:
    address = reverse("admin:accounts_user_changelist")

    def found(**query: str) -> list[str]:
        page = client.get(address, query)
        return [user.email for user in page.context["cl"].result_list]

    assert found(q="els") == [person.email]
    assert found(role="adviser") == [adviser.email]
    assert found(adviser_provinces__province="luik") == []
    assert len(found()) == 3


@pytest.mark.parametrize("count", [1, 20])
def test_queries_of_the_list(
    client: Client, chief: User, count: int, django_assert_num_queries: Any
) -> None:
    for number in range(count):
        services.create_staff_user(email=f"a{number}@overheid.test", roles=[Role.ADVISER])
    with django_assert_num_queries(6):
        client.get(reverse("admin:accounts_user_changelist"))
