"""Folding many small changes into few lines, against a slow and obvious reference."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.history import WINDOW, Event, Kind, blocks, fold, whole_blocks

START = datetime(2026, 11, 12, 14, 5, tzinfo=UTC)


def update(minute: float, old: Any, new: Any, *, who: str = "An", row: str = "a") -> Event:
    """The share of a row changed."""
    at = START + timedelta(minutes=minute)
    return Event(at, who, row, Kind.UPDATE, {"share": old}, {"share": new})


def newest_first(*events: Event) -> list[Event]:
    return sorted(events, key=lambda event: event.at, reverse=True)


def test_typing_in_one_go_is_one_line_from_first_to_last() -> None:
    (block,) = fold(newest_first(update(0, 20, 2), update(1, 2, 25), update(9, 25, 30)))
    (line,) = block.lines
    assert [(step.old, step.new) for step in line.steps] == [(20, 30)]
    assert len(line.events) == 3


def test_a_pause_of_more_than_ten_minutes_begins_another_line() -> None:
    found = fold(newest_first(update(0, 20, 25), update(10.1, 25, 30)))
    assert [[(s.old, s.new) for s in b.lines[0].steps] for b in found] == [[(25, 30)], [(20, 25)]]


def test_another_person_in_between_begins_another_line() -> None:
    found = fold(newest_first(update(0, 1, 2), update(1, 2, 3, who="Bo"), update(2, 3, 4)))
    assert [block.who for block in found] == ["An", "Bo", "An"]


def test_a_busy_hour_still_splits_a_field_at_its_own_pause() -> None:
    other = [update(minute, 0, 1, row="b") for minute in (8, 16)]
    (block,) = fold(newest_first(update(0, 1, 2), *other, update(24, 2, 3)))
    line = next(line for line in block.lines if line.row == "a")
    assert [(step.old, step.new) for step in line.steps] == [(1, 2), (2, 3)]


def test_added_and_removed_in_one_go_passes() -> None:
    values = {"share": 5}
    added = Event(START, "An", "a", Kind.INSERT, {}, values)
    removed = Event(START + WINDOW, "An", "a", Kind.DELETE, values, {})
    (block,) = fold([removed, added])
    assert block.lines[0].kind is Kind.PASSING


def test_added_and_then_changed_is_an_addition_with_the_last_values() -> None:
    added = Event(START, "An", "a", Kind.INSERT, {}, {"share": 5})
    (block,) = fold([update(1, 5, 9), added])
    assert (block.lines[0].kind, block.lines[0].values) == (Kind.INSERT, {"share": 9})


def test_a_removal_tells_what_was_there_before_the_block() -> None:
    removed = Event(START + WINDOW, "An", "a", Kind.DELETE, {"share": 9}, {})
    (block,) = fold([removed, update(1, 5, 9)])
    assert (block.lines[0].kind, block.lines[0].values) == (Kind.DELETE, {"share": 5})


@st.composite
def histories(draw: st.DrawFn) -> list[Event]:
    """Changes of two rows with two columns by two people, newest first."""
    at, events = START, []
    values: dict[str, dict[str, int]] = {row: {"x": 0, "y": 0} for row in "ab"}
    for _ in range(draw(st.integers(0, 25))):
        at += timedelta(minutes=draw(st.sampled_from([0, 1, 4, 9, 10, 11, 30])))
        row, column = draw(st.sampled_from("ab")), draw(st.sampled_from("xy"))
        before = dict(values[row])
        values[row][column] += draw(st.integers(1, 3)) * draw(st.sampled_from([1, -1]))
        who = draw(st.sampled_from(["An", "Bo"]))
        events.append(Event(at, who, row, Kind.UPDATE, before, dict(values[row])))
    return events[::-1]


def slow_steps(events: list[Event]) -> list[tuple[Any, ...]]:
    """Every change alone, then neighbours joined until nothing can be joined any more."""
    oldest_first = events[::-1]
    found: list[list[Any]] = []
    block = 0
    for before, event in zip([None, *oldest_first], oldest_first, strict=False):
        if before and (before.who != event.who or event.at - before.at > WINDOW):
            block += 1
        for column, new in event.after.items():
            if event.before[column] != new:
                found.append(
                    [block, event.row, column, event.at, event.at, event.before[column], new]
                )
    for first in found:
        for second in found:
            if second is first or first[:3] != second[:3] or first[4] > second[3]:
                continue
            between = [
                o for o in found if o[:3] == first[:3] and o is not first and o is not second
            ]
            if any(
                first[4] <= o[3] <= second[3]
                and found.index(first) < found.index(o) < found.index(second)
                for o in between
            ):
                continue
            if found.index(first) < found.index(second) and second[3] - first[4] <= WINDOW:
                second[3], second[5] = first[3], first[5]
                first[0] = None
                break
    return sorted((f[0], f[1], f[2], f[5], f[6]) for f in found if f[0] is not None)


@given(histories())
def test_folding_equals_joining_neighbours_one_by_one(events: list[Event]) -> None:
    found = fold(events)
    quick = sorted(
        (len(found) - 1 - at, line.row, step.column, step.old, step.new)
        for at, block in enumerate(found)
        for line in block.lines
        for step in line.steps
    )
    assert quick == slow_steps(events)


@given(histories())
def test_no_event_is_lost_or_doubled(events: list[Event]) -> None:
    kept = [id(e) for block in fold(events) for line in block.lines for e in line.events]
    assert sorted(kept) == sorted(id(event) for event in events)


@given(histories(), st.integers(1, 8))
def test_pages_end_where_blocks_end_and_hold_everything(events: list[Event], size: int) -> None:
    pages, rest = [], events
    while rest:
        count, more = whole_blocks(rest[: size + 1], size=size)
        assert 1 <= count <= size
        assert more == (len(rest) > size)
        pages.append(rest[:count])
        rest = rest[count:]
    assert [event for page in pages for event in page] == events
    for block in blocks(events):
        if len(block) <= size:
            assert any(all(event in page for event in block) for page in pages)
