"""Guides and recognition: the norm against a slow, obvious reference."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from companies.profiles.domain.guidance import Norms, guides, guides_required, recognition
from portal.common.vocabulary import GuidanceLevel, TargetGroup

TODAY = Norms(
    fte_per_guide={
        GuidanceLevel.HOOG: Decimal(7),
        GuidanceLevel.MIDDEN: Decimal(10),
        GuidanceLevel.LAAG: Decimal(13),
    },
    minimum_fte=Decimal(20),
    minimum_share=55,
)
fte = st.decimals(min_value=0, max_value=2000, places=2)
cells = st.dictionaries(
    st.tuples(st.sampled_from(TargetGroup), st.sampled_from(GuidanceLevel)), fte
)


def test_by_hand() -> None:
    """35/7 + 20/10 + 26/13 = 5 + 2 + 2."""
    by_level = {
        GuidanceLevel.HOOG: Decimal(35),
        GuidanceLevel.MIDDEN: Decimal(20),
        GuidanceLevel.LAAG: Decimal(26),
    }
    assert guides_required(by_level, TODAY) == 9


def test_one_guide_exactly_is_enough() -> None:
    group = (TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.LAAG)
    assert guides({group: Decimal(13)}, available=Decimal(1), norms=TODAY).is_enough
    assert not guides({group: Decimal("13.01")}, available=Decimal(1), norms=TODAY).is_enough


@given(cells, fte)
def test_the_norm_counts_worker_by_worker(
    workers: dict[tuple[TargetGroup, GuidanceLevel], Decimal], available: Decimal
) -> None:
    """Reference: each hundredth of an FTE asks its own part of a guide."""
    per_hundredth = {
        "hoog": Fraction(1, 700),
        "midden": Fraction(1, 1000),
        "laag": Fraction(1, 1300),
    }
    expected = Fraction(0)
    for (_, level), amount in workers.items():
        expected += int(amount * 100) * per_hundredth[level.value]
    result = guides(workers, available=available, norms=TODAY)
    assert result.required == expected
    assert result.is_enough == (Fraction(available) >= expected)
    assert result.surplus == Fraction(available) - expected


@given(cells, st.sampled_from(TargetGroup), st.sampled_from(GuidanceLevel), fte)
def test_more_workers_never_ask_fewer_guides(
    workers: dict[tuple[TargetGroup, GuidanceLevel], Decimal],
    group: TargetGroup,
    level: GuidanceLevel,
    extra: Decimal,
) -> None:
    more = dict(workers)
    more[group, level] = more.get((group, level), Decimal(0)) + extra
    before = guides(workers, available=Decimal(0), norms=TODAY).required
    assert guides(more, available=Decimal(0), norms=TODAY).required >= before


@given(cells)
def test_recognition_counts_the_first_two_groups(
    workers: dict[tuple[TargetGroup, GuidanceLevel], Decimal],
) -> None:
    outcome = recognition(workers, TODAY)
    left_out = sum(
        (fte for (group, _), fte in workers.items() if group is TargetGroup.UITERST_KWETSBAAR),
        Decimal(0),
    )
    assert outcome.fte == sum(workers.values())
    if outcome.fte == 0:
        assert outcome.share is None
        assert not outcome.share_is_enough
    else:
        assert outcome.share == 1 - Fraction(left_out) / Fraction(outcome.fte)


def test_recognition_at_the_edge() -> None:
    workers = {
        (TargetGroup.ARBEIDSHANDICAP, GuidanceLevel.HOOG): Decimal(11),
        (TargetGroup.UITERST_KWETSBAAR, GuidanceLevel.LAAG): Decimal(9),
    }
    outcome = recognition(workers, TODAY)
    assert outcome.fte_is_enough
    assert outcome.share_is_enough
