"""Constraints of rule sets and assessments, each with a test that breaks it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import IntegrityError, transaction

from assessments.opportunities import services
from assessments.opportunities.models import Assessment, BaselineValue, Rule, RuleSet
from portal.common.versioned import VersionStatus
from tests.factories import CompanyFactory

pytestmark = pytest.mark.django_db


@contextmanager
def breaks(name: str) -> Iterator[None]:
    """The named constraint refuses what happens inside."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():
        yield
    assert caught.value.__cause__.diag.constraint_name == name


@pytest.fixture
def draft(rule_set) -> RuleSet:
    return services.copy_rule_set(rule_set_id=rule_set.pk, note="proef")


# --- published rule sets never change -------------------------------------------


def test_a_published_rule_set_cannot_be_edited_or_deleted(rule_set) -> None:
    with breaks("rule_set_frozen"):
        RuleSet.objects.filter(pk=rule_set.pk).update(note="anders")
    with breaks("rule_set_frozen"):
        RuleSet.objects.filter(pk=rule_set.pk).update(status=VersionStatus.DRAFT)
    with breaks("rule_set_content_frozen"):
        rule_set.delete()
    with breaks("rule_set_frozen"):
        RuleSet.objects.filter(pk=rule_set.pk)._raw_delete("default")


def test_a_published_rule_set_can_only_retire_and_then_nothing(rule_set) -> None:
    with breaks("rule_set_frozen"):
        RuleSet.objects.filter(pk=rule_set.pk).update(status=VersionStatus.RETIRED, note="anders")
    RuleSet.objects.filter(pk=rule_set.pk).update(status=VersionStatus.RETIRED)
    with breaks("rule_set_frozen"):
        RuleSet.objects.filter(pk=rule_set.pk).update(status=VersionStatus.PUBLISHED)


@pytest.mark.parametrize("model", [BaselineValue, Rule])
def test_the_content_of_a_published_rule_set_is_frozen(rule_set, draft, model) -> None:
    row = model.objects.filter(rule_set=rule_set).first()
    field = "value" if model is BaselineValue else "step"
    with breaks("rule_set_content_frozen"):
        model.objects.filter(pk=row.pk).update(**{field: -1})
    with breaks("rule_set_content_frozen"):
        model.objects.filter(pk=row.pk).update(rule_set=draft)
    with breaks("rule_set_content_frozen"):
        row.delete()
    moved = model.objects.filter(rule_set=draft).first()
    with breaks("rule_set_content_frozen"):
        model.objects.filter(pk=moved.pk).update(rule_set=rule_set)


def test_nothing_can_be_added_to_a_published_rule_set(rule_set) -> None:
    with breaks("rule_set_content_frozen"):
        Rule.objects.create(
            rule_set=rule_set,
            slug="nieuw",
            opportunity="enclave",
            criterion="fit",
            fact="enclave_share",
            operator="true",
            step=1,
        )


def test_a_draft_can_be_edited_and_deleted(draft) -> None:
    Rule.objects.filter(rule_set=draft).update(operand=7, operator="gte")
    BaselineValue.objects.filter(rule_set=draft).update(value=0)
    draft.delete()
    assert RuleSet.objects.count() == 1


# --- rules and values -------------------------------------------------------------


def test_a_starting_value_is_given_once(draft) -> None:
    row = BaselineValue.objects.filter(rule_set=draft).first()
    row.pk = None
    with breaks("baseline_once"):
        row.save()


@pytest.mark.parametrize(
    ("field", "value", "name"),
    [
        ("value", 2, "baseline_range"),
        ("cell", "maak-glas", "baseline_cell_known"),
        ("opportunity", "loterij", "baseline_opportunity_known"),
        ("criterion", "geluk", "baseline_criterion_known"),
    ],
)
def test_a_starting_value_stays_in_its_bounds(draft, field, value, name) -> None:
    row = BaselineValue.objects.filter(rule_set=draft).first()
    with breaks(name):
        BaselineValue.objects.filter(pk=row.pk).update(**{field: value})


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"slug": "enclave-ervaring"}, "rule_once"),
        ({"step": 2}, "rule_step_one"),
        ({"operator": "true", "operand": 3}, "rule_operand_fits"),
        ({"operator": "gte", "operand": None}, "rule_operand_fits"),
        ({"opportunity": "loterij"}, "rule_opportunity_known"),
        ({"criterion": "geluk"}, "rule_criterion_known"),
    ],
)
def test_a_rule_stays_in_its_bounds(draft, fields, name) -> None:
    rule = Rule.objects.get(rule_set=draft, slug="enclave-klanten-dichtbij")
    with breaks(name):
        Rule.objects.filter(pk=rule.pk).update(**fields)


def test_only_one_version_is_published_and_numbers_are_unique(draft) -> None:
    with breaks("ruleset_one_published"):
        RuleSet.objects.filter(pk=draft.pk).update(status=VersionStatus.PUBLISHED)
    with breaks("opportunities_ruleset_version_key"):
        RuleSet.objects.create(version=1)


# --- assessments --------------------------------------------------------------------


@pytest.fixture
def assessment(rule_set, now) -> Assessment:
    company = CompanyFactory()
    services.assess_company(company_id=company.pk, now=now)
    return Assessment.objects.filter(company=company).first()


def test_one_assessment_is_current(assessment) -> None:
    assessment.pk = None
    with breaks("assessment_one_current"):
        assessment.save()


@pytest.mark.parametrize(
    ("fields", "name"),
    [
        ({"verdict": "geweldig"}, "assessment_lowest_fits"),
        ({"lowest_verdict": "onvolledig"}, "assessment_lowest_is_level"),
        ({"verdict": "hoog", "lowest_verdict": "laag"}, "assessment_lowest_fits"),
        ({"opportunity": "loterij"}, "assessment_opportunity_known"),
    ],
)
def test_an_assessment_stays_in_its_bounds(assessment, fields, name) -> None:
    with breaks(name):
        Assessment.objects.filter(pk=assessment.pk).update(**fields)
