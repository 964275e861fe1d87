"""The order of next steps, against a slow reference."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from assessments.readiness.domain.roadmap import Candidate, rank

levels = st.integers(1, 5)


@st.composite
def questionnaires(draw):
    numbers = draw(st.lists(st.tuples(levels, levels, levels), max_size=12))
    return [
        Candidate(slug=f"s{place}", level=level, impact=impact, effort=effort, place=place)
        for place, (level, impact, effort) in enumerate(numbers)
    ]


def beats(one: Candidate, other: Candidate, target: int) -> bool:
    """The rule in words: worth more; then more impact, less effort, earlier question."""
    worth = Fraction(target - one.level) * one.impact / one.effort
    other_worth = Fraction(target - other.level) * other.impact / other.effort
    if worth != other_worth:
        return worth > other_worth
    if one.impact != other.impact:
        return one.impact > other.impact
    if one.effort != other.effort:
        return one.effort < other.effort
    return one.place < other.place


def slow_rank(candidates, target):
    """Take the best of what is left, again and again."""
    left = [item for item in candidates if item.level < target]
    ranked = []
    while left:
        best = left[0]
        for item in left[1:]:
            if beats(item, best, target):
                best = item
        left.remove(best)
        ranked.append(best)
    return ranked


def test_by_hand() -> None:
    far_and_hard = Candidate(slug="robot", level=1, impact=4, effort=4, place=0)
    near_and_easy = Candidate(slug="plain-words", level=3, impact=4, effort=1, place=1)
    reached = Candidate(slug="done", level=4, impact=5, effort=1, place=2)
    ranked = rank([far_and_hard, near_and_easy, reached])
    assert [(step.candidate.slug, step.gap, step.priority) for step in ranked] == [
        ("plain-words", 1, 4),
        ("robot", 3, 3),
    ]


@given(questionnaires(), levels)
def test_same_order_as_the_slow_reference(candidates, target) -> None:
    ranked = [step.candidate for step in rank(candidates, target=target)]
    assert ranked == slow_rank(candidates, target)


@given(questionnaires(), st.randoms())
def test_the_order_of_the_questions_does_not_matter(candidates, random) -> None:
    shuffled = list(candidates)
    random.shuffle(shuffled)
    assert rank(shuffled) == rank(candidates)


@given(questionnaires(), st.data())
def test_more_impact_or_less_effort_never_sinks_a_step(candidates, data) -> None:
    places = {step.candidate.slug: place for place, step in enumerate(rank(candidates))}
    if not places:
        return
    slug = data.draw(st.sampled_from(sorted(places)))
    position = next(i for i, item in enumerate(candidates) if item.slug == slug)
    chosen = candidates[position]
    better = replace(
        chosen,
        impact=data.draw(st.integers(chosen.impact, 5)),
        effort=data.draw(st.integers(1, chosen.effort)),
    )
    again = rank([*candidates[:position], better, *candidates[position + 1 :]])
    now = next(place for place, step in enumerate(again) if step.candidate.slug == slug)
    assert now <= places[slug]
