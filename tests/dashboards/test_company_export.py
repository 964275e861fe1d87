"""Everything of the company is in its export, and nothing of anybody else."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from assessments.dashboards.company_data.export import export_company
from assessments.dashboards.company_data.tables import (
    EXPORTED,
    NOT_EXPORTED,
    columns_of,
    company_models,
    of_company,
)
from companies.partners.models import PartnerNeed
from companies.profiles.models import Company, Customer
from companies.profiles.selectors.belonging import path_to_company
from portal.accounts.models import ExportLog
from portal.accounts.roles import Role
from tests.dashboards.company import full_company, owner_of, secret_of
from tests.factories import (
    CustomerFactory,
    PartnerContactFactory,
    PartnerFactory,
    PartnerNeedFactory,
    staff,
)

pytestmark = pytest.mark.django_db


def exported(company: Company) -> zipfile.ZipFile:
    """The ZIP, made by the owner."""
    file = io.BytesIO()
    export_company(company_id=company.pk, by=owner_of(company), now=timezone.now(), file=file)
    return zipfile.ZipFile(file)


def records(archive: zipfile.ZipFile, name: str) -> list[dict[str, Any]]:
    """One kind of record, as programs read it."""
    found: list[dict[str, Any]] = json.loads(archive.read(f"data/{name}.json"))
    return found


def everything(archive: zipfile.ZipFile) -> str:
    """All text of all files."""
    return "\n".join(archive.read(name).decode() for name in archive.namelist())


def test_every_table_of_a_company_is_exported_or_left_out_for_a_reason() -> None:
    labels = {model._meta.label for model, _ in company_models()}
    assert labels == set(EXPORTED) | set(NOT_EXPORTED)
    assert not set(EXPORTED) & set(NOT_EXPORTED)
    assert all(NOT_EXPORTED.values())
    names = [one.name for one in EXPORTED.values()]
    assert len(names) == len(set(names))


def test_columns_that_are_left_out_exist_and_have_a_reason() -> None:
    for model, _ in company_models():
        if model._meta.label in EXPORTED:
            fields = {field.name for field in model._meta.concrete_fields}
            left_out = EXPORTED[model._meta.label].left_out
            assert set(left_out) <= fields, model._meta.label
            assert all(left_out.values())


def test_each_kind_is_there_twice_with_all_its_rows() -> None:
    company = full_company()
    archive = exported(company)
    manifest = json.loads(archive.read("manifest.json"))
    for model, path in company_models():
        if model._meta.label not in EXPORTED:
            continue
        name = EXPORTED[model._meta.label].name
        only = EXPORTED[model._meta.label].only
        count = of_company(model, path, company.pk).filter(**only).count()
        assert count, f"the test has no {name}"
        assert len(records(archive, name)) == count == manifest["rows"][name]
        text = archive.read(f"data/{name}.csv").decode("utf-8-sig")
        assert len(list(csv.reader(io.StringIO(text), delimiter=";"))) == count + 1
    assert records(archive, "history")
    assert {row["who"] for row in records(archive, "history")}


def test_the_manifest_holds_the_sums_of_what_is_there() -> None:
    import hashlib

    archive = exported(full_company())
    sums = json.loads(archive.read("manifest.json"))["sha256"]
    for name in archive.namelist():
        if name != "manifest.json":
            assert hashlib.sha256(archive.read(name)).hexdigest() == sums[name]


def test_the_readme_explains_every_column_in_both_languages() -> None:
    archive = exported(full_company())
    readme = archive.read("README.txt").decode()
    assert "Alle gegevens van" in readme
    assert "All data of" in readme
    for name in (one.name for one in EXPORTED.values()):
        assert readme.count(f"data/{name}.csv") == 2
        for column in records(archive, name)[0]:
            assert readme.count(f"    {column}: ") >= 2, column


def test_nothing_of_another_company_its_people_or_partners_leaves() -> None:
    company, other = full_company(), full_company(name="Heel Ander Bedrijf vzw")
    # The same customer, the same partner.
    shared = {"name": "Gedeelde klant", "enterprise_number": "0200065765"}
    CustomerFactory(company=company, turnover_share=5, **shared)
    CustomerFactory(company=other, turnover_share=6, **shared)
    match = company.matches.get()
    partner = PartnerFactory(establishment=match.establishment, description="Vertrouwelijke wens")
    contact = PartnerContactFactory(partner=partner).user
    need: PartnerNeed = PartnerNeedFactory(partner=partner, amount=98_765)
    coordinator = staff(Role.COORDINATOR, full_name="Colette Coordinator")
    from pghistory import context

    with context(user=coordinator.pk, url="/admin/"):
        Company.objects.filter(pk=company.pk).update(street="Beheerstraat")
    text = everything(exported(company))
    assert "Beheerstraat" in text
    assert "Gedeelde klant" in text
    strangers = [
        other.name,
        other.enterprise_number,
        contact.email,
        contact.full_name,
        partner.description,
        str(need.amount),
        coordinator.full_name,
        coordinator.email,
        secret_of(company),
        *(member.user.email for member in other.memberships.all()),
        *(member.user.full_name + " " for member in other.memberships.all()),
        *other.customers.exclude(enterprise_number="0200065765").values_list("name", flat=True),
    ]
    for secret in strangers:
        assert f"{secret}" not in text, secret


def test_documents_are_files_that_stay_in_their_folder() -> None:
    company = full_company()
    key = company.documents.get().pk
    archive = exported(company)
    name = f"documents/{key}-verslag.pdf"
    assert archive.read(name) == bytes(company.documents.get().content.data)
    assert all(".." not in name and not name.startswith("/") for name in archive.namelist())


def test_no_column_of_an_account_leaves() -> None:
    company = full_company()
    text = everything(exported(company))
    for member in company.memberships.all():
        assert member.user.password not in text


def test_text_that_looks_like_a_formula_is_shown_as_text() -> None:
    company = full_company()
    Customer.objects.filter(company=company).update(name='=HYPERLINK("http://x";"y")')
    archive = exported(company)
    text = archive.read("data/customers.csv").decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(text), delimiter=";") for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith("=") for cell in cells)
    assert records(archive, "customers")[0]["name"].startswith("=HYPERLINK")


def test_each_export_is_logged_and_the_log_stays() -> None:
    company = full_company()
    exported(company)
    log = ExportLog.objects.get()
    assert log.exported_by == owner_of(company)
    assert company.enterprise_number in log.subject
    assert log.contents["customers"] == 1
    assert len(log.sha256) == 64
    for change in (lambda: ExportLog.objects.update(what="other"), ExportLog.objects.all().delete):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()


def test_a_log_says_what_was_exported() -> None:
    company = full_company()
    with pytest.raises(IntegrityError, match="export_log_what"), transaction.atomic():
        ExportLog.objects.create(what="", exported_at=timezone.now(), exported_by=owner_of(company))


def test_an_owner_downloads_it_also_when_the_company_is_closed(client: Client) -> None:
    company = full_company()
    owner = owner_of(company)
    client.force_login(owner)
    address = reverse("dashboards:company_export", args=[company.pk])
    for closed_at in (None, timezone.now()):
        Company.objects.filter(pk=company.pk).update(
            closed_at=closed_at,
            closed_by=owner if closed_at else None,
            close_reason="x" if closed_at else "",
        )
        assert client.get(address).status_code == 200
        response = client.post(address)
        content = io.BytesIO(b"".join(response.streaming_content))  # type: ignore[arg-type]
        assert response["Content-Type"] == "application/zip"
        assert company.enterprise_number in response["Content-Disposition"]
        assert zipfile.ZipFile(content).testzip() is None
    assert ExportLog.objects.count() == 2


def test_queries_do_not_grow_with_the_rows() -> None:
    company = full_company()
    counts = []
    for more in (0, 40):
        for number in range(more):
            CustomerFactory(company=company, turnover_share=0, name=f"Nog een {number}")
        with CaptureQueriesContext(connection) as queries:
            exported(company)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_columns_never_lead_to_secrets() -> None:
    for model, _ in company_models():
        if model._meta.label in EXPORTED:
            assert not {"token_hash", "password"} & {field.name for field in columns_of(model)}
            assert path_to_company(model) is not None
