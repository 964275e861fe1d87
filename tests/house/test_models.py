"""What holds for every model of the house."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import models

FLOORS = (
    "common",
    "accounts",
    "register",
    "profiles",
    "partners",
    "readiness",
    "opportunities",
    "matching",
    "cases",
    "dashboards",
)
OURS = tuple(config for config in apps.get_app_configs() if config.label in FLOORS)


def our_models() -> Iterator[type[models.Model]]:
    for config in OURS:
        for model in config.get_models():
            if not model.__name__.endswith("Event"):  # history rows, made by triggers
                yield model


MODELS = sorted(our_models(), key=lambda model: model._meta.label)


def test_every_room_with_models_stands_on_a_floor() -> None:
    prefixes = ("portal.", "companies.", "assessments.")
    rooms = {c.label for c in apps.get_app_configs() if c.name.startswith(prefixes)}
    assert rooms - {"runtime"} <= set(FLOORS)


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_no_relation_points_up(model: type[models.Model]) -> None:
    own = FLOORS.index(model._meta.app_label)
    for field in model._meta.get_fields():
        if field.auto_created or not field.is_relation or field.related_model is None:
            continue
        other = field.related_model._meta.app_label
        if other in FLOORS:
            assert FLOORS.index(other) <= own, f"{model._meta.label}.{field.name} points up"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_a_moment_by_a_person_comes_with_its_moment(model: type[models.Model]) -> None:
    names = {field.name for field in model._meta.get_fields()}
    for name in names:
        if name.endswith("_by") and name != "requested_by":  # a run row is requested at queued_at
            assert f"{name[:-3]}_at" in names, f"{model._meta.label}.{name} has no moment"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_constraint_has_a_readable_message(model: type[models.Model]) -> None:
    for constraint in model._meta.constraints:
        default = constraint.default_violation_error_message
        assert str(constraint.violation_error_message) != str(default), constraint.name


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_ordering_is_total(model: type[models.Model]) -> None:
    ordering = model._meta.ordering
    assert ordering, f"{model._meta.label} has no order"
    last = str(ordering[-1]).lstrip("-")
    pk = model._meta.pk
    unique = pk is not None and (last in {"pk", pk.name})
    if not unique:
        unique = model._meta.get_field(last).unique
    assert unique, f"{model._meta.label} is not ordered by something unique in the end"
