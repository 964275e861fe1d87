"""What the database itself refuses, whoever asks: a version that was published never changes.

Plain SQL, because that is the path without any code of ours.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction

from assessments.readiness.models import Level, Questionnaire, Statement
from assessments.readiness.selectors import questionnaire_text
from assessments.readiness.services import draft_from, publish_questionnaire
from portal.common.refusals import message_of
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.database]

CONTENT = "questionnaire_content_frozen"
VERSION = "questionnaire_frozen"
STEPS = "questionnaire_steps"
WHOLE = "questionnaire_published_whole"


def run(statement: str, *values: Any) -> int:
    """Rows that a statement touched."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return cursor.rowcount


def refused(rule: str, statement: str, *values: Any) -> None:
    """The statement breaks the named rule, and the rule has a message for people."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        run(statement, *values)
    assert caught.value.__cause__.diag.constraint_name == rule  # type: ignore[union-attr]
    assert message_of(rule)


@pytest.fixture
def draft() -> Questionnaire:
    return draft_from(questionnaire_id=Questionnaire.objects.get(version=1).pk)


@pytest.fixture(params=["published", "retired"])
def version(request: pytest.FixtureRequest, draft: Questionnaire) -> Questionnaire:
    """The shipped version, in force or retired; beside it there is always a draft."""
    shipped = Questionnaire.objects.get(version=1)
    if request.param == "retired":
        publish_questionnaire(
            questionnaire_id=draft_from(questionnaire_id=shipped.pk).pk, user=UserFactory()
        )
    shipped.refresh_from_db()
    assert shipped.status == request.param
    return shipped


@pytest.fixture
def unchanged(version: Questionnaire) -> Iterator[None]:
    """Whatever is tried, the texts are the same afterwards."""
    before = questionnaire_text(version)
    yield
    assert questionnaire_text(version) == before


def of(version: Questionnaire, slug: str = "energy") -> Statement:
    return Statement.objects.get(transition__questionnaire=version, slug=slug)


@pytest.mark.usefixtures("unchanged")
class TestTexts:
    """Rows below a version: parts, statements, levels."""

    def test_update(self, version: Questionnaire) -> None:
        row = of(version)
        level = row.levels.all()[0]
        for table, column, key in (
            ("transition", "title_nl", row.transition_id),
            ("transition", "position", row.transition_id),
            ("statement", "text_en", row.pk),
            ("statement", "impact", row.pk),
            ("level", "text_nl", level.pk),
            ("level", "number", level.pk),
        ):
            value = 3 if column in {"position", "impact", "number"} else "anders"
            refused(
                CONTENT,
                f"update readiness_{table} set {column} = %s where id = %s",
                value,
                key,
            )

    def test_an_update_that_changes_nothing(self, version: Questionnaire) -> None:
        refused(CONTENT, "update readiness_level set text_nl = text_nl where statement_id = %s",
                of(version).pk)  # fmt: skip

    def test_delete(self, version: Questionnaire) -> None:
        row = of(version)
        refused(CONTENT, "delete from readiness_level where statement_id = %s", row.pk)
        refused(CONTENT, "delete from readiness_statement where id = %s", row.pk)
        refused(CONTENT, "delete from readiness_transition where id = %s", row.transition_id)

    def test_insert(self, version: Questionnaire) -> None:
        row = of(version)
        transition = (
            "questionnaire_id, slug, kind, position, title_nl, title_en, intro_nl, intro_en"
        )
        statement = (
            "transition_id, slug, position, text_nl, text_en, example_nl, example_en, step_nl,"
            " step_en, impact, effort, topics, needs"
        )
        level = "statement_id, number, text_nl, text_en"
        for table, columns, values, key in (
            ("transition", transition, "'x', 'transition', 3, 'x', 'x', 'x', 'x'", version.pk),
            (
                "statement",
                statement,
                "'x', 3, 'x', 'x', 'x', 'x', 'x', 'x', 3, 3, '{}', '{}'",
                row.transition_id,
            ),
            ("level", level, "3, 'x', 'x'", row.pk),
        ):
            insert = f"insert into readiness_{table} ({columns}) values (%s, {values})"
            refused(CONTENT, insert, key)

    def test_moving_out_and_in(self, version: Questionnaire, draft: Questionnaire) -> None:
        inside, outside = of(version), of(draft)
        moves = (
            ("transition", "questionnaire_id", "slug = 'verhuisd'",
             (inside.transition_id, version.pk), (outside.transition_id, draft.pk)),
            ("statement", "transition_id", "slug = 'verhuisd'",
             (inside.pk, inside.transition_id), (outside.pk, outside.transition_id)),
            ("level", "statement_id", "number = 3",
             (inside.levels.get(number=1).pk, inside.pk),
             (outside.levels.get(number=1).pk, outside.pk)),
        )  # fmt: skip
        for table, column, also, (mine, here), (theirs, there) in moves:
            move = f"update readiness_{table} set {column} = %s, {also} where id = %s"
            refused(CONTENT, move, there, mine)
            refused(CONTENT, move, here, theirs)

    def test_between_two_frozen_versions(self, version: Questionnaire) -> None:
        third = draft_from(questionnaire_id=version.pk)
        publish_questionnaire(questionnaire_id=third.pk, user=UserFactory())
        move = "update readiness_level set statement_id = %s, number = 3 where id = %s"
        refused(CONTENT, move, of(third).pk, of(version).levels.all()[0].pk)


@pytest.mark.usefixtures("unchanged")
class TestTheVersionItself:
    """Its row, and the steps of its life."""

    def test_update_and_delete(self, version: Questionnaire) -> None:
        for column, value in (
            ("note", "anders"),
            ("version", 99),
            ("published_at", "2020-01-01"),
            ("published_by_id", UserFactory().pk),
            ("edition", 9),
        ):
            refused(
                VERSION,
                f"update readiness_questionnaire set {column} = %s where id = %s",
                value,
                version.pk,
            )
        refused(VERSION, "delete from readiness_questionnaire where id = %s", version.pk)

    def test_steps_back(self, version: Questionnaire) -> None:
        step = "update readiness_questionnaire set status = %s where id = %s"
        refused(VERSION, step, "draft", version.pk)
        refused(VERSION, step, version.status, version.pk)
        refused(
            VERSION,
            "update readiness_questionnaire set status = 'draft', published_at = null,"
            " published_by_id = null where id = %s",
            version.pk,
        )
        if version.status == "retired":
            refused(VERSION, step, "published", version.pk)

    def test_retiring_takes_nothing_else_along(self, version: Questionnaire) -> None:
        refused(
            VERSION,
            "update readiness_questionnaire set status = 'retired', note = 'x' where id = %s",
            version.pk,
        )


class TestSteps:
    """Draft, published, retired: nothing else, and from the beginning."""

    STEP = "update readiness_questionnaire set status = %s where id = %s"

    def test_a_draft_does_not_retire(self, draft: Questionnaire) -> None:
        refused(STEPS, self.STEP, "retired", draft.pk)
        refused(
            STEPS,
            "update readiness_questionnaire set status = 'retired', published_at = now()"
            " where id = %s",
            draft.pk,
        )

    @pytest.mark.parametrize("status", ["published", "retired"])
    def test_a_version_starts_as_a_draft(self, status: str) -> None:
        insert = (
            "insert into readiness_questionnaire (version, status, note, published_at)"
            " values (50, %s, '', now())"
        )
        run("update readiness_questionnaire set status = 'retired' where status = 'published'")
        refused(STEPS, insert, status)

    def test_a_status_that_does_not_exist(self, draft: Questionnaire) -> None:
        refused(WHOLE, self.STEP, "secret", draft.pk)
        dated = "update readiness_questionnaire set status = 'secret', published_at = now()"
        refused(WHOLE, f"{dated} where id = %s", draft.pk)

    def test_publishing_comes_with_its_date(self, draft: Questionnaire) -> None:
        run("update readiness_questionnaire set status = 'retired' where status = 'published'")
        refused(WHOLE, self.STEP, "published", draft.pk)
        dated = "update readiness_questionnaire set published_at = now() where id = %s"
        refused(WHOLE, dated, draft.pk)
        signed = "update readiness_questionnaire set published_by_id = %s where id = %s"
        refused(WHOLE, signed, UserFactory().pk, draft.pk)

    def test_one_version_is_published(self, draft: Questionnaire) -> None:
        refused(
            "questionnaire_one_published",
            "update readiness_questionnaire set status = 'published', published_at = now()"
            " where id = %s",
            draft.pk,
        )

    def test_publishing_and_retiring_go_through(self, draft: Questionnaire) -> None:
        assert run(self.STEP, "retired", Questionnaire.objects.get(version=1).pk) == 1
        assert run(
            "update readiness_questionnaire set status = 'published', published_at = now()"
            " where id = %s",
            draft.pk,
        )
        assert run(self.STEP, "retired", draft.pk) == 1


class TestADraft:
    """Free to change, within its own rules."""

    def test_it_changes_and_goes(self, draft: Questionnaire) -> None:
        Level.objects.filter(statement__transition__questionnaire=draft).update(text_nl="x")
        other = draft_from(questionnaire_id=draft.pk)
        moved = "update readiness_statement set transition_id = %s, slug = 'mee' where id = %s"
        assert run(moved, of(other).transition_id, of(draft).pk) == 1
        draft.delete()
        assert not Questionnaire.objects.filter(pk=draft.pk).exists()

    @pytest.mark.parametrize(
        ("rule", "table", "change"),
        [
            ("transition_once", "transition", "slug = 'human'"),
            ("transition_kind_known", "transition", "kind = 'magic'"),
            ("statement_once", "statement", "slug = 'x'"),
            ("statement_impact_range", "statement", "impact = 6"),
            ("statement_effort_range", "statement", "effort = 0"),
            ("statement_topics_known", "statement", "topics = '{magic}'"),
            ("statement_needs_known", "statement", "needs = '{magic}'"),
            ("level_once", "level", "number = 1"),
            ("level_range", "level", "number = number + 5"),
        ],
    )
    def test_its_own_rules(self, draft: Questionnaire, rule: str, table: str, change: str) -> None:
        above = "select s.transition_id from readiness_statement s where s.id = statement_id"
        key = {"transition": "id", "statement": "transition_id", "level": f"({above})"}[table]
        update = f"update readiness_{table} set {change} where {key} = %s"
        refused(rule, update, of(draft).transition_id)


def test_who_wrote_what_is_kept(draft: Questionnaire) -> None:
    """Each insert, update and delete below a draft leaves a row of history."""
    row = of(draft)
    row.text_nl = "Anders"
    row.save()
    key = row.pk
    row.delete()
    events = apps.get_model("readiness", "StatementEvent").objects.filter(pgh_obj_id=key)
    history = events.order_by("pgh_id")
    assert list(history.values_list("pgh_label", "text_nl"))[1:] == [
        ("update", "Anders"),
        ("delete", "Anders"),
    ]
