"""Differences between a sheet and what is stored, against a slow obvious reference."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.workbook.changes import Action, Line, apart, compare

COLUMNS = ("name", "share")
VALUES = st.fixed_dictionaries(
    {"name": st.sampled_from("abc"), "share": st.sampled_from(["", "1"])}
)
ROWS = st.lists(VALUES, max_size=6)


def filled(row: dict[str, str]) -> dict[str, str]:
    """Without what is empty."""
    return {name: value for name, value in row.items() if value}


def lines_of(rows: list[dict[str, str]]) -> list[Line]:
    return [Line(number, row["name"], row) for number, row in enumerate(rows, start=2)]


@given(ROWS, ROWS)
def test_changes_lead_from_what_is_stored_to_the_file(
    before: list[dict[str, str]], after: list[dict[str, str]]
) -> None:
    stored = [(row["name"], row) for row in before]
    keys = apart(row["name"] for row in before)
    state = {key: dict(row) for key, row in zip(keys, before, strict=True)}
    for change in compare(stored, lines_of(after), COLUMNS):
        row = state.setdefault(change.identity, {})
        assert row.get(change.column, "") == change.old
        row[change.column] = change.new
        assert change.old != change.new
    keys = apart(row["name"] for row in after)
    wanted = {key: filled(row) for key, row in zip(keys, after, strict=True)}
    assert {key: filled(row) for key, row in state.items() if filled(row)} == wanted


@given(ROWS)
def test_the_same_rows_in_another_order_change_nothing(rows: list[dict[str, str]]) -> None:
    stored = [(row["name"], row) for row in rows]
    ordered = sorted(rows, key=lambda row: row["name"])
    assert compare(stored, lines_of(ordered), COLUMNS) == []


def test_a_row_that_is_new_and_one_that_is_gone() -> None:
    stored = [("a", {"name": "a", "share": "1"})]
    changes = compare(stored, [Line(2, "b", {"name": "b"})], COLUMNS)
    assert [(one.action, one.row, one.column) for one in changes] == [
        (Action.ADDED, 2, "name"),
        (Action.REMOVED, None, "name"),
        (Action.REMOVED, None, "share"),
    ]
