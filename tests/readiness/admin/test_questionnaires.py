"""Administrators edit a draft, part by part and statement by statement; the rest they read."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from assessments.readiness.models import Level, Questionnaire, Statement, Transition
from assessments.readiness.selectors import statements_in_order
from assessments.readiness.services import publish_questionnaire

pytestmark = pytest.mark.django_db


def act(client: Client, action: str, *versions: Questionnaire) -> Any:
    return client.post(
        reverse("admin:readiness_questionnaire_changelist"),
        {"action": action, "_selected_action": [version.pk for version in versions]},
        follow=True,
    )


def change_page(part: Any) -> str:
    return reverse(f"admin:readiness_{part._meta.model_name}_change", args=[part.pk])


def add_page(part: Transition | Questionnaire) -> str:
    if isinstance(part, Transition):
        return reverse("admin:readiness_statement_add", query={"transition": part.pk})
    return reverse("admin:readiness_transition_add", query={"questionnaire": part.pk})


def statement_form(statement: Statement | None = None, **changes: Any) -> dict[str, Any]:
    """What the page of a statement sends; without one, what an empty page sends."""
    levels = list(statement.levels.order_by("number")) if statement else []
    names = ("slug", "position", "text_nl", "text_en", "example_nl", "example_en")
    names += ("step_nl", "step_en", "impact", "effort", "topics", "needs")
    data: dict[str, Any] = {name: getattr(statement, name) for name in names} if statement else {}
    data |= {"levels-TOTAL_FORMS": "5", "levels-INITIAL_FORMS": str(len(levels))}
    missing = sorted(set(range(1, 6)) - {level.number for level in levels})
    for index in range(5):
        level = levels[index] if index < len(levels) else None
        data |= {
            f"levels-{index}-id": str(level.pk) if level else "",
            f"levels-{index}-number": str(level.number if level else missing[index - len(levels)]),
            f"levels-{index}-text_nl": level.text_nl if level else "",
            f"levels-{index}-text_en": level.text_en if level else "",
        }
    return data | changes


NEW_STATEMENT = {
    "slug": "tablets",
    "position": "6",
    "text_nl": "Iedereen kan met een tablet werken.",
    "text_en": "Everybody can work with a tablet.",
    "example_nl": "Een ploeg oefent elke vrijdag met drie tablets.",
    "example_en": "A team practises with three tablets every Friday.",
    "step_nl": "Leen één tablet.",
    "step_en": "Borrow one tablet.",
    "impact": "4",
    "effort": "1",
    "topics": ["digital"],
}
NEW_LEVELS = {
    f"levels-{index}-text_{language}": f"{word} {index}"
    for index in range(5)
    for language, word in (("nl", "Niveau"), ("en", "Level"))
}


@pytest.fixture
def statement(draft: Questionnaire) -> Statement:
    return Statement.objects.get(transition__questionnaire=draft, slug="energy")


class TestReading:
    """Published versions are looked at."""

    @pytest.mark.parametrize("model", ["questionnaire", "transition", "statement"])
    def test_lists_open(self, boss: Client, model: str) -> None:
        assert boss.get(reverse(f"admin:readiness_{model}_changelist")).status_code == 200

    def test_a_published_version_is_read_only(self, boss: Client, published: Questionnaire) -> None:
        for part in (published, Transition.objects.first(), Statement.objects.first()):
            assert part is not None
            page = boss.get(change_page(part)).content.decode()
            assert 'name="_save"' not in page
            assert "/delete/" not in page
            answer = boss.post(change_page(part), {}, follow=True).content.decode()
            assert "published, so its texts do not change" in answer
            deletion = reverse(f"admin:readiness_{part._meta.model_name}_delete", args=[part.pk])
            assert boss.post(deletion, {"post": "yes"}).status_code == 403

    def test_nothing_is_added_to_a_published_version(
        self, boss: Client, published: Questionnaire
    ) -> None:
        part = published.transitions.get(slug="eco")
        for above in (published, part):
            answer = boss.get(add_page(above), follow=True)
            assert answer.redirect_chain[-1][0] == change_page(above)
            assert "do not change any more" in answer.content.decode()
        boss.post(add_page(part), statement_form(**NEW_STATEMENT))
        assert not Statement.objects.filter(slug="tablets").exists()

    @pytest.mark.parametrize("number", ["", "0", "x", "99999999", "-1"])
    def test_a_page_to_add_below_nothing_is_not_there(self, boss: Client, number: str) -> None:
        for model, parent in (("transition", "questionnaire"), ("statement", "transition")):
            address = reverse(f"admin:readiness_{model}_add")
            assert boss.get(address, {parent: number}).status_code == 404
            assert boss.get(address).status_code == 403


class TestEditing:
    """A draft, from the questionnaire down to the levels."""

    def test_copy_and_edit(self, boss: Client, published: Questionnaire) -> None:
        assert "2" in act(boss, "copy_to_draft", published).content.decode()
        draft = Questionnaire.objects.get(version=2)
        statement = Statement.objects.filter(transition__questionnaire=draft).order_by("pk")[0]
        data = statement_form(
            statement, text_nl="Nieuwe stelling", topics=["digital", "training"], impact="5"
        )
        answer = boss.post(change_page(statement), data | {"levels-2-text_nl": "Niveau 3"})
        assert answer["Location"] == change_page(statement.transition)
        statement.refresh_from_db()
        assert (statement.text_nl, statement.impact) == ("Nieuwe stelling", 5)
        assert (statement.topics, statement.needs) == (["digital", "training"], [])
        assert statement.levels.get(number=3).text_nl == "Niveau 3"

    def test_the_way_up_and_on(self, boss: Client, statement: Statement) -> None:
        draft = statement.transition.questionnaire
        ids = statements_in_order(draft.pk)
        place = ids.index(statement.pk)
        before, after = (Statement.objects.get(pk=ids[place + step]) for step in (-1, 1))
        page = boss.get(change_page(statement)).content.decode()
        for address in (
            change_page(draft),
            change_page(statement.transition),
            change_page(before),
            change_page(after),
            reverse("admin:readiness_questionnaire_preview", args=[draft.pk]) + "#part-eco-energy",
        ):
            assert f'href="{address}"' in page

    def test_save_and_next_walks_through_all_parts(self, boss: Client, draft: Any) -> None:
        last_of_part = Statement.objects.get(
            transition__questionnaire=draft, transition__position=1, position=5
        )
        first_of_next = Statement.objects.get(
            transition__questionnaire=draft, transition__position=2, position=1
        )
        answer = boss.post(
            change_page(last_of_part), statement_form(last_of_part) | {"_next": "Save and next"}
        )
        assert answer["Location"] == change_page(first_of_next)
        last = Statement.objects.get(pk=statements_in_order(draft.pk)[-1])
        assert 'name="_next"' not in boss.get(change_page(last)).content.decode()
        answer = boss.post(change_page(last), statement_form(last) | {"_next": ""})
        assert answer["Location"] == change_page(last.transition)
        answer = boss.post(change_page(last), statement_form(last) | {"_continue": ""})
        assert answer["Location"] == change_page(last)

    def test_the_order_is_changed_on_the_page_above(self, boss: Client, draft: Any) -> None:
        part = draft.transitions.get(slug="eco")
        names = ("slug", "position", "kind", "title_nl", "title_en", "intro_nl", "intro_en")
        rows = list(part.statements.order_by("position"))
        data = {name: getattr(part, name) for name in names}
        data |= {"statements-TOTAL_FORMS": "5", "statements-INITIAL_FORMS": "5"}
        for index, row in enumerate(rows):
            data |= {
                f"statements-{index}-id": row.pk,
                f"statements-{index}-position": 5 - index,
                f"statements-{index}-impact": row.impact,
                f"statements-{index}-effort": row.effort,
            }
        answer = boss.post(change_page(part), data)
        assert answer["Location"] == change_page(draft)
        assert list(part.statements.order_by("position")) == rows[::-1]

    def test_a_missing_level_is_an_empty_row_with_its_number(
        self, boss: Client, statement: Statement
    ) -> None:
        statement.levels.get(number=2).delete()
        formset = boss.get(change_page(statement)).context["inline_admin_formsets"][0].formset
        assert [form["number"].value() for form in formset.forms] == [1, 3, 4, 5, 2]
        data = statement_form(statement)
        boss.post(change_page(statement), data)  # left empty: nothing is wrong, nothing is made
        assert statement.levels.count() == 4
        texts = {"levels-4-text_nl": "Twee", "levels-4-text_en": "Two"}
        boss.post(change_page(statement), data | texts)
        assert statement.levels.get(number=2).text_nl == "Twee"

    def test_a_level_that_comes_twice_is_refused_at_its_place(
        self, boss: Client, statement: Statement
    ) -> None:
        data = statement_form(statement, text_nl="Ik blijf staan") | {"levels-1-number": "1"}
        answer = boss.post(change_page(statement), data)
        assert answer.status_code == 200
        assert any(answer.context["inline_admin_formsets"][0].formset.errors)
        assert "Ik blijf staan" in answer.content.decode()

    def test_a_code_comes_once(self, boss: Client, statement: Statement) -> None:
        answer = boss.post(change_page(statement), statement_form(statement, slug="waste"))
        assert "already in the transition" in str(answer.context["adminform"].form.errors["slug"])


class TestAdding:
    """From the page above, with everything at once."""

    def test_a_statement_with_its_levels(self, boss: Client, draft: Questionnaire) -> None:
        part = draft.transitions.get(slug="digital")
        assert add_page(part) in boss.get(change_page(part)).content.decode().replace("&amp;", "&")
        empty = boss.get(add_page(part))
        assert empty.context["adminform"].form["position"].value() == 6
        levels = empty.context["inline_admin_formsets"][0].formset
        assert [form["number"].value() for form in levels.forms] == [1, 2, 3, 4, 5]
        answer = boss.post(add_page(part), statement_form(**NEW_STATEMENT, **NEW_LEVELS))
        assert answer["Location"] == change_page(part)
        added = part.statements.get(slug="tablets")
        assert list(added.levels.order_by("number").values_list("text_nl", flat=True)) == [
            f"Niveau {index}" for index in range(5)
        ]

    def test_one_more_and_go_on(self, boss: Client, draft: Questionnaire) -> None:
        part = draft.transitions.get(slug="digital")
        data = statement_form(**NEW_STATEMENT)
        answer = boss.post(add_page(part), data | {"_addanother": ""})
        assert answer["Location"] == add_page(part)
        answer = boss.post(add_page(part), data | {"slug": "nog-een", "_continue": ""})
        assert answer["Location"].startswith(change_page(part.statements.get(slug="nog-een")))

    def test_a_code_that_is_taken_keeps_what_was_typed(
        self, boss: Client, draft: Questionnaire
    ) -> None:
        part = draft.transitions.get(slug="digital")
        taken = NEW_STATEMENT | {"slug": part.statements.all()[0].slug}
        answer = boss.post(add_page(part), statement_form(**taken))
        assert "already in the transition" in str(answer.context["adminform"].form.errors["slug"])
        assert "Iedereen kan met een tablet werken." in answer.content.decode()
        assert part.statements.count() == 5

    def test_a_part(self, boss: Client, draft: Questionnaire) -> None:
        data = {
            "slug": "extra",
            "kind": "transition",
            "position": "10",
            "title_nl": "Nieuw deel",
            "title_en": "New part",
            "intro_nl": "Over iets nieuws.",
            "intro_en": "About something new.",
        }
        assert boss.get(add_page(draft)).context["adminform"].form["position"].value() == 10
        answer = boss.post(add_page(draft), data)
        assert answer["Location"] == change_page(draft)
        assert draft.transitions.get(slug="extra").title_en == "New part"
        again = boss.post(add_page(draft), data)
        assert "already in the questionnaire" in str(again.context["adminform"].form.errors["slug"])


class TestDeleting:
    """From a draft, and only after a question."""

    @pytest.mark.parametrize("kind", ["statement", "transition", "questionnaire"])
    def test_it_asks_and_says_how_much_goes(
        self, boss: Client, statement: Statement, kind: str, django_assert_max_num_queries: Any
    ) -> None:
        part, above, levels = {
            "statement": (statement, statement.transition, 5),
            "transition": (statement.transition, statement.transition.questionnaire, 25),
            "questionnaire": (statement.transition.questionnaire, None, 50 * 5),
        }[kind]
        url = reverse(f"admin:readiness_{kind}_delete", args=[part.pk])
        with django_assert_max_num_queries(10):
            question = boss.get(url)
        counts = dict(question.context["model_count"])
        assert counts["levels"] == levels
        assert type(part).objects.filter(pk=part.pk).exists()
        answer = boss.post(url, {"post": "yes"})
        after = change_page(above) if above else reverse("admin:readiness_questionnaire_changelist")
        assert answer["Location"] == after
        assert not type(part).objects.filter(pk=part.pk).exists()


class TestTogether:
    """What somebody else did meanwhile."""

    def test_saving_after_somebody_published(
        self, boss: Client, statement: Statement, administrator: Any
    ) -> None:
        data = statement_form(statement, text_nl="Te laat")
        publish_questionnaire(
            questionnaire_id=statement.transition.questionnaire_id, user=administrator
        )
        answer = boss.post(change_page(statement), data, follow=True)
        assert "published, so its texts do not change" in answer.content.decode()
        statement.refresh_from_db()
        assert statement.text_nl != "Te laat"

    def test_what_only_the_database_sees(
        self, boss: Client, statement: Statement, monkeypatch: Any, administrator: Any
    ) -> None:
        """Published between the look and the write: the trigger refuses, the page says why."""
        data = statement_form(statement, text_nl="Net te laat")
        publish_questionnaire(
            questionnaire_id=statement.transition.questionnaire_id, user=administrator
        )
        monkeypatch.setattr("assessments.readiness.admin.drafts.is_draft", lambda part: True)
        answer = boss.post(change_page(statement), data, follow=True)
        assert "The database refused this" in answer.content.decode()
        assert not Level.objects.filter(text_nl="Net te laat").exists()


class TestCost:
    """The same number of queries whatever the size."""

    @pytest.mark.parametrize(
        ("slug", "queries"), [("questionnaire", 4), ("transition", 5), ("statement", 7)]
    )
    def test_queries_of_a_page(
        self,
        boss: Client,
        statement: Statement,
        django_assert_num_queries: Any,
        slug: str,
        queries: int,
    ) -> None:
        part = {
            "questionnaire": statement.transition.questionnaire,
            "transition": statement.transition,
            "statement": statement,
        }[slug]
        with django_assert_num_queries(queries):
            boss.get(change_page(part))
