"""Allocation is exact: it equals an independent programme and a search by brute force."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assessments.matching.domain.allocation import Edge, Room, allocate

Group = tuple[int, str]
Chosen = frozenset[tuple[Group, int]]

groups = st.tuples(st.integers(1, 3), st.sampled_from(("enclave", "fvdt")))


@st.composite
def small(draw: st.DrawFn) -> tuple[list[Edge], Room]:
    pairs = draw(
        st.lists(st.tuples(groups, st.integers(10, 13)), min_size=1, max_size=9, unique=True)
    )
    scores = st.sampled_from((1, 2, 3, 400_000, 400_001, 999_999))
    edges = [
        Edge(group, partner, rank, draw(scores), draw(st.booleans()))
        for rank, (group, partner) in enumerate(pairs, start=1)
    ]
    used = draw(st.dictionaries(st.integers(10, 13), st.integers(0, 2)))
    return edges, Room(draw(st.integers(1, 2)), draw(st.integers(1, 2)), {}, used)


def value(edges: list[Edge], chosen: Chosen) -> tuple[int, int, int]:
    taken = [edge for edge in edges if (edge.group, edge.partner) in chosen]
    return (
        len({edge.group for edge in taken}),
        sum(edge.kept for edge in taken),
        sum(edge.score for edge in taken),
    )


def fits(chosen: Chosen, room: Room) -> bool:
    return all(
        sum(g == group for g, _ in chosen) <= room.of_group(group) for group, _ in chosen
    ) and all(
        sum(p == partner for _, p in chosen) <= room.of_partner(partner) for _, partner in chosen
    )


@settings(max_examples=150, deadline=None)
@given(small())
def test_no_other_choice_is_better(case: tuple[list[Edge], Room]) -> None:
    edges, room = case
    chosen = allocate(edges, room)
    assert fits(chosen, room)
    keys = [(edge.group, edge.partner) for edge in edges]
    best = max(
        value(edges, frozenset(some))
        for size in range(len(keys) + 1)
        for some in combinations(keys, size)
        if fits(frozenset(some), room)
    )
    assert value(edges, chosen) == best


@settings(max_examples=60, deadline=None)
@given(small(), st.randoms())
def test_row_order_changes_nothing(case: tuple[list[Edge], Room], random: object) -> None:
    edges, room = case
    shuffled = list(edges)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert allocate(shuffled, room) == allocate(edges, room)


def test_coverage_comes_before_scores() -> None:
    """The best-scored partner goes to the company that has nobody else."""
    one, two = (1, "enclave"), (2, "enclave")
    edges = [
        Edge(one, 10, 1, 900_000),
        Edge(one, 11, 2, 100_000),
        Edge(two, 10, 1, 200_000),
    ]
    assert allocate(edges, Room(1, 1)) == {(one, 11), (two, 10)}


def test_a_proposal_that_was_seen_stays_unless_coverage_needs_it() -> None:
    one = (1, "enclave")
    edges = [Edge(one, 10, 1, 900_000), Edge(one, 11, 2, 100_000, kept=True)]
    assert allocate(edges, Room(1, 1)) == {(one, 11)}


def test_room_of_others_is_left_alone() -> None:
    one = (1, "enclave")
    edges = [Edge(one, 10, 1, 900_000), Edge(one, 11, 2, 100_000)]
    assert allocate(edges, Room(5, 3, partner_used={10: 3})) == {(one, 11)}
    assert allocate(edges, Room(5, 3, group_used={one: 5})) == frozenset()
    assert allocate([], Room(5, 3)) == frozenset()


def test_the_value_equals_that_of_another_solver() -> None:
    """Ten companies, five opportunities, fifty matches each, against scipy's programme."""
    optimize = pytest.importorskip("scipy.optimize")
    rng = np.random.default_rng(3)
    edges = [
        Edge((company, opportunity), int(partner), rank, int(rng.integers(300_000, 900_000)))
        for company in range(10)
        for opportunity in ("enclave", "fvdt", "reshoring", "samenwerking", "eigen_producten")
        for rank, partner in enumerate(rng.choice(120, 50, replace=False), start=1)
    ]
    room = Room(5, 3)
    chosen = allocate(edges, room)
    assert fits(chosen, room)
    group_names = sorted({edge.group for edge in edges})
    rows = np.zeros((len(group_names) + 120, len(edges)))
    for column, edge in enumerate(edges):
        rows[group_names.index(edge.group), column] = 1
        rows[len(group_names) + edge.partner, column] = 1
    # Every group can be covered here, so each gets at least one.
    result = optimize.linprog(
        [-edge.score for edge in edges],
        A_ub=np.concatenate((rows, -rows[: len(group_names)])),
        b_ub=np.concatenate(
            (np.full(len(group_names), 5), np.full(120, 3), np.full(len(group_names), -1))
        ),
        bounds=(0, 1),
    )
    assert value(edges, chosen) == (50, 0, round(-result.fun))
