"""Administrators edit drafts, publish them, and read everything else."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness.models import Questionnaire, Statement, Transition
from assessments.readiness.services import draft_from
from portal.accounts.models import User
from tests.factories import CompanyFactory, UserFactory
from tests.readiness.factories import answered_scan, submitted_scan

pytestmark = pytest.mark.django_db


@pytest.fixture
def published() -> Questionnaire:
    return Questionnaire.objects.get(version=1)


def act(client: Client, action: str, *versions: Questionnaire) -> Any:
    return client.post(
        reverse("admin:readiness_questionnaire_changelist"),
        {"action": action, "_selected_action": [version.pk for version in versions]},
        follow=True,
    )


@pytest.mark.parametrize("model", ["questionnaire", "transition", "statement", "scan", "answer"])
def test_lists_open_with_a_search(boss: Client, model: str) -> None:
    submitted_scan(CompanyFactory(name="Zoekbaar vzw"), UserFactory(), {"eco": "3"})
    assert boss.get(reverse(f"admin:readiness_{model}_changelist")).status_code == 200
    if model != "questionnaire":
        found = boss.get(reverse(f"admin:readiness_{model}_changelist"), {"q": "Zoekbaar"})
        assert found.status_code == 200


def test_a_published_version_is_read_only(boss: Client, published: Questionnaire) -> None:
    for part in (published, Transition.objects.first(), Statement.objects.first()):
        assert part is not None
        name = f"admin:readiness_{part._meta.model_name}"
        page = boss.get(reverse(f"{name}_change", args=[part.pk]))
        assert page.status_code == 200
        assert 'name="_save"' not in page.content.decode()
        assert boss.post(reverse(f"{name}_change", args=[part.pk]), {}).status_code == 403
        assert boss.post(reverse(f"{name}_delete", args=[part.pk]), {}).status_code == 403


def test_copy_edit_and_publish(boss: Client, administrator: User, published: Questionnaire) -> None:
    assert "2" in act(boss, "copy_to_draft", published).content.decode()
    draft = Questionnaire.objects.get(version=2)
    statement = Statement.objects.filter(transition__questionnaire=draft).order_by("pk")[0]
    url = reverse("admin:readiness_statement_change", args=[statement.pk])
    levels = list(statement.levels.order_by("number"))
    data = {
        "slug": statement.slug,
        "position": statement.position,
        "text_nl": "Nieuwe stelling",
        "text_en": "New statement",
        "example_nl": "x",
        "example_en": "x",
        "step_nl": "Begin klein",
        "step_en": "Begin small",
        "impact": "5",
        "effort": "1",
        "topics": ["digital", "training"],
        "levels-TOTAL_FORMS": "5",
        "levels-INITIAL_FORMS": "5",
    }
    for index, level in enumerate(levels):
        data |= {
            f"levels-{index}-id": str(level.pk),
            f"levels-{index}-statement": str(statement.pk),
            f"levels-{index}-number": str(level.number),
            f"levels-{index}-text_nl": f"Niveau {level.number}",
            f"levels-{index}-text_en": f"Level {level.number}",
        }
    assert boss.post(url, data).status_code == 302
    statement.refresh_from_db()
    assert statement.text_nl == "Nieuwe stelling"
    assert (statement.topics, statement.needs) == (["digital", "training"], [])
    assert statement.levels.get(number=3).text_nl == "Niveau 3"
    act(boss, "publish", draft)
    draft.refresh_from_db()
    published.refresh_from_db()
    assert (published.status, draft.status) == ("retired", "published")
    assert draft.published_by == administrator


def test_publishing_takes_one_complete_draft(boss: Client, published: Questionnaire) -> None:
    draft = draft_from(questionnaire_id=published.pk)
    act(boss, "publish", draft, published)
    draft.transitions.first().statements.all().delete()  # type: ignore[union-attr]
    act(boss, "publish", draft)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_scans_are_read_only(boss: Client) -> None:
    scan = answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
    url = reverse("admin:readiness_scan_change", args=[scan.pk])
    assert 'name="_save"' not in boss.get(url).content.decode()
    assert boss.post(url, {}).status_code == 403
    listed = reverse("admin:readiness_scan_changelist")
    assert "T0" in boss.get(listed, {"open": "1"}).content.decode()
    assert ">T0<" not in boss.get(listed, {"open": "0"}).content.decode()


def test_the_list_of_scans_costs_the_same_for_many(
    boss: Client, django_assert_max_num_queries: Any
) -> None:
    for _ in range(5):
        answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
    with django_assert_max_num_queries(16):
        boss.get(reverse("admin:readiness_scan_changelist"))
