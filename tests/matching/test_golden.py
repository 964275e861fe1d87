"""The shipped policy ranks sixty pairs as people judged them before they saw it."""

from __future__ import annotations

from itertools import product

import pytest

from portal.common.vocabulary import Opportunity
from tests.benchmarks.matching.world import real_policy
from tests.matching.golden import NO_CANDIDATE_TIER, Judged, judged, pairs


def test_twelve_pairs_are_judged_for_each_opportunity() -> None:
    counts = {opportunity: len(values["pairs"]) for opportunity, values in pairs().items()}
    assert counts == dict.fromkeys(Opportunity, 12)


def stands_above(better: Judged, worse: Judged) -> bool:
    """Tier 3 need not be a candidate; tiers 1 and 2 must."""
    if better.score is None:
        return better.tier == NO_CANDIDATE_TIER - 1 and worse.score is None
    return worse.score is None or better.score > worse.score


@pytest.mark.parametrize("opportunity", Opportunity)
def test_a_better_tier_scores_above_a_worse_one(opportunity: Opportunity) -> None:
    """Exactly the comparisons that the file says policy version 1 gets otherwise are wrong.

    A new disagreement fails, and so does one that the file names and that is no longer there.
    """
    found = judged(opportunity, real_policy())
    wrong = {
        (better.name, worse.name): f"{better} NOT ABOVE {worse}"
        for better, worse in product(found, found)
        if better.tier < worse.tier and not stands_above(better, worse)
    }
    known = {(d["better"], d["worse"]) for d in pairs()[opportunity].get("disagrees", ())}
    assert set(wrong) == known, "\n".join(wrong.values())


@pytest.mark.parametrize("opportunity", Opportunity)
def test_the_last_tier_breaks_the_limit_that_was_judged(opportunity: Opportunity) -> None:
    last = [pair for pair in judged(opportunity, real_policy()) if pair.tier == NO_CANDIDATE_TIER]
    assert last
    assert [pair.limit for pair in last] == [pair.expected_limit for pair in last]
