"""Rules of the workforce that only the database can hold, broken by bulk writes and SQL."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, models
from django.utils import timezone

from companies.profiles import services
from companies.profiles.models import Company, WorkforceCell, WorkforceNorm, WorkforceYear
from companies.profiles.services import CellCount, WorkforceInput
from portal.common.vocabulary import GuidanceLevel, TargetGroup
from tests.factories import CompanyFactory, WorkforceCellFactory, WorkforceYearFactory
from tests.profiles.rules import breaks, keeps_all_rules

pytestmark = pytest.mark.django_db

NUMBERS = (models.IntegerField, models.DecimalField)
WORKFORCE_MODELS = [
    model
    for model in apps.get_app_config("profiles").get_models()
    if model._meta.model_name and model._meta.model_name.startswith("workforce")
]


def is_closed_list(field: Any) -> bool:
    """The database takes only values of an enumeration, beside numbers and keys."""
    model: Any = getattr(field.model, "pgh_tracked_model", field.model)
    checked = [
        constraint.condition.children[0]
        for constraint in model._meta.constraints
        if isinstance(constraint, models.CheckConstraint)
        and len(constraint.condition.children) == 1
    ]
    values = [value for value, _label in field.choices or []]
    return bool(values) and (f"{field.name}__in", values) in checked


def test_no_field_of_the_workforce_can_hold_text() -> None:
    """Numbers, years, choices and keys: no name and nothing about health fits in."""
    names = {model.__name__ for model in WORKFORCE_MODELS}
    assert {"WorkforceYear", "WorkforceCell", "WorkforceYearEvent", "WorkforceCellEvent"} <= names
    for model in WORKFORCE_MODELS:
        if model.__name__.startswith("WorkforceNorm"):
            continue  # about the law, filled in by an administrator
        for field in model._meta.fields:
            is_own = not field.name.startswith("pgh_")  # added by the history
            if is_own and not isinstance(field, (*NUMBERS, models.ForeignKey)):
                assert is_closed_list(field), f"{model.__name__}.{field.name}"


def test_no_model_of_workers_hides_under_another_name() -> None:
    """Only the year and its cells hang on the words of the workforce."""
    words = {"target_group", "guidance_level", "birth", "gender", "health", "diagnosis"}
    for model in apps.get_models():
        here = {field.name for field in model._meta.fields} & words
        assert not here or model.__name__ in {"WorkforceCell", "WorkforceCellEvent"}, model


@pytest.fixture
def year() -> WorkforceYear:
    """Thirty people, ten of them in enclaves and five on location."""
    cell = WorkforceCellFactory(heads=30, fte=25)
    year: WorkforceYear = cell.workforce_year
    WorkforceYear.objects.filter(pk=year.pk).update(enclave_heads=10, on_location_heads=5)
    keeps_all_rules()
    return year


def test_places_stay_within_heads_from_the_side_of_the_year(year: WorkforceYear) -> None:
    with breaks("workforce_places_within_heads"):
        WorkforceYear.objects.filter(pk=year.pk).update(on_location_heads=21)
    with breaks("workforce_places_within_heads"):
        WorkforceYear.objects.create(company=year.company, year=2020, enclave_heads=1)


def test_places_stay_within_heads_from_the_side_of_the_cells(year: WorkforceYear) -> None:
    cells = WorkforceCell.objects.filter(workforce_year=year)
    with breaks("workforce_places_within_heads"):
        cells.update(heads=14, fte=14)
    with breaks("workforce_places_within_heads"):
        cells.delete()
    with breaks("workforce_places_within_heads"):
        cells.update(workforce_year=WorkforceYearFactory(company=year.company, year=2020))
    with breaks("workforce_places_within_heads"), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE profiles_workforcecell SET heads = 14, fte = 1 WHERE workforce_year_id = %s",
            [year.pk],
        )


def test_heads_and_places_may_shrink_together(year: WorkforceYear) -> None:
    cell = (TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.LAAG)
    services.set_workforce_year(
        company_id=year.company_id,
        year=year.year,
        workforce=WorkforceInput(cells={cell: CellCount(heads=2)}, enclave_heads=2),
    )
    keeps_all_rules()
    WorkforceYear.objects.all().delete()
    keeps_all_rules()


def test_more_may_move_on_than_are_left(year: WorkforceYear) -> None:
    """Who moved on is no longer counted, so there is no rule between the two."""
    WorkforceYear.objects.filter(pk=year.pk).update(doorstroom_heads=31)
    keeps_all_rules()


def test_the_current_year_is_fine_and_the_next_is_not() -> None:
    company: Company = CompanyFactory()
    this_year = timezone.localdate().year
    row = WorkforceYearFactory(company=company, year=this_year)
    with breaks("workforce_year_not_future"):
        WorkforceYear.objects.filter(pk=row.pk).update(year=this_year + 1)
    with breaks("workforce_year_not_future"):
        services.set_workforce_year(
            company_id=company.pk, year=this_year + 1, workforce=WorkforceInput()
        )


def test_a_norm_that_is_used_stays(year: WorkforceYear) -> None:
    """The norm of 2023 counts for 2025; that of 2019 for no stored year."""
    used = WorkforceNorm.objects.get(valid_from=date(2023, 7, 1))
    with breaks("norm_in_use"):
        used.delete()
    with breaks("norm_in_use"):
        WorkforceNorm.objects.filter(pk=used.pk).update(valid_from=date(2026, 1, 1))
    WorkforceNorm.objects.get(valid_from=date(2019, 1, 1)).delete()


def test_a_change_of_norms_has_companies_looked_at_again(year: WorkforceYear) -> None:
    company, without = year.company, CompanyFactory()
    for change in (
        lambda: WorkforceNorm.objects.filter(valid_from__year=2023).update(minimum_share=60),
        lambda: WorkforceNorm.objects.create(
            valid_from=date(2030, 1, 1),
            fte_per_guide_high=6,
            fte_per_guide_middle=9,
            fte_per_guide_low=12,
            minimum_fte=20,
            minimum_share=55,
        ),
        lambda: WorkforceNorm.objects.filter(valid_from__year=2030).delete(),
    ):
        before = [Company.objects.get(pk=one.pk).facts_version for one in (company, without)]
        change()
        after = [Company.objects.get(pk=one.pk).facts_version for one in (company, without)]
        assert after == [before[0] + 1, before[1]]


def test_two_norms_never_overlap() -> None:
    """A norm ends where the next one begins; two cannot begin together."""
    norm = WorkforceNorm.objects.get(valid_from=date(2023, 7, 1))
    norm.pk = None
    with breaks("profiles_workforcenorm_valid_from_key"):
        norm.save(force_insert=True)
