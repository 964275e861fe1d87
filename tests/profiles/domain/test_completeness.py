"""What is filled in and what is missing."""

from __future__ import annotations

from companies.profiles.domain.completeness import Part, completeness


def test_nothing_yet() -> None:
    empty = completeness(activities=0, has_workforce=False, customers=0, offers=0, competences=0)
    assert empty.missing == tuple(Part)
    assert not empty.is_complete


def test_missing_parts_keep_their_order() -> None:
    half = completeness(activities=2, has_workforce=False, customers=0, offers=1, competences=3)
    assert half.missing == (Part.WORKFORCE, Part.CUSTOMERS)


def test_everything() -> None:
    full = completeness(activities=1, has_workforce=True, customers=1, offers=1, competences=1)
    assert full.is_complete
