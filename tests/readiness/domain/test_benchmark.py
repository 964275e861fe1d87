"""Means of peers: the narrowest group with enough companies, against a plain reference."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.benchmark import (
    NOBODY,
    WIDENING,
    Bucket,
    Group,
    Pool,
    SizeBand,
    Trait,
    narrowest_group,
    size_band,
)

SLUGS = ("eco", "human")
traits = st.frozensets(st.sampled_from(list(Trait)))
values = st.integers(4, 20).map(lambda quarters: Fraction(quarters, 4))


@dataclass(frozen=True)
class Peer:
    """One company: what it shares with ours, and its value for each part or none."""

    shared: frozenset[Trait]
    parts: dict[str, Fraction | None]

    @property
    def overall(self) -> Fraction | None:
        known = [value for value in self.parts.values() if value is not None]
        return sum(known, Fraction(0)) / len(known) if known else None


peers = st.lists(
    st.builds(
        Peer, shared=traits, parts=st.fixed_dictionaries(dict.fromkeys(SLUGS, values | st.none()))
    ),
    max_size=14,
)


def pool(found: list[Fraction | None]) -> Pool:
    known = [value for value in found if value is not None]
    return Pool(sum(known, Fraction(0)), len(known))


def buckets_of(companies: list[Peer]) -> list[Bucket]:
    """What the database gives back: companies by exactly what they share."""
    found = []
    for shared in {peer.shared for peer in companies}:
        inside = [peer for peer in companies if peer.shared == shared]
        found.append(
            Bucket(
                shared,
                len(inside),
                pool([peer.overall for peer in inside]),
                {slug: pool([peer.parts[slug] for peer in inside]) for slug in SLUGS},
            )
        )
    return found


def by_hand(companies: list[Peer], known: frozenset[Trait], minimum: int) -> Group | None:
    """Company by company: widen until there are enough, then take plain means."""
    for shared in WIDENING:
        inside = [peer for peer in companies if all(trait in peer.shared for trait in shared)]
        if any(trait not in known for trait in shared) or len(inside) < minimum:
            continue

        def mean(found: list[Fraction | None]) -> tuple[Fraction | None, int]:
            levels = [value for value in found if value is not None]
            if len(levels) < minimum:
                return None, len(levels)
            return sum(levels, Fraction(0)) / len(levels), len(levels)

        assert minimum > 0
        return (
            shared,
            len(inside),
            mean([p.overall for p in inside]),
            {slug: mean([p.parts[slug] for p in inside]) for slug in SLUGS},
        )
    return None


@given(peers, traits, st.integers(1, 6))
def test_as_by_hand(companies: list[Peer], known: frozenset[Trait], minimum: int) -> None:
    found = narrowest_group(buckets_of(companies), known=known, minimum=minimum)
    expected = by_hand(companies, known, minimum)
    if found is None or expected is None:
        assert found is expected is None
        return
    plain = (
        found.shared,
        found.companies,
        (found.overall.value, found.overall.companies),
        {slug: (found.of(slug).value, found.of(slug).companies) for slug in SLUGS},
    )
    assert plain == expected


@given(peers, traits, st.integers(1, 6))
def test_no_figure_is_about_fewer_companies(
    companies: list[Peer], known: frozenset[Trait], minimum: int
) -> None:
    found = narrowest_group(buckets_of(companies), known=known, minimum=minimum)
    if found is None:
        assert len(companies) < minimum
        return
    assert found.companies >= minimum
    for mean in (found.overall, *found.parts.values()):
        assert (mean.value is None) == (mean.companies < minimum)


@given(peers, traits, st.integers(1, 6), st.randoms())
def test_order_does_not_matter(
    companies: list[Peer], known: frozenset[Trait], minimum: int, random: object
) -> None:
    buckets = buckets_of(companies)
    mixed = list(buckets)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert narrowest_group(mixed, known=known, minimum=minimum) == narrowest_group(
        buckets, known=known, minimum=minimum
    )


def test_widening_goes_from_narrow_to_everybody() -> None:
    assert [len(shared) for shared in WIDENING] == [3, 2, 1, 0]
    assert all(wider < narrower for narrower, wider in pairwise(WIDENING))


def test_a_part_that_nobody_answered_is_too_few() -> None:
    group = narrowest_group([Bucket(frozenset(), 5, NOBODY, {})], known=frozenset(), minimum=5)
    assert group is not None
    assert (group.of("eco").value, group.of("eco").companies) == (None, 0)


@pytest.mark.parametrize(
    ("fte", "band"),
    [
        (None, None),
        ("0", None),
        ("0.5", SizeBand.UNDER_20),
        ("19.99", SizeBand.UNDER_20),
        ("20", SizeBand.FROM_20),
        ("99.99", SizeBand.FROM_50),
        ("100", SizeBand.FROM_100),
        ("250", SizeBand.FROM_250),
    ],
)
def test_size_bands(fte: str | None, band: SizeBand | None) -> None:
    assert size_band(None if fte is None else Decimal(fte)) is band
