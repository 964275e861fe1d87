"""The name of a broken rule becomes a message at its place."""

from __future__ import annotations

from typing import ClassVar

import pytest
from django import forms
from django.apps import apps
from django.db import IntegrityError, connection, models, transaction

from portal.common.refusals import broken_rule, explain, message_of, reason_of

OWN_ROOMS = ("common", "accounts", "register", "profiles", "partners")


class Figures(forms.Form):
    """A form with a place for one rule."""

    rule_fields: ClassVar[dict[str, str]] = {"workforce_year_not_future": "year"}
    year = forms.IntegerField()


def refused(constraint: str) -> IntegrityError:
    """What Django raises when the database refuses a write under this name."""
    with pytest.raises(IntegrityError) as caught, transaction.atomic():  # noqa: SIM117
        with connection.cursor() as cursor:
            cursor.execute(
                "DO $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = 'check_violation', "
                f"CONSTRAINT = '{constraint}'; END $$"
            )
    return caught.value


@pytest.mark.django_db
def test_a_message_stands_at_its_field() -> None:
    form = Figures({"year": "2099"})
    assert form.is_valid()
    assert explain(form, refused("workforce_year_not_future"))
    assert "year" in form.errors


@pytest.mark.django_db
def test_a_message_without_a_field_stands_above_the_form() -> None:
    form = Figures({"year": "2099"})
    assert form.is_valid()
    assert explain(form, refused("customer_once"))
    assert form.non_field_errors()


@pytest.mark.django_db
def test_a_formset_has_a_place_too() -> None:
    formset = forms.formset_factory(Figures)({"form-TOTAL_FORMS": "0", "form-INITIAL_FORMS": "0"})
    assert formset.is_valid()
    assert explain(formset, refused("customer_once"))
    assert formset.non_form_errors()


@pytest.mark.django_db
def test_an_unknown_rule_is_left_to_the_caller() -> None:
    form = Figures({"year": "2099"})
    assert form.is_valid()
    error = refused("rule_of_somebody_else")
    assert not explain(form, error)
    assert form.is_valid()
    assert reason_of(error) == "no"
    assert broken_rule(ValueError()) == ""


def test_each_check_of_these_rooms_has_a_message() -> None:
    for room in OWN_ROOMS:
        for model in apps.get_app_config(room).get_models():
            for constraint in model._meta.constraints:
                if isinstance(constraint, models.CheckConstraint):
                    assert message_of(constraint.name), constraint.name


def test_each_rule_held_by_a_trigger_of_the_profile_has_a_message() -> None:
    for name in (
        "activity_shares_at_most_100",
        "customer_shares_at_most_100",
        "own_product_shares_at_most_100",
        "company_has_owner",
        "norm_in_use",
        "workforce_places_within_heads",
        "workforce_year_not_future",
    ):
        assert message_of(name), name
