"""A published version is read once in each process, and a draft every time."""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

import pytest

from assessments.readiness.models import Questionnaire, Statement
from assessments.readiness.selectors import parts, parts_of, transitions_in_full
from assessments.readiness.selectors import published_questionnaire as published
from assessments.readiness.services import draft_from, publish_questionnaire
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parts, "_kept", OrderedDict())


@pytest.fixture
def questionnaire() -> Questionnaire:
    found = published()
    assert found is not None
    return found


def test_the_same_as_read_level_by_level(questionnaire: Questionnaire) -> None:
    expected = [
        (
            part,
            [
                (statement, {level.number: level for level in statement.levels.all()})
                for statement in part.statements.all()
            ],
        )
        for part in transitions_in_full(questionnaire.pk)
    ]
    assert [
        (part.transition, [(item.statement, dict(item.levels)) for item in part.statements])
        for part in parts_of(questionnaire)
    ] == expected


def test_one_query_then_none(questionnaire: Questionnaire, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        first = parts_of(questionnaire)
    with django_assert_num_queries(0):
        assert parts_of(questionnaire) is first


def test_a_draft_is_read_again(questionnaire: Questionnaire) -> None:
    draft = draft_from(questionnaire_id=questionnaire.pk)
    before = parts_of(draft)[0].statements[0].statement
    Statement.objects.filter(pk=before.pk).update(text_nl="Anders", text_en="Different")
    assert parts_of(draft)[0].statements[0].statement.text_nl == "Anders"


def test_what_was_published_and_undone_leaves_nothing_behind(questionnaire: Questionnaire) -> None:
    draft = draft_from(questionnaire_id=questionnaire.pk)
    undone = Questionnaire(pk=draft.pk, version=99, status="published", published_at=None)
    before = parts_of(undone)[0].statements[0].statement
    Statement.objects.filter(pk=before.pk).update(text_nl="Anders")
    newer = publish_questionnaire(questionnaire_id=draft.pk, user=UserFactory())
    assert parts_of(newer)[0].statements[0].statement.text_nl == "Anders"


def test_only_a_few_versions_are_kept(questionnaire: Questionnaire) -> None:
    user = UserFactory()
    for _number in range(parts.MOST_KEPT + 1):
        draft = draft_from(questionnaire_id=questionnaire.pk)
        parts_of(publish_questionnaire(questionnaire_id=draft.pk, user=user))
    assert len(parts._kept) == parts.MOST_KEPT
