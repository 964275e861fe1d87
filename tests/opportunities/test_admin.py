"""Administrators edit drafts, read what is published, and never touch outcomes."""

from __future__ import annotations

import pytest
from django.urls import reverse

from assessments.opportunities import services
from assessments.opportunities.domain.facts import FactName
from assessments.opportunities.forms.rules import fact_choices
from assessments.opportunities.models import Assessment, BaselineValue, Rule, RuleSet
from portal.accounts.roles import Role
from portal.common.versioned import VersionStatus
from tests.factories import ActivityFactory, CompanyFactory, staff
from tests.opportunities.factories import metal_and_packing

pytestmark = pytest.mark.django_db
PREVIEW_QUERIES = 30


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


def preview_of(draft: RuleSet) -> str:
    return reverse("admin:opportunities_ruleset_preview", args=[draft.pk])


def confirm(client, draft: RuleSet) -> str:
    """Publish what the preview showed."""
    seen = client.get(preview_of(draft)).context["seen"]
    return client.post(preview_of(draft), {"seen": seen}, follow=True).content.decode()


def test_a_version_is_copied_to_a_draft_and_published(administrator, rule_set) -> None:
    assert "Version 2 is a new draft." in run(administrator, "copy_as_draft", rule_set)
    draft = RuleSet.objects.get(version=2)
    page = run(administrator, "publish", draft)
    assert "What would change with version 2" in page
    draft.refresh_from_db()
    assert draft.status == VersionStatus.DRAFT  # looking changes nothing
    assert "Version 2 is in force." in confirm(administrator, draft)
    draft.refresh_from_db()
    assert draft.status == VersionStatus.PUBLISHED


def test_only_one_draft_at_a_time_is_published(administrator, rule_set, draft) -> None:
    assert "Choose one draft to publish." in run(administrator, "publish", rule_set, draft)
    assert "Choose one draft to publish." in run(administrator, "publish", rule_set)


def test_an_incomplete_draft_is_refused(administrator, draft) -> None:
    BaselineValue.objects.filter(rule_set=draft).first().delete()
    page = administrator.get(preview_of(draft)).content.decode()
    assert "This draft cannot be published" in page
    assert "Publish this draft" not in page
    assert "lacks starting values" in confirm(administrator, draft)


# --- preview -----------------------------------------------------------------------------


def test_the_draft_offers_its_preview_and_a_published_version_does_not(
    administrator, rule_set, draft
) -> None:
    assert preview_of(draft) in administrator.get(change("ruleset", draft.pk)).content.decode()
    assert preview_of(rule_set) not in (
        administrator.get(change("ruleset", rule_set.pk)).content.decode()
    )
    assert administrator.get(preview_of(rule_set)).status_code == 403
    assert administrator.post(preview_of(rule_set)).status_code == 403
    assert administrator.get(preview_of(draft).replace(str(draft.pk), "0")).status_code == 404


def test_others_do_not_see_the_preview(client, draft) -> None:
    client.force_login(staff(Role.COORDINATOR))
    assert client.get(preview_of(draft)).status_code in {302, 403}


def test_a_draft_like_the_version_in_force_changes_nothing(administrator, draft) -> None:
    page = administrator.get(preview_of(draft)).content.decode()
    assert "0 of 0" in page
    assert "No rule differs." in page
    assert "No starting value differs." in page


def test_the_preview_names_companies_verdicts_and_the_rules_behind_them(
    administrator, draft
) -> None:
    company = metal_and_packing(name="Proefbedrijf vzw")
    Rule.objects.filter(rule_set=draft, slug="enclave-ervaring").delete()
    Rule.objects.filter(rule_set=draft, slug="enclave-laag-en-midden").update(step=-1)
    Rule.objects.filter(rule_set=draft, slug="enclave-weinig-handwerk").update(
        operator="gte", operand=10
    )
    BaselineValue.objects.filter(
        rule_set=draft, opportunity="samenwerking", criterion="investering"
    ).update(value=-1)
    page = administrator.get(preview_of(draft)).content.decode()
    assert "1 of 1" in page
    assert "High becomes Medium: 1" in page
    assert reverse("opportunities:detail", args=[company.pk, "enclave"]) in page
    assert "<div>enclave-laag-en-midden</div>" in page
    assert "Fit with competences less favourable when share of manual work: at least 10%" in page
    assert "gone" in page
    assert "from favourable" not in page
    assert page.count("Making: metal") == 1  # the one starting value of metal that differs


def test_without_a_version_in_force_there_is_nothing_to_compare_with(
    administrator, rule_set, draft
) -> None:
    metal_and_packing()
    RuleSet.objects.filter(pk=rule_set.pk).update(status=VersionStatus.RETIRED)
    page = administrator.get(preview_of(draft)).content.decode()
    assert "No version is in force yet" in page
    assert "Incomplete becomes High" in page


def test_a_draft_that_changed_meanwhile_is_shown_again(administrator, draft) -> None:
    seen = administrator.get(preview_of(draft)).context["seen"]
    Rule.objects.filter(rule_set=draft, slug="enclave-ervaring").update(operand=2)
    answer = administrator.post(preview_of(draft), {"seen": seen}, follow=True)
    assert "Somebody changed this draft meanwhile." in answer.content.decode()
    draft.refresh_from_db()
    assert draft.status == VersionStatus.DRAFT


def test_at_most_fifty_changed_verdicts_are_listed(administrator, draft) -> None:
    for _ in range(26):
        ActivityFactory(company=CompanyFactory(), cell="maak-hout", turnover_share=100)
    BaselineValue.objects.filter(rule_set=draft).update(value=-1)
    Rule.objects.filter(rule_set=draft).delete()
    page = administrator.get(preview_of(draft)).content.decode()
    assert "26 of 26" in page
    assert "The first 50 of 130 changed verdicts." in page
    assert "Starting values" in page


def test_the_preview_costs_the_same_queries_for_many_companies(
    administrator, draft, django_assert_num_queries
) -> None:
    Rule.objects.filter(rule_set=draft, slug="enclave-laag-en-midden").update(step=-1)
    Rule.objects.filter(rule_set=draft, slug="enclave-ervaring").update(step=-1)
    metal_and_packing()
    administrator.get(preview_of(draft))
    with django_assert_num_queries(PREVIEW_QUERIES):
        administrator.get(preview_of(draft))
    for _ in range(3):
        metal_and_packing()
    with django_assert_num_queries(PREVIEW_QUERIES):
        assert "4 of 4" in administrator.get(preview_of(draft)).content.decode()


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


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        (("sales_skills", "true", "8"), "A comparison needs a threshold, a yes or no none."),
        (("customer_count", "gte", ""), "A comparison needs a threshold, a yes or no none."),
        (("customer_count", "true", ""), "This fact is an amount: choose at least or at most."),
        (("sales_skills", "gte", "1"), "This fact is yes or no: choose true or not true."),
        (("making_share", "gte", "101"), "This fact is never higher than 100."),
        (("moon_phase", "gte", "1"), "Select a valid choice."),
        (("making_share", "", "1"), "This field is required."),
    ],
)
def test_a_rule_that_cannot_be_is_explained_at_its_place(
    administrator, draft, typed, message
) -> None:
    fact, operator, operand = typed
    rule = Rule.objects.get(rule_set=draft, slug="enclave-klanten-dichtbij")
    response = administrator.post(
        change("rule", rule.pk),
        {
            "rule_set": draft.pk,
            "slug": rule.slug,
            "opportunity": rule.opportunity,
            "criterion": rule.criterion,
            "fact": fact,
            "operator": operator,
            "operand": operand,
            "step": "1",
            "reason_nl": "x",
            "reason_en": "x",
            "source": rule.source,
        },
    )
    assert message in response.content.decode()
    rule.refresh_from_db()
    assert rule.reason_nl != "x"


def test_facts_are_chosen_by_page_with_their_unit(administrator, draft) -> None:
    rule = Rule.objects.get(rule_set=draft, slug="enclave-klanten-dichtbij")
    page = administrator.get(change("rule", rule.pk)).content.decode()
    assert '<optgroup label="Calculations">' in page
    assert "payback time of the investment (in years)" in page
    chosen = {value for _, group in fact_choices() for value, _ in group}
    assert chosen == set(FactName)


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
