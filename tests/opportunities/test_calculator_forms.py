"""The form of a calculator: bad input gets its message, keeps what was typed, empty is empty."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from django.http import QueryDict
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from assessments.opportunities.calculator_layout import FIRST_FIELDS, GROUP_ORDER, Layout
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.domain.calculators.purchasing import Member
from assessments.opportunities.domain.calculators.stored import encode
from assessments.opportunities.forms.calculators import NAME, CalculatorForms, as_typed
from tests.opportunities.domain.calculators.strategies import inputs_of
from tests.opportunities.domain.calculators.test_purchasing import STEEL
from tests.opportunities.scenarios import BY_HAND, typed

EVERY = pytest.mark.parametrize("calculator", list(Calculator))


def sent(data: dict[str, str]) -> QueryDict:
    query = QueryDict(mutable=True)
    query.update(data)
    return query


def filled(calculator: Calculator, language: str = "en", **changes: str) -> CalculatorForms:
    """The example by hand as a Dutch browser sends it, with some fields typed otherwise."""
    data = typed(calculator, BY_HAND[calculator], **changes)
    return CalculatorForms(calculator, sent(data), language=language)


@EVERY
def test_the_example_by_hand_is_read_as_it_is(calculator: Calculator) -> None:
    with translation.override("nl"):
        forms = filled(calculator, "nl")
        assert forms.is_valid(), forms.mistakes()
        assert forms.inputs == BY_HAND[calculator]


@EVERY
@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_field_stands_on_the_page_once(calculator: Calculator, language: str) -> None:
    forms = CalculatorForms(calculator, language=language)
    layout = Layout(forms)
    groups = layout.groups()
    shown = [*layout.first_fields(), *(field for group in groups for field in group.fields)]
    names = [field.bound.name for field in shown]
    assert sorted(names) == sorted(spec.name for spec in forms.definition.fields)
    assert [group.rows.slug for group in groups if group.rows] == list(forms.definition.rows)
    assert all(field.bound.label and field.bound.help_text for field in shown)
    order = GROUP_ORDER.get(calculator)
    if order:
        asked = {spec.group for spec in forms.definition.fields}
        assert set(order) == asked
    assert set(FIRST_FIELDS.get(calculator, ())) <= set(names)


@EVERY
def test_an_empty_form_asks_only_what_it_cannot_do_without(calculator: Calculator) -> None:
    with translation.override("en"):
        blank = {spec.name: "" for spec in CALCULATORS[calculator].fields}
        rows = {f"{slug}-TOTAL_FORMS": "0" for slug in CALCULATORS[calculator].rows}
        rows |= {f"{slug}-INITIAL_FORMS": "0" for slug in CALCULATORS[calculator].rows}
        forms = CalculatorForms(calculator, sent(blank | rows), language="en")
        required = [spec.name for spec in CALCULATORS[calculator].fields if spec.required]
        assert forms.is_valid() is not bool(required)
        assert list(forms.main.errors) == required
        for name in required:
            assert forms.main.errors[name] == [
                "Fill this in: nothing can be calculated without it."
            ]


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("volume", "-5", "Type 1 or more."),
        ("volume", "9999999999", "Type 1,000,000,000 or less. Is there a digit too many?"),
        ("volume", "12.5", "Type a whole number, without decimals."),
        ("volume", "", "Fill this in: nothing can be calculated without it."),
        ("packaging_cost", "-0.01", "A number below 0 cannot be right here. Type 0 or more."),
        ("packaging_cost", "duur", "This is not a number. Type digits only, for example 12.5."),
        ("packaging_cost", "5 %", "“%” does not belong here: this field is in € per unit."),
        ("packaging_cost", "$ 5", "“$” does not belong here: this field is in € per unit."),
        ("duty_percent", "€ 4", "“€” does not belong here: this field is in %."),
        ("duty_percent", "500", "Type 200 or less. Is there a digit too many?"),
        ("score_image", "6", "Type 5 or less. Is there a digit too many?"),
        ("rework_cost", "1.23456", "Type at most 4 decimals."),
        ("rework_cost", "12 34", "This is not a number. Type digits only, for example 12.5."),
        ("transit_days", "€", "“€” does not belong here: this field is in days."),
    ],
)
def test_bad_input_is_told_at_its_field_and_stays_as_typed(
    name: str, text: str, message: str
) -> None:
    with translation.override("en"):
        forms = filled(Calculator.RESHORING, **{name: text})
        assert not forms.is_valid()
        assert forms.inputs is None
        assert forms.main.errors[name] == [message]
        assert (f"id_{name}", message) in [(one.anchor, one.message) for one in forms.mistakes()]
        view = next(
            field
            for group in [Layout(forms).first_fields(), *(g.fields for g in Layout(forms).groups())]
            for field in group
            if field.bound.name == name
        )
        assert view.bound.value() == text
        assert f"id_{name}_error" in view.control
        assert 'aria-invalid="true"' in view.control
        # What holds the mistake is not folded away.
        assert all(g.is_open for g in Layout(forms).groups() if view in g.fields)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", "1234.56"),
        ("1,234.56", "1234.56"),
        ("1234.56", "1234.56"),
        ("€ 1.234,56", "1234.56"),
        ("1\u00a0234,56 €", "1234.56"),
        ("0", "0"),
        ("", None),
        ("   ", None),
    ],
)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_amounts_are_read_in_any_usual_way_and_empty_is_not_zero(
    language: str, text: str, value: str | None
) -> None:
    with translation.override(language):
        forms = filled(Calculator.OWN_PRODUCT, language, staff_cost=text)
        assert forms.is_valid(), forms.mistakes()
        assert forms.inputs.staff_cost == (None if value is None else Decimal(value))


def test_a_percentage_may_have_its_sign_and_a_saving_its_minus() -> None:
    with translation.override("nl"):
        forms = filled(
            Calculator.INVESTMENT, "nl", support_percent="12,5 %", output_gain_percent="−3 %"
        )
        assert forms.is_valid(), forms.mistakes()
        assert forms.inputs.support_percent == Decimal("12.5")
        assert forms.inputs.output_gain_percent == Decimal(-3)


def test_a_doubtful_number_is_shown_as_it_was_read() -> None:
    with translation.override("nl"):
        forms = filled(Calculator.OWN_PRODUCT, "nl", staff_cost="12.000")
        assert forms.is_valid()
        assert forms.inputs.staff_cost == 12000
        assert forms.doubts() == [
            "Vaste medewerkers: " + forms.main.fields["staff_cost"].understood("12.000")
        ]
        shown = [f for g in Layout(forms).groups() for f in g.fields if f.understood]
        assert [field.bound.name for field in shown] == ["staff_cost"]
        assert "id_staff_cost_read" in shown[0].control


@EVERY
@given(data=st.data(), language=st.sampled_from(["nl", "en"]))
def test_what_is_shown_of_stored_inputs_is_read_back_the_same(
    calculator: Calculator, data, language: str
) -> None:
    """The page of a scenario, sent without a touch, is that scenario."""
    drawn = {}
    if calculator is Calculator.PURCHASING:
        name = st.text("abcdé", min_size=1, max_size=5)
        drawn = {"members": st.lists(inputs_of(Member, name=name), max_size=2).map(tuple)}
    inputs = data.draw(inputs_of(CALCULATORS[calculator].inputs, **drawn))
    with translation.override(language):
        shown = CalculatorForms(calculator, inputs=inputs, language=language)
        query = QueryDict(mutable=True)
        for field in shown.main:
            value = field.value()
            query[field.html_name] = "" if value is None else str(value)
        for rows in shown.rows.values():
            query[f"{rows.prefix}-TOTAL_FORMS"] = str(len(rows.forms))
            query[f"{rows.prefix}-INITIAL_FORMS"] = "0"
            for form in rows.forms:
                for field in form:
                    query[field.html_name] = "" if field.value() is None else str(field.value())
                del query[form.add_prefix("is_removed")]
        again = CalculatorForms(calculator, query, language=language)
        assert again.is_valid(), again.mistakes()
        assert encode(calculator, again.inputs) == encode(calculator, inputs)


# --- rows -----------------------------------------------------------------------------------


def test_rows_left_empty_or_removed_are_none() -> None:
    with translation.override("en"):
        forms = filled(Calculator.PURCHASING, **{"members-1-is_removed": "on"})
        assert forms.is_valid(), forms.mistakes()
        assert [one.name for one in forms.inputs.members] == ["Wilg", "Eik", "Berk"]
        assert forms.inputs.tiers == STEEL.tiers
        assert forms.inputs.members[2].present_price is None


def test_a_row_that_was_begun_is_asked_for_the_rest() -> None:
    with translation.override("en"):
        forms = filled(
            Calculator.PURCHASING, **{"members-4-present_price": "1,20", "members-0-volume": "0"}
        )
        assert not forms.is_valid()
        wrong = {one.anchor: one.message for one in forms.mistakes()}
        assert wrong == {
            "id_members-0-volume": "Type 0.001 or more.",
            "id_members-4-name": "Fill in this field too, or empty the whole row.",
            "id_members-4-volume": "Fill in this field too, or empty the whole row.",
        }


def test_more_rows_keep_what_is_typed() -> None:
    with translation.override("en"):
        forms = filled(Calculator.PURCHASING, more_rows="members")
        assert len(forms.rows["members"].forms) == len(STEEL.members) + 4
        assert len(forms.rows["tiers"].forms) == len(STEEL.tiers) + 2
        assert forms.rows["members"].forms[0]["name"].value() == "Wilg"


@pytest.mark.parametrize("count", ["", "veel", "-1", "99999999999", "٣"])
def test_a_count_of_rows_that_makes_no_sense_is_no_crash(count: str) -> None:
    with translation.override("en"):
        forms = filled(Calculator.PURCHASING, more_rows="members", **{"members-TOTAL_FORMS": count})
        forms.is_valid()
        assert Layout(forms).groups()


def test_no_more_rows_than_the_calculator_takes() -> None:
    with translation.override("en"):
        forms = filled(Calculator.PURCHASING, more_rows="tiers", **{"tiers-TOTAL_FORMS": "20"})
        rows = next(g.rows for g in Layout(forms).groups() if g.slug == "tiers")
        assert rows is not None
        assert len(rows.rows) == 20
        assert not rows.has_room


# --- the name, and what was stored ----------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "message"),
    [
        ("", "Give the scenario a name, so that you find it again."),
        ("n" * 81, "Ensure this value has at most 80 characters (it has 81)."),
        ("a\x00b", "Null characters are not allowed."),
    ],
)
def test_a_name_is_asked_only_to_keep(name: str, message: str) -> None:
    with translation.override("en"):
        data = sent(typed(Calculator.INVESTMENT, BY_HAND[Calculator.INVESTMENT], **{NAME: name}))
        assert CalculatorForms(Calculator.INVESTMENT, data, language="en").is_valid()
        forms = CalculatorForms(Calculator.INVESTMENT, data, named=True, language="en")
        assert not forms.is_valid()
        assert [(one.anchor, one.message) for one in forms.mistakes()] == [(f"id_{NAME}", message)]


@EVERY
@pytest.mark.parametrize("language", ["nl", "en"])
def test_stored_inputs_can_be_looked_at_as_if_they_were_typed(
    calculator: Calculator, language: str
) -> None:
    inputs = BY_HAND[calculator]
    with translation.override(language):
        data = as_typed(calculator, encode(calculator, inputs), "Eerste")
        forms = CalculatorForms(calculator, data, named=True, language=language)
        assert forms.is_valid(), forms.mistakes()
        assert (forms.inputs, forms.name) == (inputs, "Eerste")


def test_what_is_stored_wrongly_gets_its_message() -> None:
    with translation.override("en"):
        data = as_typed(Calculator.PURCHASING, {"members": "Wilg", "joint_cost": "veel"}, "")
        forms = CalculatorForms(Calculator.PURCHASING, data, language="en")
        assert not forms.is_valid()
        assert list(forms.main.errors) == ["joint_cost"]


def test_a_new_calculation_starts_with_the_usual_values() -> None:
    forms = CalculatorForms(Calculator.RESHORING, language="en")
    assert forms.main["exchange_rate"].value() == "1"
    assert forms.main["packaging_cost"].value() is None
    # A scenario starts with its own: what is empty there stays empty.
    bare = replace(BY_HAND[Calculator.RESHORING], service_factor=None)
    assert (
        CalculatorForms(Calculator.RESHORING, inputs=bare, language="en")
        .main["service_factor"]
        .value()
        is None
    )
