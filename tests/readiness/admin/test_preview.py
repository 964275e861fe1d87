"""Looking at a version as the company will see it, and publishing what was looked at."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils.html import escape

from assessments.readiness.models import Level, Questionnaire, Statement
from assessments.readiness.services import draft_from, publish_questionnaire
from portal.accounts.models import User
from portal.accounts.roles import Role
from tests.factories import CompanyFactory, UserFactory, staff
from tests.readiness.factories import answered_scan

pytestmark = pytest.mark.django_db


def preview(version: Questionnaire) -> str:
    return reverse("admin:readiness_questionnaire_preview", args=[version.pk])


def shown(client: Client, version: Questionnaire, **query: str) -> str:
    response = client.get(preview(version), query)
    assert response.status_code == 200
    return response.content.decode()


def decision(client: Client, version: Questionnaire, **changes: Any) -> dict[str, Any]:
    """What the form on the page sends when its box is ticked."""
    form = client.get(preview(version)).context["form"]
    return {
        "text": form["text"].value(),
        "published": form["published"].value() or "",
        "confirmed": "on",
    } | changes


def status_of(version: Questionnaire) -> str:
    return Questionnaire.objects.get(pk=version.pk).status


@pytest.fixture
def statement(draft: Questionnaire) -> Statement:
    return Statement.objects.get(transition__questionnaire=draft, slug="energy")


class TestWhoSeesIt:
    """Administrators."""

    def test_others_are_sent_away(self, client: Client, draft: Questionnaire) -> None:
        for user in (UserFactory(), staff(Role.ADVISER), staff(Role.COORDINATOR)):
            client.force_login(user)
            for response in (client.get(preview(draft)), client.post(preview(draft))):
                assert response.status_code == 302
                assert response["Location"].startswith("/admin/login/")
        assert status_of(draft) == "draft"

    def test_staff_without_the_right_to_publish(self, client: Client, draft: Any) -> None:
        reader = UserFactory(is_staff=True, is_demo=True)
        client.force_login(reader)
        assert client.get(preview(draft)).status_code == 403
        reader.user_permissions.add(Permission.objects.get(codename="view_questionnaire"))
        data = decision(client, draft)
        assert client.post(preview(draft), data).status_code == 403
        assert status_of(draft) == "draft"

    def test_a_version_that_does_not_exist(self, boss: Client) -> None:
        address = reverse("admin:readiness_questionnaire_preview", args=[99999999])
        assert boss.get(address).status_code == 404


class TestTheTexts:
    """Everything, in one language or both, in the order in which it is asked."""

    def test_both_languages_and_each_alone(self, boss: Client, statement: Statement) -> None:
        draft = statement.transition.questionnaire
        level = statement.levels.get(number=4)
        both = shown(boss, draft)
        for text in (statement.text_nl, statement.example_en, statement.step_nl, level.text_en):
            assert escape(text) in both
        dutch, english = (shown(boss, draft, language=code) for code in ("nl", "en"))
        assert level.text_nl in dutch
        assert level.text_en not in dutch
        assert level.text_en in english
        assert level.text_nl not in english
        other = shown(boss, draft, language="fr")
        assert level.text_nl in other
        assert level.text_en in other

    def test_parts_come_in_order(self, boss: Client, draft: Questionnaire) -> None:
        draft.transitions.filter(slug="smart").update(position=0)
        page = boss.get(preview(draft)).context["page"]
        assert [part.anchor for part in page.parts][:3] == ["part-smart", "part-wcmt", "part-e2e"]

    def test_topics_and_needs_in_words(self, boss: Client, draft: Questionnaire) -> None:
        page = shown(boss, draft)
        assert "Energy, Environment" in page
        assert "Thinking and remembering" in page

    def test_a_draft_leads_to_its_forms_and_a_published_version_does_not(
        self, boss: Client, published: Questionnaire, statement: Statement
    ) -> None:
        form = reverse("admin:readiness_statement_change", args=[statement.pk])
        assert f'href="{form}"' in shown(boss, statement.transition.questionnaire)
        page = shown(boss, published)
        assert not re.search(r"/admin/readiness/(statement|transition)/\d", page)
        assert "This is the published version." in page
        assert 'id="publish"' not in page
        assert "It came with the portal on" in page

    def test_it_costs_six_queries(
        self, boss: Client, draft: Questionnaire, django_assert_num_queries: Any
    ) -> None:
        boss.get(preview(draft))
        with django_assert_num_queries(6):  # session, person, and four for two versions
            boss.get(preview(draft))


class TestTheChecks:
    """What is missing, at the place where it is put right."""

    def test_a_missing_text_leads_to_its_field(self, boss: Client, statement: Statement) -> None:
        Statement.objects.filter(pk=statement.pk).update(example_en="", step_nl=" ", topics=[])
        statement.levels.filter(number=3).delete()
        response = boss.get(preview(statement.transition.questionnaire))
        page = response.context["page"]
        form = reverse("admin:readiness_statement_change", args=[statement.pk])
        assert [(row.address, row.where.split(" › ", 2)[2]) for row in page.blocking] == [
            (f"{form}#id_example_en", "example › English"),
            (f"{form}#levels-group", "level 3"),
            (f"{form}#id_step_nl", "first step › Dutch"),
        ]
        assert [row.address for row in page.warnings] == [f"{form}#id_topics"]
        text = response.content.decode()
        assert "3 things must be put right first" in text
        assert 'name="confirmed"' not in text

    def test_places_of_parts_and_of_the_whole(self, boss: Client, draft: Questionnaire) -> None:
        part = draft.transitions.get(slug="eco")
        part.statements.all().delete()
        draft.transitions.filter(slug="smart").update(position=1, title_nl="")
        draft.transitions.filter(slug="resilience").delete()
        page = boss.get(preview(draft)).context["page"]
        smart = draft.transitions.get(slug="smart")
        found = {row.message: row.address for row in page.blocking + page.warnings}
        form = "admin:readiness_transition_change"
        whole = reverse("admin:readiness_questionnaire_change", args=[draft.pk])
        assert found == {
            "This part has no statements yet.": reverse(form, args=[part.pk]),
            "This text is missing.": reverse(form, args=[smart.pk]) + "#id_title_nl",
            "Position 1 comes twice.": reverse(form, args=[smart.pk]) + "#id_position",
            "There is no part on resilience.": whole,
        }

    def test_a_long_sentence_is_quoted(self, boss: Client, statement: Statement) -> None:
        words = " ".join(["woord"] * 23)
        Statement.objects.filter(pk=statement.pk).update(text_nl=f"{words}. Kort.")
        page = boss.get(preview(statement.transition.questionnaire)).context["page"]
        assert page.hints[0].quote == words or page.hints[1].quote == words
        assert not page.blocking

    def test_problems_of_a_version_that_cannot_change_lead_down_the_page(
        self, boss: Client, published: Questionnaire
    ) -> None:
        page = boss.get(preview(published)).context["page"]
        assert [row.address for row in page.hints] == ["#part-operator_support-cobots"]


class TestTheDifferences:
    """Old and new beside each other."""

    def test_none_after_a_copy(self, boss: Client, draft: Questionnaire) -> None:
        assert "The texts are the same as in version 1" in shown(boss, draft)

    def test_what_changed(self, boss: Client, statement: Statement) -> None:
        draft = statement.transition.questionnaire
        before = statement.text_nl
        Statement.objects.filter(pk=statement.pk).update(text_nl="Anders", topics=["water"])
        draft.transitions.filter(slug="smart").delete()
        draft.transitions.filter(slug="resilience").update(kind="transition")
        response = boss.get(preview(draft))
        rows = response.context["page"].differences
        assert [(str(row.change), row.old, row.new) for row in rows] == [
            ("Removed", (("nl", "Slim productiesysteem"), ("en", "Smart Production System")), ()),
            ("Changed", (("nl", before),), (("nl", "Anders"),)),
            ("Changed", (("", "Energy, Environment"),), (("", "Water"),)),
            ("Changed", (("", "Resilience"),), (("", "Transition"),)),
        ]
        assert "4 differences from version 1" in response.content.decode()

    def test_another_order_in_names(self, boss: Client, statement: Statement) -> None:
        Statement.objects.filter(pk=statement.pk).update(position=9)
        response = boss.get(preview(statement.transition.questionnaire))
        (row,) = response.context["page"].differences
        assert row.old[0] == ("", f"1. {statement.text_en}")
        assert row.new[4] == ("", f"5. {statement.text_en}")

    def test_nothing_published_yet(self, boss: Client, published: Questionnaire) -> None:
        Questionnaire.objects.filter(pk=published.pk).update(status="retired")
        alone = draft_from(questionnaire_id=published.pk)
        assert "No version is published yet." in shown(boss, alone)
        boss.post(preview(alone), decision(boss, alone))
        assert status_of(alone) == "published"


class TestPublishing:
    """What was seen, by somebody who says so."""

    def test_it_is_published_with_its_history(
        self, boss: Client, administrator: User, published: Questionnaire, draft: Questionnaire
    ) -> None:
        answered_scan(CompanyFactory(), UserFactory(), {"eco": "3"})
        assert "1 scan is open on version 1. It keeps that version." in shown(boss, draft)
        response = boss.post(preview(draft), decision(boss, draft), follow=True)
        page = response.content.decode()
        assert "Version 2 is published." in page
        draft.refresh_from_db()
        assert (status_of(published), draft.status) == ("retired", "published")
        assert draft.published_by == administrator
        assert f"{administrator} published it on" in page
        entry = LogEntry.objects.get(object_id=str(draft.pk))
        assert (entry.user, entry.get_change_message()) == (administrator, "Published.")
        events = draft.events.order_by("pgh_id").values_list("pgh_label", "status")
        assert list(events) == [("insert", "draft"), ("update", "published")]

    def test_without_the_tick_nothing_happens(self, boss: Client, draft: Questionnaire) -> None:
        response = boss.post(preview(draft), decision(boss, draft, confirmed=""))
        assert response.status_code == 422
        assert "Tick this to publish." in response.content.decode()
        assert status_of(draft) == "draft"

    def test_nonsense_in_the_form(self, boss: Client, draft: Questionnaire) -> None:
        for changes in ({"published": "x"}, {"published": "9" * 30}, {"text": "\x00"}):
            assert boss.post(preview(draft), decision(boss, draft, **changes)).status_code in {
                409,
                422,
            }
        assert boss.post(preview(draft), {"confirmed": "on"}).status_code == 409
        assert status_of(draft) == "draft"

    def test_a_draft_that_was_edited_meanwhile(self, boss: Client, statement: Statement) -> None:
        draft = statement.transition.questionnaire
        data = decision(boss, draft)
        statement.levels.filter(number=2).update(text_nl="Net veranderd")
        response = boss.post(preview(draft), data)
        page = response.content.decode()
        assert response.status_code == 409
        assert "Please look again." in page
        assert "Net veranderd" in page
        assert status_of(draft) == "draft"
        boss.post(preview(draft), decision(boss, draft))
        assert status_of(draft) == "published"

    def test_another_version_was_published_meanwhile(
        self, boss: Client, published: Questionnaire, draft: Questionnaire
    ) -> None:
        other = draft_from(questionnaire_id=published.pk)
        data = decision(boss, draft)
        publish_questionnaire(questionnaire_id=other.pk, user=staff(Role.ADMINISTRATOR))
        response = boss.post(preview(draft), data)
        assert response.status_code == 409
        assert "published another version" in response.content.decode()
        assert (status_of(draft), status_of(other)) == ("draft", "published")

    def test_the_second_of_two_administrators_is_told(
        self, boss: Client, draft: Questionnaire
    ) -> None:
        data = decision(boss, draft)
        colleague = staff(Role.ADMINISTRATOR, full_name="An Eerst")
        publish_questionnaire(questionnaire_id=draft.pk, user=colleague)
        page = boss.post(preview(draft), data, follow=True).content.decode()
        assert "published already" in page
        assert f"{colleague} published it on" in page
        draft.refresh_from_db()
        assert draft.published_by == colleague

    def test_a_draft_that_lost_a_text_is_not_published(
        self, boss: Client, statement: Statement
    ) -> None:
        draft = statement.transition.questionnaire
        Level.objects.filter(statement=statement, number=5).update(text_en="")
        response = boss.post(preview(draft), decision(boss, draft))
        assert response.status_code == 422
        assert "texts are missing" in response.content.decode()
        assert status_of(draft) == "draft"

    def test_a_draft_that_was_deleted_meanwhile(self, boss: Client, draft: Questionnaire) -> None:
        address, data = preview(draft), decision(boss, draft)
        draft.delete()
        assert boss.post(address, data).status_code == 404

    def test_the_list_leads_to_the_preview(
        self, boss: Client, published: Questionnaire, draft: Questionnaire
    ) -> None:
        listed = reverse("admin:readiness_questionnaire_changelist")
        chosen = {"action": "open_preview", "_selected_action": [draft.pk]}
        assert boss.post(listed, chosen)["Location"] == preview(draft)
        two = {"action": "open_preview", "_selected_action": [draft.pk, published.pk]}
        assert "Choose one version." in boss.post(listed, two, follow=True).content.decode()
