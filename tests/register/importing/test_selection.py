"""Which entities an import keeps."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from companies.register.domain.records import chosen_version
from companies.register.importing.selection import (
    IS_WATCHED,
    VERSION_OF,
    Selection,
    WatchList,
    place_of,
)

WATCHED = [("2025", "1082"), ("2025", "25"), ("2008", "2562"), ("2003", "2852")]
LISTINGS = st.lists(
    st.tuples(
        st.sampled_from(["2003", "2008", "2025"]),
        st.sampled_from(["10820", "25530", "25620", "28520", "47110"]),
    ),
    max_size=6,
)


@given(LISTINGS)
def test_an_entity_is_watched_only_in_the_version_that_counts(
    listings: list[tuple[str, str]],
) -> None:
    watch_list, bits = WatchList(WATCHED), 0
    for version, code in listings:
        bits |= watch_list.bits(version, code)
    counts = chosen_version(version for version, _ in listings)
    slow = any(
        code.startswith(prefix)
        for version, code in listings
        for watched_version, prefix in WATCHED
        if version == counts == watched_version
    )
    assert VERSION_OF[bits] == counts
    assert IS_WATCHED[bits] == slow


def test_an_unknown_version_has_no_bits() -> None:
    assert WatchList(WATCHED).bits("2050", "10820") == 0
    assert not WatchList([])


def test_places_come_from_printed_or_plain_numbers_only() -> None:
    assert place_of("0200.065.765") == 2000657
    assert place_of("2.000.000.339") == 20000003
    assert place_of("0200065765") == 2000657
    for wrong in ("", "0200.065.76", "02000.65.765", "abc", "0200.065.765 ", "٠200.065.765"):
        assert place_of(wrong) is None


def test_own_activities_count_before_the_enterprise_s_and_known_numbers_always() -> None:
    selection = Selection(["1950000163"])
    watched, other = 0b11, 0b01
    parent, own, known = 19_400_000, 89_400_000, 19_500_001
    selection.flags[parent] = watched
    assert selection.keeps_establishment(own, parent)
    selection.flags[own] = other
    assert not selection.keeps_establishment(own, parent)
    assert selection.keeps_establishment(own, known)
