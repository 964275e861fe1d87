"""Formulas: empty is not zero, and what is written is what was calculated."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.domain.calculators.formula import (
    Formula,
    Number,
    Outcome,
    Ref,
    Share,
)
from assessments.opportunities.domain.calculators.functions import (
    Annuity,
    Known,
    Largest,
    Minus,
    Root,
    WholeUp,
    at_least_zero,
    known_of,
    square_root,
)
from tests.opportunities.domain.calculators.strategies import annuity, exact_text, read

A, B, C = Ref("a"), Ref("b"), Ref("c")
amounts = st.fractions(min_value=-20, max_value=20, max_denominator=10)


def known(**values: int | str | Fraction | None) -> dict[str, Outcome]:
    return {
        name: Outcome(None, (name,)) if value is None else Outcome(Fraction(value))
        for name, value in values.items()
    }


def test_an_empty_field_empties_the_formula_and_is_named_once() -> None:
    formula = A * B + B / C - A**2
    assert formula.evaluate(known(a=2, b=None, c=None)) == Outcome(None, ("b", "c"))
    assert formula.evaluate(known(a=2, b=3, c=4)) == Outcome(Fraction(11, 4))


@pytest.mark.parametrize(
    "formula",
    [A + B, A - B, A * B, A / B, A**B, Largest(A, B), Annuity(A, B)],
    ids=["sum", "difference", "product", "quotient", "power", "largest", "annuity"],
)
def test_two_parts_need_both(formula: Formula) -> None:
    assert formula.evaluate(known(a=None, b=2)) == Outcome(None, ("a",))
    assert formula.evaluate(known(a=2, b=None)) == Outcome(None, ("b",))
    assert formula.evaluate(known(a=2, b=2)).value is not None


@pytest.mark.parametrize("formula", [Root(A), WholeUp(A), Minus(A), Share("a")])
def test_one_part_needs_it(formula: Formula) -> None:
    assert formula.evaluate(known(a=None)) == Outcome(None, ("a",))
    assert formula.symbols() == ("a",)


def test_nothing_times_the_unknown_is_nothing() -> None:
    """With no part by air, the price of air freight does not matter."""
    assert (A * B).evaluate(known(a=0, b=None)) == Outcome(Fraction(0))
    assert (A * B).evaluate(known(a=None, b=0)) == Outcome(Fraction(0))
    # Not so for a part: the unknown could be 0 itself.
    assert (A / B).evaluate(known(a=0, b=None)) == Outcome(None, ("b",))


def test_dividing_by_zero_is_impossible_rather_than_empty() -> None:
    assert (A / B).evaluate(known(a=3, b=0)) == Outcome(None)
    assert (A / B).evaluate(known(a=None, b=0)) == Outcome(None, ("a",))
    assert Annuity(A, B).evaluate(known(a=1, b=0)) == Outcome(None)


def test_what_is_known_adds_up_and_names_the_rest() -> None:
    formula = Known((A, B * C, Minus(C)))
    assert formula.evaluate(known(a=5, b=2, c=3)) == Outcome(Fraction(8))
    assert formula.evaluate(known(a=5, b=None, c=3)) == Outcome(Fraction(2), (), ("b",))
    assert formula.evaluate(known(a=5, b=2, c=None)) == Outcome(Fraction(5), (), ("c",))
    assert formula.evaluate(known(a=None, b=None, c=None)) == Outcome(None, ("a", "b", "c"))


def test_a_needed_part_cannot_be_left_out() -> None:
    formula = known_of("a", "b", needs=1)
    assert formula.evaluate(known(a=None, b=2)) == Outcome(None, ("a",))
    assert formula.evaluate(known(a=1, b=None)) == Outcome(Fraction(1), (), ("b",))


@pytest.mark.parametrize(
    "around",
    [
        lambda f: f + 1,
        lambda f: f - 1,
        lambda f: f * 2,
        lambda f: f / 2,
        lambda f: Largest(f, Number(0)),
        Minus,
        lambda f: Known((f,)),
    ],
)
def test_what_a_sum_left_out_is_told_by_the_formula_around_it(around) -> None:
    outcome = around(known_of("a", "b")).evaluate(known(a=1, b=None))
    assert outcome.left_out == ("b",)


NAMES = {"a": "A", "b": "B", "c": "C"}


@pytest.mark.parametrize(
    ("formula", "text"),
    [
        (A - (B - C), "A − (B − C)"),
        (A - B + C, "A − B + C"),
        ((A + B) * C, "(A + B) × C"),
        (A / (B * C), "A ÷ (B × C)"),
        (A * B / C, "A × B ÷ C"),
        ((1 + A) ** 2, "(1 + A)^2"),
        ((A * B) ** 2, "(A × B)^2"),
        ((1 - Share("a")) * B, "(1 − A) × B"),
        (Root(A + B), "√(A + B)"),
        (WholeUp(A / B), "⌈A ÷ B⌉"),
        (Annuity(A, B) * C, "a(A; B) × C"),
        (at_least_zero(A - B), "max(A − B; 0)"),
        (Known((A, Minus(B + C))), "A − (B + C)"),
        (Known((Minus(A), B)), "− A + B"),
    ],
)
def test_a_formula_is_written_as_on_paper(formula: Formula, text: str) -> None:
    assert formula.write(NAMES) == text


def test_filled_in_a_sum_leaves_out_what_is_empty() -> None:
    formula = Known((A, B, Minus(C)))
    assert formula.write(NAMES, known(a=1, b=None, c=1)) == "A − C"
    assert formula.write(NAMES, known(a=None, b=None, c=None)) == "A + B − C"
    assert formula.symbols() == ("a", "b", "c")


def build(leaves):
    pairs = st.tuples(leaves, leaves)
    return st.one_of(
        pairs.map(lambda p: p[0] + p[1]),
        pairs.map(lambda p: p[0] - p[1]),
        pairs.map(lambda p: p[0] * p[1]),
        pairs.map(lambda p: p[0] / p[1]),
        pairs.map(lambda p: Largest(*p)),
        pairs.map(lambda p: Known((p[0], Minus(p[1]), p[0]))),
        leaves.map(lambda f: f**2),
        leaves.map(WholeUp),
    )


formulas = st.recursive(
    st.sampled_from([A, B, C, Share("p"), Number(7), known_of("a", "b")]), build, max_leaves=8
)


@given(formulas, amounts, amounts, amounts, amounts)
def test_what_is_written_comes_to_what_was_calculated(formula, a, b, c, p) -> None:
    environment = known(a=a, b=b, c=c, p=p)
    outcome = formula.evaluate(environment)
    if outcome.value is not None:
        texts = {
            name: exact_text(given.value, percent=name == "p")
            for name, given in environment.items()
        }
        assert read(formula.write(texts, environment)) == outcome.value


@given(st.fractions(min_value=0, max_value=10**6))
def test_a_root_is_exact_or_right_to_thirty_decimals(value: Fraction) -> None:
    assert square_root(value * value) == value
    root = square_root(value)
    assert root**2 <= value < (root + Fraction(1, 10**30)) ** 2


@given(st.fractions(min_value=0, max_value=1, max_denominator=200), st.integers(1, 12))
def test_an_annuity_pays_off_exactly(rate: Fraction, years: int) -> None:
    found = Annuity(A, B).evaluate(known(a=rate, b=years)).value
    assert found is not None
    debt = Fraction(1)
    for _ in range(years):
        debt = debt * (1 + rate) - found
    assert debt == 0
    assert found == annuity(rate, Fraction(years))


def test_an_annuity_by_hand() -> None:
    """10 % over 2 years: 0,1 ÷ (1 − 1 ÷ 1,21) = 0,121 ÷ 0,21; and 1 ÷ 4 without interest."""
    formula = Annuity(A, B)
    assert formula.evaluate(known(a="0.1", b=2)).value == Fraction("0.121") / Fraction("0.21")
    assert formula.evaluate(known(a=0, b=4)).value == Fraction(1, 4)
