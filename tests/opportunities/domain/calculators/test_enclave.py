"""Enclave planner: guides, presence, the report in time, and what stands in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.content import shipped_rule_set
from assessments.opportunities.domain.calculators.enclave import (
    HOST_SHARE_LIMIT,
    Code,
    EnclaveInputs,
    EnclaveResult,
    Presence,
    enclave,
    enclave_feeds,
    presence_rule,
)
from assessments.opportunities.domain.calculators.sheet import Severity, Source
from assessments.opportunities.domain.facts import FactName
from companies.profiles.domain.guidance import Norms, guides_required
from portal.common.vocabulary import GuidanceLevel
from tests.opportunities.domain.calculators.strategies import inputs_of

NORM = {
    GuidanceLevel.HOOG: Decimal(7),
    GuidanceLevel.MIDDEN: Decimal(10),
    GuidanceLevel.LAAG: Decimal(13),
}
TODAY = date(2026, 11, 25)
START = date(2027, 1, 4)

PACKING = EnclaveInputs(
    core_activity=True,
    fte_high=Decimal("3.5"),
    fte_middle=Decimal(5),
    fte_low=Decimal("6.5"),
    guides_available=Decimal(2),
    hours_fte=Decimal(1),
    planned_presence="always",
    host_turnover=Decimal(300000),
    turnover=Decimal(1200000),
    other_legal_entity=True,
    written_agreement=True,
    own_instructions=True,
    start=START,
    notified=date(2026, 12, 1),
)


def plan(inputs: EnclaveInputs = PACKING, today: date = TODAY, **changes: object) -> EnclaveResult:
    return enclave(replace(inputs, **changes), fte_per_guide=NORM, today=today)


def codes(result: EnclaveResult) -> list[Code]:
    return [Code(notice.code) for notice in result.notices]


def test_a_packing_team_by_hand() -> None:
    result = plan()
    assert {key: line.value for key, line in result.sheet.lines.items()} == {
        "team_fte": 15,
        "guides_norm": Fraction("1.5"),  # 3,5 / 7 + 5 / 10 + 6,5 / 13
        "guides_present": 1,
        "guides_needed": Fraction("1.5"),
        "guides_surplus": Fraction("0.5"),
        "host_share": 25,  # 300000 / 1200000
    }
    assert result.presence is Presence.ALWAYS
    assert result.notify_by == date(2027, 1, 3)
    assert result.notices == ()
    assert result.may_start
    assert result.empty_lines == ()
    assert enclave_feeds(result) == {
        "enclave_guides_surplus_fte": Fraction("0.5"),
        "host_share_percent": 25,
    }
    texts = {"fte_high": "3,5", "fte_middle": "5", "fte_low": "6,5"} | {
        "norm_hoog": "7",
        "norm_midden": "10",
        "norm_laag": "13",
    }
    assert result.sheet["guides_norm"].filled(texts) == "3,5 ÷ 7 + 5 ÷ 10 + 6,5 ÷ 13"


@pytest.mark.parametrize(
    ("core", "high", "middle", "low", "presence"),
    [
        (True, 0, 0, 8, Presence.ALWAYS),
        (True, None, None, None, Presence.ALWAYS),
        (False, 0, 0, 8, Presence.ON_CALL),
        (False, 0, 1, 8, Presence.PER_NORM),
        (False, 1, None, None, Presence.PER_NORM),
        # An empty level could hide somebody: no promise of a guide on call only.
        (False, None, 0, 8, None),
        (False, 0, 0, 0, None),
    ],
)
def test_the_rule_of_the_study_on_presence(core, high, middle, low, presence) -> None:
    team = EnclaveInputs(
        core_activity=core,
        fte_high=None if high is None else Decimal(high),
        fte_middle=None if middle is None else Decimal(middle),
        fte_low=None if low is None else Decimal(low),
    )
    assert presence_rule(team) is presence


def test_in_the_core_even_a_small_low_team_needs_a_guide_all_day() -> None:
    """2,6 FTE low asks 0,2 guide by the norm, yet there is always one there."""
    small = {"fte_high": Decimal(0), "fte_middle": Decimal(0), "fte_low": Decimal("2.6")}
    result = plan(**small, guides_available=Decimal("0.5"))
    assert result.sheet.value("guides_norm") == Fraction("0.2")
    assert result.sheet.value("guides_needed") == 1
    assert codes(result) == [Code.GUIDES_SHORT]
    assert result.notices[0].figures == {"guides_short": Fraction("0.5")}
    assert not result.may_start
    # Half-time work needs half a guide to always have one there.
    assert codes(plan(**small, guides_available=Decimal("0.5"), hours_fte=Decimal("0.5"))) == []


def test_outside_the_core_it_is_no_enclave_and_nobody_must_always_be_there() -> None:
    result = plan(core_activity=False, planned_presence="per_norm", hours_fte=None, start=None)
    assert result.sheet.value("guides_present") == 0
    assert codes(result) == [Code.NOT_AN_ENCLAVE]
    assert result.may_start
    assert result.notify_by is None


@pytest.mark.parametrize(
    ("core", "planned", "contradicts"),
    [
        (True, "always", False),
        (True, "per_norm", True),
        (True, "on_call", True),
        (False, "always", False),
        (False, "per_norm", False),
        (False, "on_call", True),
        (True, None, False),
    ],
)
def test_a_plan_that_contradicts_the_rule_is_blocked(core, planned, contradicts) -> None:
    result = plan(core_activity=core, planned_presence=planned)
    assert (Code.PRESENCE_TOO_LOW in codes(result)) == contradicts


@pytest.mark.parametrize(
    ("notified", "today", "expected"),
    [
        (date(2027, 1, 3), TODAY, []),
        (START, TODAY, [Code.REPORTED_TOO_LATE]),
        (None, TODAY, [Code.NOT_REPORTED_YET]),
        (None, date(2027, 1, 3), [Code.NOT_REPORTED_YET]),
        (None, START, [Code.TOO_LATE_TO_REPORT]),
    ],
)
def test_the_department_hears_at_least_a_day_before_the_start(notified, today, expected) -> None:
    result = plan(notified=notified, today=today)
    assert codes(result) == expected
    assert result.may_start == (expected in ([], [Code.NOT_REPORTED_YET]))
    for notice in result.notices:
        assert notice.days == {"notify_by": date(2027, 1, 3)}
        assert notice.source is Source.MAATWERK_FAQ


@pytest.mark.parametrize(
    ("changes", "code", "source"),
    [
        ({"other_legal_entity": False}, Code.SAME_LEGAL_ENTITY, Source.MAATWERK_FAQ),
        ({"written_agreement": False}, Code.NO_AGREEMENT, Source.CAO_2019),
        ({"own_instructions": False}, Code.HOST_INSTRUCTS, Source.MAATWERK_FAQ),
    ],
)
def test_a_no_blocks_but_an_empty_answer_does_not(changes, code, source) -> None:
    result = plan(**changes)
    assert codes(result) == [code]
    assert (result.notices[0].severity, result.notices[0].source) == (Severity.BLOCK, source)
    assert codes(plan(**dict.fromkeys(changes))) == []


def test_the_host_may_not_instruct_outside_the_core_either() -> None:
    changes = {"other_legal_entity": False, "written_agreement": False, "own_instructions": False}
    result = plan(core_activity=False, **changes)
    assert codes(result) == [Code.NOT_AN_ENCLAVE, Code.HOST_INSTRUCTS]


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        (479999, []),
        (480000, [Code.HOST_SHARE_LARGE]),
        (1200000, [Code.HOST_SHARE_LARGE]),
        (1200001, [Code.HOST_ABOVE_TURNOVER]),
    ],
)
def test_a_host_that_brings_too_much_of_the_turnover(host, expected) -> None:
    assert codes(plan(host_turnover=Decimal(host))) == expected


def test_too_much_is_what_the_rules_that_ship_call_too_much() -> None:
    (rule,) = (rule for rule in shipped_rule_set().rules if rule.fact == FactName.HOST_SHARE)
    assert rule.operand == HOST_SHARE_LIMIT


def test_an_empty_team_cannot_start() -> None:
    nobody = {"fte_high": Decimal(0), "fte_middle": Decimal(0), "fte_low": Decimal(0)}
    assert codes(plan(**nobody)) == [Code.TEAM_EMPTY]


def test_nothing_filled_in_says_nothing() -> None:
    result = enclave(EnclaveInputs(core_activity=True), fte_per_guide=NORM, today=TODAY)
    assert result.notices == ()
    assert result.sheet["team_fte"].missing == ("fte_high", "fte_middle", "fte_low")
    assert result.sheet["guides_present"].missing == ("hours_fte",)
    assert enclave_feeds(result) == {}


def test_an_empty_level_is_left_out_and_named() -> None:
    result = plan(fte_middle=None)
    assert result.sheet.value("guides_norm") == 1
    assert result.sheet["guides_norm"].left_out == ("fte_middle",)


plans = inputs_of(EnclaveInputs)
norms = st.fixed_dictionaries(
    {level: st.decimals(1, 30, places=1, allow_nan=False) for level in GuidanceLevel}
)


@given(plans, norms)
def test_the_norm_is_the_one_of_the_workforce_page(some, norm) -> None:
    """The same guides as the profile counts for the same team."""
    result = enclave(some, fte_per_guide=norm, today=TODAY)
    team = {
        GuidanceLevel.HOOG: some.fte_high or Decimal(0),
        GuidanceLevel.MIDDEN: some.fte_middle or Decimal(0),
        GuidanceLevel.LAAG: some.fte_low or Decimal(0),
    }
    required = guides_required(
        team, Norms(fte_per_guide=norm, minimum_fte=Decimal(0), minimum_share=0)
    )
    found = result.sheet.value("guides_norm")
    assert found == required or (found is None and required == 0)


@given(plans, st.sampled_from(["fte_high", "fte_middle", "fte_low"]), st.integers(1, 50))
def test_a_larger_team_never_needs_fewer_guides(some, level, extra) -> None:
    before = enclave(some, fte_per_guide=NORM, today=TODAY).sheet.value("guides_needed")
    larger = replace(some, **{level: (getattr(some, level) or Decimal(0)) + extra})
    after = enclave(larger, fte_per_guide=NORM, today=TODAY).sheet.value("guides_needed")
    assert before is None or after >= before


@given(plans, st.dates(date(2001, 1, 1), date(2090, 1, 1)))
def test_every_plan_has_a_result_and_blocks_are_told(some, today) -> None:
    result = enclave(some, fte_per_guide=NORM, today=today)
    blocks = [notice for notice in result.notices if notice.severity is Severity.BLOCK]
    assert result.may_start == (not blocks)
    assert len(set(codes(result))) == len(result.notices)
    if some.start is not None:
        assert some.start - result.notify_by == timedelta(days=1)
