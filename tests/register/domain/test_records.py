"""What the rows of KBO Open Data mean."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from companies.register.domain.records import (
    Activity,
    Name,
    RecordError,
    address_rank,
    chosen_activities,
    chosen_version,
    name_rank,
    parse_day,
    plain_street,
    preferred_name,
    trade_name_rank,
)

VERSIONS = st.sampled_from(["2003", "2008", "2025"])
CLASSES = st.sampled_from(["MAIN", "SECO", "ANCI"])
ACTIVITIES = st.lists(
    st.builds(Activity, VERSIONS, st.sampled_from(["10820", "25620", "82920"]), CLASSES),
    max_size=12,
)


@given(st.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_it_was_written(day: date) -> None:
    assert parse_day(f"{day.day:02d}-{day.month:02d}-{day.year:04d}") == day


@pytest.mark.parametrize("text", ["2026-11-01", "31-02-2026", "1/11/2026", "01-11-26", "x-y-zzzz"])
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(RecordError):
        parse_day(text)


def test_an_absent_day_is_none() -> None:
    assert parse_day("") is None


@pytest.mark.parametrize(
    ("names", "of_place", "preferred"),
    [
        ([Name("1", "001", "Le Choco"), Name("2", "001", "De Choco")], False, "De Choco"),
        ([Name("1", "001", "Le Choco"), Name("0", "001", "Choco")], False, "Choco"),
        ([Name("4", "001", "The Choco"), Name("1", "001", "Le Choco")], False, "Le Choco"),
        ([Name("2", "002", "DC"), Name("1", "001", "Le Choco")], False, "Le Choco"),
        ([Name("2", "001", "De Choco"), Name("2", "003", "Winkel")], True, "Winkel"),
        ([Name("2", "001", "Eerste"), Name("2", "001", "Tweede")], False, "Eerste"),
        ([Name("2", "999", "Wat is dit")], False, ""),
        ([], False, ""),
    ],
)
def test_the_name_to_show(names: list[Name], of_place: bool, preferred: str) -> None:
    assert preferred_name(names, of_place=of_place) == preferred


def test_the_name_of_a_person_is_no_trade_name() -> None:
    assert trade_name_rank("001", "2") is None
    assert trade_name_rank("003", "2") is not None
    assert name_rank("999", "2", of_place=False) is None


def test_only_a_valid_address_of_the_right_kind_counts() -> None:
    assert address_rank("BAET", "", of_place=True) == 0
    assert address_rank("BAET", "30-06-2024", of_place=True) is None
    assert address_rank("REGO", "", of_place=True) is None
    seat, oldest = (address_rank(kind, "", of_place=False) for kind in ("REGO", "OBAD"))
    assert seat is not None
    assert oldest is not None
    assert seat < oldest


def slow_choice(rows: list[Activity]) -> dict[str, str]:
    """The rule by hand, one version and one class after the other."""
    for version in ("2025", "2008", "2003"):
        of_version = [row for row in rows if row.version == version]
        if of_version:
            found: dict[str, str] = {}
            for class_ in ("ANCI", "SECO", "MAIN"):
                found |= {row.code: class_ for row in of_version if row.classification == class_}
            return found
    return {}


@given(ACTIVITIES)
def test_one_version_counts_and_the_most_important_class_wins(rows: list[Activity]) -> None:
    assert chosen_activities(rows) == slow_choice(rows)


@given(ACTIVITIES, st.randoms())
def test_the_order_of_the_rows_does_not_matter(rows: list[Activity], random: object) -> None:
    shuffled = list(rows)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert chosen_activities(shuffled) == chosen_activities(rows)


def test_the_newest_version_counts_even_when_an_older_one_says_more() -> None:
    rows = [Activity("2008", "25620", "MAIN"), Activity("2025", "25530", "SECO")]
    assert chosen_activities(rows) == {"25530": "SECO"}
    assert chosen_version(["2003", "2008"]) == "2008"
    assert chosen_version([]) is None


@pytest.mark.parametrize(
    ("street", "plain"),
    [
        ("Kerkstraat (Kor)", "Kerkstraat"),
        ("Kerkstraat(Kor)", "Kerkstraat"),
        ("Kerkstraat", "Kerkstraat"),
        ("Plein (naast de kerk)", "Plein (naast de kerk)"),
        ("(Kor)", "(Kor)"),
        ("", ""),
    ],
)
def test_the_municipality_behind_a_street_is_left_out(street: str, plain: str) -> None:
    assert plain_street(street) == plain
