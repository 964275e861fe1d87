"""Administrators edit drafts, read what is published, and never touch outcomes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessments.opportunities import services
from assessments.opportunities.models import Assessment, BaselineValue, Rule, RuleSet
from portal.accounts.roles import Role
from portal.common.versioned import VersionStatus
from tests.factories import CompanyFactory, staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client):
    client.force_login(staff(Role.ADMINISTRATOR, language="en"))
    return client


@pytest.fixture
def draft(rule_set) -> RuleSet:
    return services.copy_rule_set(rule_set_id=rule_set.pk)


def run(client, action: str, *rule_sets: RuleSet) -> str:
    response = client.post(
        reverse("admin:opportunities_ruleset_changelist"),
        {"action": action, "_selected_action": [row.pk for row in rule_sets]},
        follow=True,
    )
    return response.content.decode()


def change(model: str, pk: int) -> str:
    return reverse(f"admin:opportunities_{model}_change", args=[pk])


def test_a_version_is_copied_to_a_draft_and_published(administrator, rule_set) -> None:
    assert "Version 2 is a new draft." in run(administrator, "copy_as_draft", rule_set)
    draft = RuleSet.objects.get(version=2)
    assert "Version 2 is in force." in run(administrator, "publish", draft)
    draft.refresh_from_db()
    assert draft.status == VersionStatus.PUBLISHED


def test_only_one_draft_at_a_time_is_published(administrator, rule_set, draft) -> None:
    assert "Choose one draft to publish." in run(administrator, "publish", rule_set, draft)
    assert "Choose one draft to publish." in run(administrator, "publish", rule_set)


def test_an_incomplete_draft_is_refused(administrator, draft) -> None:
    BaselineValue.objects.filter(rule_set=draft).first().delete()
    assert "lacks starting values" in run(administrator, "publish", draft)


@pytest.mark.parametrize("model", [BaselineValue, Rule])
def test_content_can_be_edited_in_a_draft_only(administrator, rule_set, draft, model) -> None:
    name = model._meta.model_name
    frozen = model.objects.filter(rule_set=rule_set).first()
    free = model.objects.filter(rule_set=draft).first()
    assert b"_save" not in administrator.get(change(name, frozen.pk)).content
    assert b"_save" in administrator.get(change(name, free.pk)).content
    assert administrator.post(change(name, frozen.pk), {"value": 0}).status_code == 403
    delete = reverse(f"admin:opportunities_{name}_delete", args=[frozen.pk])
    assert administrator.post(delete, {"post": "yes"}).status_code == 403


def test_a_rule_of_a_draft_is_changed(administrator, draft) -> None:
    rule = Rule.objects.get(rule_set=draft, slug="enclave-klanten-dichtbij")
    response = administrator.post(
        change("rule", rule.pk),
        {
            "rule_set": draft.pk,
            "slug": rule.slug,
            "opportunity": rule.opportunity,
            "criterion": rule.criterion,
            "fact": rule.fact,
            "operator": "gte",
            "operand": "8",
            "step": "1",
            "reason_nl": "Acht klanten of meer.",
            "reason_en": "Eight customers or more.",
            "source": rule.source,
        },
    )
    assert response.status_code == 302
    rule.refresh_from_db()
    assert rule.operand == 8


def test_a_rule_that_breaks_a_constraint_is_explained(administrator, draft) -> None:
    rule = Rule.objects.get(rule_set=draft, slug="enclave-klanten-dichtbij")
    response = administrator.post(
        change("rule", rule.pk),
        {
            "rule_set": draft.pk,
            "slug": rule.slug,
            "opportunity": rule.opportunity,
            "criterion": rule.criterion,
            "fact": rule.fact,
            "operator": "true",
            "operand": "8",
            "step": "1",
            "reason_nl": "x",
            "reason_en": "x",
            "source": rule.source,
        },
    )
    assert b"A comparison needs a threshold, a yes or no none." in response.content


def test_a_rule_set_is_edited_as_a_draft_only(administrator, rule_set, draft) -> None:
    assert b"_save" not in administrator.get(change("ruleset", rule_set.pk)).content
    response = administrator.post(change("ruleset", draft.pk), {"note": "nieuw"})
    assert response.status_code == 302
    draft.refresh_from_db()
    assert draft.note == "nieuw"
    assert administrator.get(reverse("admin:opportunities_ruleset_add")).status_code == 403


def test_assessments_are_read_only(administrator, rule_set, now) -> None:
    company = CompanyFactory()
    services.assess_company(company_id=company.pk, now=now)
    row = Assessment.objects.first()
    page = administrator.get(change("assessment", row.pk))
    assert page.status_code == 200
    assert b"_save" not in page.content
    listed = administrator.get(reverse("admin:opportunities_assessment_changelist"))
    assert listed.status_code == 200
    assert administrator.get(reverse("admin:opportunities_assessment_add")).status_code == 403
