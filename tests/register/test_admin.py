"""The register in the admin: searchable, and read-only where it is mirrored."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from companies.register.domain.numbers import format_number
from companies.register.models import KnownNumber, NaceCode, RegisterImport
from companies.register.selectors import current_import
from portal.accounts.roles import Role
from tests.factories import EnterpriseFactory, EstablishmentActivityFactory, staff

pytestmark = pytest.mark.django_db
MODELS = (
    "enterprise", "establishment", "nacecode", "postalpoint", "watchednace", "knownnumber",
    "registerimport",
)  # fmt: skip
MIRRORED = ("enterprise", "establishment", "nacecode", "postalpoint", "registerimport")


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


@pytest.mark.parametrize("model", MODELS)
def test_every_list_opens_and_searches(administrator: Client, model: str) -> None:
    EstablishmentActivityFactory()
    KnownNumber.objects.create(number="0200065765")
    NaceCode.objects.create(version="2025", code="10820")
    RegisterImport.objects.create(source_name="x.zip")
    url = reverse(f"admin:register_{model}_changelist")
    assert administrator.get(url).status_code == 200
    assert administrator.get(url, {"q": "x"}).status_code == 200


@pytest.mark.parametrize("model", MIRRORED)
def test_what_is_mirrored_cannot_be_added(administrator: Client, model: str) -> None:
    assert administrator.get(reverse(f"admin:register_{model}_add")).status_code == 403


def test_an_enterprise_is_found_by_name_and_number_and_not_changed(administrator: Client) -> None:
    enterprise = EnterpriseFactory(name="Élan Chocolade & Co")
    EnterpriseFactory(name="Ander")
    url = reverse("admin:register_enterprise_changelist")
    for asked in ("élan choc", "ELAN", format_number(enterprise.pk), f"BE {enterprise.pk}"):
        page = administrator.get(url, {"q": asked})
        assert [row.name for row in page.context["cl"].result_list] == [enterprise.name], asked
    change = reverse("admin:register_enterprise_change", args=[enterprise.pk])
    assert administrator.get(change).status_code == 200
    assert administrator.post(change, {"name": "Anders"}).status_code == 403
    delete = reverse("admin:register_enterprise_delete", args=[enterprise.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_there_is_no_current_import_before_the_first() -> None:
    assert current_import() is None
