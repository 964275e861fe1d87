"""Provinces are shown apart only as far as nobody can be recognised."""

from __future__ import annotations

from itertools import combinations

from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.sector import pooled, shown_parts

AREAS = ("antwerpen", "limburg", "oost", "brabant", "west")
SLUGS = ("", "eco", "human")
counts = st.fixed_dictionaries(
    {area: st.dictionaries(st.sampled_from(SLUGS), st.integers(0, 9)) for area in AREAS}
)
Counts = dict[str, dict[str, int]]


def companies(table: Counts, areas: tuple[str, ...], slug: str) -> int:
    return sum(table[area].get(slug, 0) for area in areas)


@given(counts, st.integers(1, 7))
def test_no_figure_and_no_difference_is_about_fewer_companies(table: Counts, minimum: int) -> None:
    """Every sum of groups, and so every total minus groups, has nobody or enough companies."""
    groups = pooled(table, minimum=minimum)
    for slug in shown_parts(table.values(), minimum):
        for size in range(1, len(groups) + 1):
            for some in combinations(groups, size):
                areas = tuple(area for group in some for area in group)
                count = companies(table, areas, slug)
                assert count == 0 or count >= minimum


@given(counts, st.integers(1, 7))
def test_the_groups_are_all_areas_once(table: Counts, minimum: int) -> None:
    groups = pooled(table, minimum=minimum)
    shown = shown_parts(table.values(), minimum)
    told = [area for area in AREAS if any(table[area].get(slug, 0) for slug in shown)]
    if groups:
        assert sorted(area for group in groups for area in group) == sorted(told)
        assert len(groups) > 1
        assert all(len(group) == 1 for group in groups[:-1])


@given(counts, st.integers(1, 7))
def test_no_more_is_thrown_together_than_needed(table: Counts, minimum: int) -> None:
    """Without its largest members that could stand alone, what is left is too few."""
    shown = shown_parts(table.values(), minimum)

    def fits(areas: tuple[str, ...]) -> bool:
        sums = [companies(table, areas, slug) for slug in shown]
        return all(count == 0 or count >= minimum for count in sums)

    groups = pooled(table, minimum=minimum)
    if groups and len(groups[-1]) > 1:
        needed = tuple(area for area in groups[-1] if not fits((area,)))
        assert needed
        if set(needed) != set(groups[-1]):
            assert not fits(needed)


@given(counts, st.integers(1, 7))
def test_a_part_with_too_few_companies_in_all_is_not_shown(table: Counts, minimum: int) -> None:
    assert shown_parts(table.values(), minimum) == {
        slug for slug in SLUGS if companies(table, AREAS, slug) >= minimum
    }


def test_small_provinces_together_and_the_smallest_large_one_with_a_lonely_one() -> None:
    five = {"antwerpen": {"": 9}, "limburg": {"": 3}, "oost": {"": 6}, "brabant": {"": 2}}
    assert pooled(five, minimum=5) == (("antwerpen",), ("oost",), ("limburg", "brabant"))
    lonely = {"antwerpen": {"": 9}, "limburg": {"": 3}, "oost": {"": 6}}
    assert pooled(lonely, minimum=5) == (("antwerpen",), ("limburg", "oost"))


def test_no_cut_when_everything_would_be_thrown_together() -> None:
    assert pooled({"antwerpen": {"": 4}, "limburg": {"": 4}}, minimum=5) == ()
    assert pooled({"antwerpen": {"": 9}}, minimum=5) == ()
    assert pooled({}, minimum=5) == ()


def test_a_part_that_few_answered_in_one_province_joins_it_with_others() -> None:
    table = {
        "antwerpen": {"": 9, "eco": 9},
        "limburg": {"": 8, "eco": 2},
        "oost": {"": 7, "eco": 7},
    }
    assert pooled(table, minimum=5) == (("antwerpen",), ("limburg", "oost"))
