"""Each named rule of the ledger in the database, broken once."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from assessments.matching.models import Interaction, Introduction, IntroductionStep
from companies.profiles.models import Company
from tests.factories import UserFactory
from tests.matching.factories import (
    chocolate_maker,
    introduction,
    matched_company,
    opinion,
    stored_match,
)

pytestmark = pytest.mark.django_db


def settle() -> None:
    """What was written so far is looked at now, as at the end of its transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def breaks(constraint: str, make: Any) -> None:
    """The database refuses, at once or when the transaction ends."""

    def to_the_end() -> None:
        make()
        settle()

    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        to_the_end()
    assert refused.value.__cause__.diag.constraint_name == constraint  # type: ignore[union-attr]


@pytest.fixture
def company() -> Company:
    return matched_company()


@pytest.fixture
def begun(company: Company) -> Introduction:
    return introduction(company)


def test_one_introduction_of_two_for_an_opportunity_is_open_at_a_time(
    company: Company, begun: Introduction
) -> None:
    breaks(
        "introduction_one_open",
        lambda: introduction(company, establishment=begun.establishment),
    )
    introduction(company, establishment=begun.establishment, opportunity="reshoring")
    over = introduction(company, "ask", "company_declines")
    introduction(company, establishment=over.establishment)  # a new try
    assert Introduction.objects.count() == 4


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("introduction_opportunity_known", {"opportunity": "toerisme"}),
        ("introduction_state_known", {"state": "lost"}),
        ("introduction_state_of_last_step", {}),  # without a step
    ],
)
def test_an_introduction_keeps_its_rules(
    company: Company, constraint: str, change: dict[str, Any]
) -> None:
    values = {"opportunity": "enclave", "state": "proposed", "establishment": chocolate_maker()}
    breaks(constraint, lambda: Introduction.objects.create(company=company, **(values | change)))


def test_an_introduction_comes_from_the_match_of_the_same_two(company: Company) -> None:
    match = stored_match(company)
    breaks("introduction_of_match", lambda: introduction(company, match=match))
    begun = introduction(company, match=match, establishment=match.establishment)
    assert begun.match == match


def test_only_the_state_of_an_introduction_moves_and_only_with_a_step(
    begun: Introduction,
) -> None:
    rows = Introduction.objects.filter(pk=begun.pk)
    breaks("introduction_kept", lambda: rows.update(opportunity="reshoring"))
    breaks("introduction_kept", lambda: rows.update(company=matched_company()))
    breaks("introduction_state_of_last_step", lambda: rows.update(state="running"))

    def gone_with_its_steps() -> None:
        begun.steps.all()._raw_delete("default")
        rows._raw_delete("default")

    breaks("introduction_kept", gone_with_its_steps)


STEP: dict[str, Any] = {
    "number": 2,
    "transition": "contact",
    "state": "contacted",
    "side": "adviser",
}


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("introduction_step_once", {"number": 1}),
        ("introduction_step_from_one", {"number": 0}),
        ("introduction_step_leads_to_state", {"state": "running"}),
        ("introduction_step_side_known", {"side": "neighbour"}),
        ("introduction_step_reason_known", {"reason": "weather"}),
        ("introduction_step_reason_when_asked", {"reason": "price"}),
        (
            "introduction_step_reason_when_asked",
            {"transition": "partner_declines", "state": "declined"},
        ),
        (
            "introduction_step_other_in_words",
            {"transition": "partner_declines", "state": "declined", "reason": "other"},
        ),
        ("introduction_step_day_when_asked", {"transition": "meet", "state": "meeting"}),
        ("introduction_step_day_when_asked", {"day": "2026-11-25"}),
        ("introduction_state_of_last_step", {}),  # the introduction did not move with it
    ],
)
def test_a_step_keeps_its_rules(
    begun: Introduction, constraint: str, change: dict[str, Any]
) -> None:
    user = UserFactory()
    breaks(
        constraint,
        lambda: begun.steps.create(taken_at=timezone.now(), taken_by=user, **(STEP | change)),
    )


def test_what_was_written_never_changes_and_goes_only_with_the_company(
    company: Company, begun: Introduction
) -> None:
    said = opinion(company)
    settle()
    steps = IntroductionStep.objects.filter(introduction=begun)
    said_rows = Interaction.objects.filter(pk=said.pk)
    breaks("matching_appended_only", lambda: steps.update(words="anders"))
    breaks("matching_appended_only", lambda: steps._raw_delete("default"))
    breaks("matching_appended_only", lambda: said_rows.update(opinion="seen"))
    breaks("matching_appended_only", lambda: said_rows._raw_delete("default"))


@pytest.mark.parametrize(
    ("constraint", "change"),
    [
        ("interaction_opportunity_known", {"opportunity": "toerisme"}),
        ("interaction_opinion_known", {"opinion": "lovely"}),
        ("interaction_side_known", {"side": "adviser"}),
        ("interaction_refusal_has_reason", {"opinion": "not_relevant"}),
        ("interaction_refusal_has_reason", {"opinion": "not_relevant", "reason": "completed"}),
        ("interaction_refusal_has_reason", {"opinion": "interested", "reason": "price"}),
        ("interaction_other_in_words", {"opinion": "not_relevant", "reason": "other"}),
    ],
)
def test_an_opinion_keeps_its_rules(
    company: Company, constraint: str, change: dict[str, Any]
) -> None:
    breaks(constraint, lambda: opinion(company, **change))
