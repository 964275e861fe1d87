"""Consents as people meet them."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from companies.profiles import selectors
from companies.profiles.content.consents import TEXTS
from companies.profiles.enums import ConsentPurpose
from companies.profiles.models import Consent
from tests.access import rows
from tests.access.world import World
from tests.profiles.test_documents import as_

pytestmark = pytest.mark.django_db

# A text that somebody agreed to never changes: add a version instead.
PRINTS = {
    ("share_with_partners", "2026-11"): "253d0d94b099218a",
    ("benchmark", "2026-11"): "4c62e2833cc0013c",
}


def test_texts_stay_as_they_were_agreed_to() -> None:
    found = {}
    for purpose, texts in TEXTS.items():
        for text in texts:
            words = [value for name, value in vars(text).items() if name != "still_enough"]
            found[purpose.value, text.version] = hashlib.sha256(
                "\n".join(words).encode()
            ).hexdigest()[:16]
    assert found == PRINTS
    assert set(TEXTS) == set(ConsentPurpose)


def address(world: World, name: str, *args: str) -> str:
    """A page about consents of this company."""
    return reverse(f"profiles:{name}", args=[world.company.pk, *args])


def test_an_owner_gives_and_withdraws_with_one_button_each(world: World, client: Client) -> None:
    owner = as_(world, rows.OWNER, client)
    page = owner.get(address(world, "consents")).content.decode()
    assert page.count("No consent") == len(ConsentPurpose)
    assert TEXTS[ConsentPurpose.BENCHMARK][0].without_en in page
    page = owner.post(address(world, "consent_give", "benchmark"), follow=True).content.decode()
    assert page.count("Consent given") == 1
    assert selectors.has_consent(world.company.pk, ConsentPurpose.BENCHMARK)
    page = owner.post(address(world, "consent_withdraw", "benchmark"), follow=True).content.decode()
    assert "Consent given" not in page
    assert "Withdrawn on" in page
    assert not selectors.has_consent(world.company.pk, ConsentPurpose.BENCHMARK)
    assert Consent.objects.get().withdrawn_by == world.people[rows.OWNER]


@pytest.mark.parametrize("persona", [rows.EDITOR, rows.READER, rows.ADVISER, rows.COORDINATOR])
def test_others_see_and_do_not_decide(world: World, client: Client, persona: str) -> None:
    person = as_(world, persona, client)
    page = person.get(address(world, "consents")).content.decode()
    assert "Only an owner" in page
    assert "Give consent" not in page
    assert person.post(address(world, "consent_give", "benchmark")).status_code == 403
    assert not Consent.objects.exists()


def test_an_unknown_purpose_is_not_found(world: World, client: Client) -> None:
    owner = as_(world, rows.OWNER, client)
    assert owner.post(address(world, "consent_give", "verkopen")).status_code == 404


def test_the_page_costs_the_same_whatever_happened(
    world: World, client: Client, django_assert_max_num_queries: Any
) -> None:
    owner = as_(world, rows.OWNER, client)
    for _ in range(4):
        owner.post(address(world, "consent_give", "benchmark"))
        owner.post(address(world, "consent_withdraw", "benchmark"))
    owner.get(address(world, "consents"))
    with django_assert_max_num_queries(12):
        owner.get(address(world, "consents"))
