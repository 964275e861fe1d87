"""Terms and privacy by version: anybody reads them, members accept a newer one."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.profiles import selectors, services
from companies.profiles.content import terms
from companies.profiles.enums import LegalText
from companies.profiles.views import texts
from tests.access import rows
from tests.access.world import World

TEMPLATES = Path(__file__).resolve().parents[2] / "templates" / "profiles"
# A version that people accepted never changes: add a new one instead.
FINGERPRINTS = {
    "terms/2026-11": "52ef6ca67eb4b89d",
    "privacy/2026-11": "ea027d94501319a3",
}


def fingerprint(name: str) -> str:
    return hashlib.sha256((TEMPLATES / f"{name}.html").read_bytes()).hexdigest()[:16]


def test_published_versions_stay_as_they_are() -> None:
    published = {
        *(f"terms/{version}" for version in terms.TERMS_VERSIONS),
        *(f"privacy/{version}" for version in terms.PRIVACY_VERSIONS),
    }
    assert {name: fingerprint(name) for name in published} == FINGERPRINTS


@pytest.mark.django_db
@pytest.mark.parametrize("text", LegalText.values)
def test_anybody_reads_any_version(client: Client, text: str) -> None:
    newest = client.get(reverse("profiles:text", args=[text]))
    assert newest.status_code == 200
    assert client.get(reverse("profiles:text_version", args=[text, "2026-11"])).status_code == 200
    for wrong in ("2020-01", "../../base"):
        assert client.get(f"/companies/texts/{text}/{wrong}/").status_code == 404
    assert client.get("/companies/texts/cookies/").status_code == 404


@pytest.fixture
def newer(monkeypatch: pytest.MonkeyPatch, world: World) -> Any:
    """Everybody accepted the version of now; then the version 2027-01 is published."""
    for persona in (rows.OWNER, rows.READER):
        services.accept_privacy(user=world.people[persona])
    services.accept_terms(company_id=world.company.pk, by=world.people[rows.OWNER])

    def publish() -> None:
        for module in (selectors.members, texts):
            monkeypatch.setattr(module, "TERMS_VERSION", "2027-01")
            monkeypatch.setattr(module, "PRIVACY_VERSION", "2027-01")
        monkeypatch.setattr(texts, "template_of", lambda text, _: f"profiles/{text}/2026-11.html")
        versions = {"terms_version": "2027-01", "privacy_version": "2027-01"}
        accept = services.accept_texts
        monkeypatch.setattr(
            texts.services, "accept_texts", lambda **fields: accept(**fields, **versions)
        )

    return publish


def logged_in(world: World, persona: str) -> Client:
    person = world.people[persona]
    person.language = "en"
    person.save()
    client = Client()
    client.force_login(person)
    return client


def test_a_newer_version_asks_and_blocks_nothing(world: World, newer: Any) -> None:
    owner, reader = logged_in(world, rows.OWNER), logged_in(world, rows.READER)
    page, accept = reverse("profiles:company", args=[world.company.pk]), "/companies/accept-texts/"
    assert accept not in owner.get(page).content.decode()
    newer()
    for member in (owner, reader):
        answer = member.get(page)
        assert answer.status_code == 200
        assert accept in answer.content.decode()
    assert "Deze vzw" in owner.get(accept).content.decode()
    assert "new terms for my company" not in reader.get(accept).content.decode()

    refused = owner.post(accept, {})
    assert "Tick the box" in refused.content.decode()
    owner.post(accept, {"accept": "on"})
    reader.post(accept, {"accept": "on"})
    for member in (owner, reader):
        assert accept not in member.get(page).content.decode()
    world.company.refresh_from_db()
    assert world.company.terms_version == "2027-01"
    kept = world.people[rows.OWNER].acceptances.values_list("text", "version")
    assert sorted(kept) == [
        ("privacy", "2026-11"),
        ("privacy", "2027-01"),
        ("terms", "2026-11"),
        ("terms", "2027-01"),
    ]
    assert not world.people[rows.READER].acceptances.filter(text="terms").exists()


@pytest.mark.django_db
def test_accepting_again_changes_nothing(world: World) -> None:
    owner = world.people[rows.OWNER]
    for _ in range(2):
        services.accept_texts(user=owner, company_ids=[world.company.pk])
    assert owner.acceptances.count() == 2
    client = logged_in(world, rows.OWNER)
    assert (
        "newest version of everything" in client.post("/companies/accept-texts/").content.decode()
    )
