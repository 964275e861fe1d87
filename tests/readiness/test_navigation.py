"""The header leads to the self-assessment of the own company."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.roles import Role
from tests.factories import MembershipFactory, staff

pytestmark = pytest.mark.django_db


def test_members_find_their_own(client: Client) -> None:
    member = MembershipFactory()
    client.force_login(member.user)
    own = reverse("readiness:overview", args=[member.company_id])
    assert (
        f'href="{own}"'
        in client.get(reverse("profiles:company", args=[member.company_id])).content.decode()
    )


def test_staff_act_for_no_company_and_find_the_sector(client: Client) -> None:
    client.force_login(staff(Role.ANALYST))
    page = client.get(reverse("dashboards:home")).content.decode()
    assert "/readiness/company/" not in page
    assert f'href="{reverse("readiness:sector")}"' in page


def test_members_do_not_find_the_sector(client: Client) -> None:
    client.force_login(MembershipFactory().user)
    page = client.get(reverse("dashboards:home")).content.decode()
    assert reverse("readiness:sector") not in page
