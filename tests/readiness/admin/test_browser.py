"""Editing, previewing and publishing a questionnaire in a real browser."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.urls import reverse
from playwright.sync_api import Browser

from assessments.readiness.models import Questionnaire, Statement
from assessments.readiness.services import draft_from
from portal.accounts import services
from portal.accounts.roles import Role
from tests.browser.harness import (
    axe_violations,
    describe,
    launched,
    log_in,
    open_context,
    sideways_scroll,
    watch,
)
from tests.factories import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
SLOW = [
    pytest.param(language, width, marks=pytest.mark.slow)
    for language, width in (("nl", 1280), ("en", 1280), ("en", 320))
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with launched() as started:
        yield started


def furnish(language: str) -> tuple[str, Questionnaire]:
    """A draft with one fault and some differences; answers who edits it, and the draft."""
    chief = services.create_staff_user(
        email="chef@overheid.test",
        password=PASSWORD,
        roles=[Role.ADMINISTRATOR],
        language=language,
        is_demo=True,
    )
    draft = draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)
    statement = Statement.objects.get(transition__questionnaire=draft, slug="energy")
    Statement.objects.filter(pk=statement.pk).update(text_nl="Anders", topics=["water"])
    statement.levels.get(number=3).delete()
    return chief.email, draft


def addresses(draft: Questionnaire) -> Iterator[str]:
    """The pages of the draft, and those of the published version that are only read."""
    published = Questionnaire.objects.get(version=1)
    for version in (draft, published):
        part = version.transitions.get(slug="eco")
        yield reverse("admin:readiness_questionnaire_preview", args=[version.pk])
        yield reverse("admin:readiness_questionnaire_change", args=[version.pk])
        yield reverse("admin:readiness_transition_change", args=[part.pk])
        yield reverse("admin:readiness_statement_change", args=[part.statements.all()[0].pk])
    yield reverse("admin:readiness_questionnaire_preview", args=[draft.pk]) + "?language=en"
    yield reverse("admin:readiness_transition_add", query={"questionnaire": draft.pk})
    part = draft.transitions.get(slug="eco")
    yield reverse("admin:readiness_statement_add", query={"transition": part.pk})
    yield reverse("admin:readiness_transition_delete", args=[part.pk])


@pytest.mark.parametrize(("language", "width"), [("nl", 320), *SLOW])
def test_every_page(live_server: Any, browser: Browser, language: str, width: int) -> None:
    email, draft = furnish(language)
    context = open_context(browser, language=language, width=width)
    faults = watch(context)
    page = context.new_page()
    log_in(page, live_server.url, email, PASSWORD)
    found = []
    for address in addresses(draft):
        response = page.goto(live_server.url + address)
        assert response is not None
        assert response.status == 200, address
        found += axe_violations(page)
        wider = sideways_scroll(page)
        if wider:
            found.append(f"{address}: {wider} pixels too wide at {width}")
    context.close()
    assert not found, "\n".join(found)
    assert not describe(faults)


def test_from_a_missing_level_to_a_published_version(live_server: Any, browser: Browser) -> None:
    """The list of what is missing leads to the form; the way back leads to publishing."""
    email, draft = furnish("en")
    preview = live_server.url + reverse("admin:readiness_questionnaire_preview", args=[draft.pk])
    context = open_context(browser, language="en")
    page = context.new_page()
    log_in(page, live_server.url, email, PASSWORD)
    page.goto(preview)
    assert page.get_by_role("button", name="Publish version 2").count() == 0
    page.get_by_role("link", name="level 3").click()
    page.locator("[name=levels-4-text_nl]").fill("We meten elke maand.")
    page.locator("[name=levels-4-text_en]").fill("We measure every month.")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Preview").click()
    page.get_by_role("button", name="Publish version 2").click()
    assert "Tick this to publish." in page.inner_text("#content")
    page.get_by_label("I have read this version").check()
    page.get_by_role("button", name="Publish version 2").click()
    assert "Version 2 is published." in page.inner_text(".messagelist")
    context.close()
    draft.refresh_from_db()
    assert draft.status == "published"
