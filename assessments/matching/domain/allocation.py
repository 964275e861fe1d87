"""Which stored matches become proposals: exact, within the caps, lexicographic.

A network flow: (company, opportunity) -> match -> partner with caps on both ends.
Its linear programme has whole vertices, and so has every face of it, so that each
next objective may be solved with the earlier optima as constraints. HiGHS solves
it with its simplex on one thread and rows in canonical order.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

import highspy
import numpy as np
from numpy.typing import NDArray

Float = NDArray[np.float64]


class AllocationError(Exception):
    """The solver did not prove an optimum; nothing may be proposed on it."""


@dataclass(frozen=True, slots=True)
class Edge:
    """A stored match: group (company and opportunity), partner, rank and score.

    ``kept`` marks a proposal that somebody saw or found interesting.
    """

    group: tuple[int, str]
    partner: int
    rank: int
    score: int
    kept: bool = False


@dataclass(frozen=True, slots=True)
class Room:
    """Caps, and what is used up already (open introductions, others' proposals)."""

    per_group: int
    per_partner: int
    group_used: Mapping[tuple[int, str], int] = field(default_factory=dict)
    partner_used: Mapping[int, int] = field(default_factory=dict)

    def of_group(self, group: tuple[int, str]) -> int:
        """How many proposals the group may still get."""
        return max(0, self.per_group - self.group_used.get(group, 0))

    def of_partner(self, partner: int) -> int:
        """How many proposals the partner may still get."""
        return max(0, self.per_partner - self.partner_used.get(partner, 0))


def allocate(edges: Sequence[Edge], room: Room) -> frozenset[tuple[tuple[int, str], int]]:
    """The (group, partner) pairs to propose.

    In this order: most groups with a proposal, most ``kept`` proposals, largest sum
    of scores. Raises AllocationError when the solver fails.
    """
    ordered = sorted(edges, key=lambda edge: (edge.group, edge.rank, edge.partner))
    usable = [
        edge
        for edge in ordered
        if room.of_group(edge.group) > 0 and room.of_partner(edge.partner) > 0
    ]
    if not usable:
        return frozenset()
    chosen = _solve(usable, room)
    return frozenset(
        (edge.group, edge.partner) for edge, taken in zip(usable, chosen, strict=True) if taken
    )


def _numbered(values: Sequence[Hashable]) -> dict[Hashable, int]:
    return {value: index for index, value in enumerate(dict.fromkeys(values))}


def _solve(edges: Sequence[Edge], room: Room) -> list[bool]:
    """Columns: one per edge, then one per group (does it have a proposal)."""
    groups = _numbered([edge.group for edge in edges])
    partners = _numbered([edge.partner for edge in edges])
    count = len(edges)
    group_of = np.array([groups[edge.group] for edge in edges])
    partner_of = np.array([partners[edge.partner] for edge in edges])
    covered = np.concatenate((np.zeros(count), np.ones(len(groups))))
    kept = np.concatenate(([float(edge.kept) for edge in edges], np.zeros(len(groups))))
    scores = np.concatenate(([float(edge.score) for edge in edges], np.zeros(len(groups))))

    solver = _model(
        count,
        group_of,
        partner_of,
        np.array([room.of_group(edge.group) for edge in _firsts(edges, "group")], dtype=float),
        np.array(
            [room.of_partner(edge.partner) for edge in _firsts(edges, "partner")], dtype=float
        ),
    )
    stages = [covered, kept, scores] if kept.any() else [covered, scores]
    values: Float = np.zeros(0)
    for number, objective in enumerate(stages):
        values = _maximise(solver, objective)
        if number + 1 < len(stages):
            _hold(solver, objective, float(round(float(objective @ values))))
    whole = np.rint(values[:count])
    if np.abs(values[:count] - whole).max(initial=0) > 1e-6:
        raise AllocationError("the linear programme gave a broken solution")
    return [bool(value) for value in whole]


def _firsts(edges: Sequence[Edge], name: str) -> list[Edge]:
    """The first edge of each group or partner, in order of appearance."""
    found: dict[Hashable, Edge] = {}
    for edge in edges:
        found.setdefault(getattr(edge, name), edge)
    return list(found.values())


def _model(
    count: int,
    group_of: NDArray[np.int64],
    partner_of: NDArray[np.int64],
    group_caps: Float,
    partner_caps: Float,
) -> highspy.Highs:
    """Rows: group caps, partner caps, and "covered only with a proposal" per group."""
    n_groups, n_partners = len(group_caps), len(partner_caps)
    edge = np.arange(count)
    group = np.arange(n_groups)
    columns = np.concatenate((edge, edge, edge, count + group))
    rows = np.concatenate(
        (
            group_of,
            n_groups + partner_of,
            n_groups + n_partners + group_of,
            n_groups + n_partners + group,
        )
    )
    coefficients = np.concatenate((np.ones(3 * count), np.full(n_groups, -1.0)))
    order = np.lexsort((columns, rows))
    starts = np.searchsorted(rows[order], np.arange(2 * n_groups + n_partners + 1))

    problem = highspy.HighsLp()
    problem.num_col_ = count + n_groups
    problem.num_row_ = 2 * n_groups + n_partners
    problem.col_cost_ = np.zeros(count + n_groups)
    problem.col_lower_ = np.zeros(count + n_groups)
    problem.col_upper_ = np.ones(count + n_groups)
    infinite = highspy.kHighsInf
    problem.row_lower_ = np.concatenate(
        (np.full(n_groups + n_partners, -infinite), np.zeros(n_groups))
    )
    problem.row_upper_ = np.concatenate((group_caps, partner_caps, np.full(n_groups, infinite)))
    problem.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    problem.a_matrix_.start_ = starts
    problem.a_matrix_.index_ = columns[order]
    problem.a_matrix_.value_ = coefficients[order]
    problem.sense_ = highspy.ObjSense.kMaximize

    solver = highspy.Highs()  # type: ignore[no-untyped-call]
    for option, value in (
        ("output_flag", False),
        ("threads", 1),
        ("parallel", "off"),
        ("solver", "simplex"),
        ("random_seed", 0),
    ):
        solver.setOptionValue(option, value)
    solver.passModel(problem)
    return solver


def _maximise(solver: highspy.Highs, objective: Float) -> Float:
    columns = np.arange(len(objective), dtype=np.int32)
    solver.changeColsCost(len(objective), columns, objective)
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        raise AllocationError(solver.modelStatusToString(solver.getModelStatus()))
    return np.array(solver.getSolution().col_value)


def _hold(solver: highspy.Highs, objective: Float, value: float) -> None:
    """Later objectives may not give up what this one reached."""
    columns = np.flatnonzero(objective).astype(np.int32)
    solver.addRow(value, highspy.kHighsInf, len(columns), columns, objective[columns])
