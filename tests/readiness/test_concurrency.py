"""Two administrators at the same moment: one is first, the other is told."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.db import IntegrityError, connection, transaction

from assessments.readiness.content.differences import fingerprint
from assessments.readiness.models import Level, Questionnaire
from assessments.readiness.selectors import questionnaire_text
from assessments.readiness.services import (
    ChangedSinceSeenError,
    NotADraftError,
    Seen,
    draft_from,
    publish_questionnaire,
)
from portal.accounts.models import User
from portal.common.refusals import broken_rule
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.database]


def at_once(*writes: Callable[[], object]) -> list[str]:
    """Run the writes in transactions that all have begun before one writes; what was refused."""
    barrier = Barrier(len(writes))
    outcomes: list[str] = []

    def run(write: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                Questionnaire.objects.exists()
                barrier.wait(timeout=20)
                write()
            outcomes.append("")
        except (NotADraftError, ChangedSinceSeenError) as error:
            outcomes.append(type(error).__name__)
        except IntegrityError as error:
            outcomes.append(broken_rule(error))
        finally:
            connection.close()

    threads = [Thread(target=run, args=(write,)) for write in writes]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return sorted(outcomes)


@pytest.fixture
def first() -> Questionnaire:
    return Questionnaire.objects.get(version=1)


def publish(draft: Questionnaire, user: User, before: Questionnaire) -> Callable[[], object]:
    """What a person does who saw the draft beside the version before it."""
    seen = Seen(fingerprint(questionnaire_text(draft)), before.pk)
    return lambda: publish_questionnaire(questionnaire_id=draft.pk, user=user, seen=seen)


def test_one_draft_published_twice(first: Questionnaire) -> None:
    draft = draft_from(questionnaire_id=first.pk)
    people = [UserFactory(), UserFactory()]
    outcomes = at_once(*(publish(draft, user, first) for user in people))
    assert outcomes == ["", "NotADraftError"]
    draft.refresh_from_db()
    assert draft.published_by in people


def test_two_drafts_published(first: Questionnaire) -> None:
    drafts = [draft_from(questionnaire_id=first.pk) for _ in range(2)]
    outcomes = at_once(*(publish(draft, UserFactory(), first) for draft in drafts))
    assert outcomes == ["", "ChangedSinceSeenError"]
    statuses = Questionnaire.objects.order_by("status").values_list("status", flat=True)
    assert list(statuses) == ["draft", "published", "retired"]


def test_a_text_changes_while_its_draft_is_published(first: Questionnaire) -> None:
    """Whoever comes first: a text that was not seen is never in force."""
    draft = draft_from(questionnaire_id=first.pk)
    level = Level.objects.filter(statement__transition__questionnaire=draft)[:1].get()

    def edit() -> None:
        Level.objects.filter(pk=level.pk).update(text_nl="Niet gezien")

    outcomes = at_once(publish(draft, UserFactory(), first), edit)
    draft.refresh_from_db()
    level.refresh_from_db()
    if draft.status == "published":
        assert outcomes == ["", "questionnaire_content_frozen"]
        assert level.text_nl != "Niet gezien"
    else:
        assert outcomes == ["", "ChangedSinceSeenError"]
        assert level.text_nl == "Niet gezien"


def test_two_copies_get_two_numbers(first: Questionnaire) -> None:
    assert at_once(*[lambda: draft_from(questionnaire_id=first.pk)] * 2) == ["", ""]
    assert sorted(Questionnaire.objects.values_list("version", flat=True)) == [1, 2, 3]
