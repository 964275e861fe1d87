"""What passed between two becomes contact and rest; borders by the day."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.matching.domain.history import Past, Refusal, history_of, rests
from assessments.matching.domain.policy import CONTACT_ASKED, CONTACT_INTRODUCED
from portal.common.vocabulary import Opportunity

TODAY = date(2026, 11, 25)
KEY = (400_000_000, 2_000_000_001, Opportunity.ENCLAVE)
OTHER = (400_000_000, 2_000_000_001, Opportunity.RESHORING)
NOON = datetime(2026, 11, 25, 12, tzinfo=UTC)


def days_ago(days: int) -> date:
    return TODAY - timedelta(days=days)


def past(days: int = 0, **fields: Any) -> Past:
    return Past(**({"key": KEY, "begun_at": NOON - timedelta(days=days)} | fields))


def refusal(days: int = 0) -> Refusal:
    return Refusal(KEY, NOON - timedelta(days=days), days_ago(days))


@pytest.mark.parametrize(
    ("days", "period", "expected"),
    [
        (0, 365, True),
        (364, 365, True),
        (365, 365, False),
        (366, 365, False),
        (0, 0, False),
        (0, 1, True),
        (1, 1, False),
    ],
)
def test_rest_lasts_so_many_days_the_first_included(days: int, period: int, expected: bool) -> None:
    assert rests(days_ago(days), period, TODAY) == expected
    declined = history_of([past(400, declined_on=days_ago(days))], [], days=period, today=TODAY)
    assert (KEY in declined.resting) == expected
    marked = history_of([], [refusal(days)], days=period, today=TODAY)
    assert (KEY in marked.resting) == expected


def test_rest_is_for_one_opportunity() -> None:
    found = history_of([], [refusal()], days=365, today=TODAY)
    assert found.resting == {KEY}
    assert OTHER not in found.resting


@pytest.mark.parametrize(
    ("fields", "contact"),
    [
        ({}, None),  # proposed, and nobody spoke to the partner
        ({"asked_by_partner": True}, CONTACT_ASKED),
        ({"introduced": True}, CONTACT_INTRODUCED),
        ({"introduced": True, "agreed": True}, CONTACT_ASKED),
        ({"introduced": True, "declined_on": TODAY}, None),
        ({"asked_by_partner": True, "declined_on": TODAY}, None),
    ],
)
def test_contact_follows_from_how_far_it_came(fields: dict[str, Any], contact: int | None) -> None:
    assert history_of([past(**fields)], [], days=365, today=TODAY).contacts.get(KEY) == contact


def test_a_refusal_does_not_undo_an_earlier_introduction_that_went_well() -> None:
    pasts = [past(900, introduced=True), past(10, introduced=True, declined_on=days_ago(5))]
    found = history_of(pasts, [], days=365, today=TODAY)
    assert found.contacts == {KEY: CONTACT_INTRODUCED}
    assert found.resting == {KEY}


def test_a_later_introduction_lifts_the_rest() -> None:
    declined = past(20, declined_on=days_ago(10))
    assert history_of([declined], [], days=365, today=TODAY).resting == {KEY}
    assert not history_of([declined, past(1)], [], days=365, today=TODAY).resting
    assert not history_of([past(1)], [refusal(2)], days=365, today=TODAY).resting
    assert history_of([past(2)], [refusal(1)], days=365, today=TODAY).resting == {KEY}


PASTS = st.builds(
    past,
    st.integers(0, 900),
    asked_by_partner=st.booleans(),
    introduced=st.booleans(),
    declined_on=st.none() | st.integers(0, 800).map(days_ago),
    key=st.sampled_from([KEY, OTHER]),
)


@given(
    st.lists(PASTS, max_size=5, unique_by=lambda one: one.begun_at),
    st.lists(st.integers(0, 800).map(refusal), max_size=2),
    st.randoms(use_true_random=False),
)
def test_the_order_of_rows_means_nothing(pasts: Any, refusals: Any, random: Any) -> None:
    before = history_of(pasts, refusals, days=365, today=TODAY)
    random.shuffle(pasts)
    random.shuffle(refusals)
    assert history_of(pasts, refusals, days=365, today=TODAY) == before


@given(st.lists(PASTS, max_size=4, unique_by=lambda one: one.begun_at), st.integers(0, 800))
def test_rest_only_ends_as_days_pass(pasts: Any, later: int) -> None:
    now = history_of(pasts, [], days=365, today=TODAY)
    then = history_of(pasts, [], days=365, today=TODAY + timedelta(days=later))
    assert then.resting <= now.resting
    assert then.contacts == now.contacts
