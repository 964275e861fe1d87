"""Autosave knows no room: any form has a state, differences, a draft and answers."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from django import forms
from django.http import QueryDict
from django.test import RequestFactory
from django.utils import translation

from portal.common import autosave
from portal.common.autosave import HEADER, LARGEST_DRAFT, LONGEST_VALUE, Difference


class Stall(forms.Form):
    """A stall on the market."""

    name = forms.CharField(label="Name")
    tables = forms.IntegerField(label="Tables", required=False)
    day = forms.ChoiceField(
        label="Day",
        required=False,
        choices=[("", "–"), ("Week", [("1", "Monday"), ("2", "Friday")])],
    )
    is_open = forms.BooleanField(label="Open", required=False)

    def clean(self) -> None:
        if self.cleaned_data.get("tables") == 13:
            raise forms.ValidationError("Not thirteen")


Stalls = forms.formset_factory(Stall, extra=1)
STORED = {"name": "Kaas", "tables": 3, "day": "1", "is_open": True}


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def stall(**typed):
    """A form over what is stored, bound to what is typed."""
    return Stall(autosave.typed_again({k: [str(v)] for k, v in typed.items()}), initial=STORED)


def stalls(*names, initial=()):
    """Rows bound to names."""
    data = {"form-TOTAL_FORMS": [str(len(names))], "form-INITIAL_FORMS": [str(len(initial))]}
    data |= {f"form-{n}-name": [name] for n, name in enumerate(names)}
    return Stalls(autosave.typed_again(data), initial=list(initial))


def test_only_a_post_with_the_header_is_a_save_by_itself():
    requests = RequestFactory()
    assert autosave.is_autosave(requests.post("/", headers={HEADER: "1"}))
    assert not autosave.is_autosave(requests.post("/"))
    assert not autosave.is_autosave(requests.get("/", headers={HEADER: "1"}))


@pytest.mark.parametrize("change", [{"name": "Brood"}, {"tables": 4}, {"is_open": False}])
def test_the_state_moves_with_every_stored_value(change):
    assert autosave.token_of(Stall(initial=STORED | change)) != autosave.token_of(
        Stall(initial=STORED)
    )


def test_the_state_does_not_see_what_is_typed_or_empty():
    assert autosave.token_of(stall(name="Brood")) == autosave.token_of(Stall(initial=STORED))
    empty = Stall(initial={"name": "Kaas", "tables": None, "day": "", "is_open": False})
    assert autosave.token_of(empty) == autosave.token_of(Stall(initial={"name": "Kaas"}))


def test_the_state_of_rows_knows_their_order_and_not_the_empty_ones():
    kaas, brood = {"name": "Kaas"}, {"name": "Brood"}
    assert autosave.token_of(Stalls(initial=[kaas, brood])) != autosave.token_of(
        Stalls(initial=[brood, kaas])
    )
    assert autosave.token_of(Stalls(initial=[kaas])) == autosave.token_of(
        Stalls(initial=[kaas, {"name": ""}])
    )


def test_differences_are_told_in_words():
    typed = stall(name="Kaas", tables="5", day="2")
    assert autosave.differences(Stall(initial=STORED), typed) == [
        Difference("Tables", "3", "5"),
        Difference("Day", "Monday", "Friday"),
        Difference("Open", "Yes", "No"),
    ]


def test_the_same_typed_again_is_no_difference():
    typed = stall(name="Kaas", tables="3", day="1", is_open="on")
    assert autosave.differences(Stall(initial=STORED), typed) == []


def test_rows_with_the_same_name_are_counted():
    twice = [{"name": "Kaas"}, {"name": "Kaas"}]
    assert autosave.differences(Stalls(initial=twice), stalls("Kaas", "Kaas", "")) == []
    assert autosave.differences(Stalls(initial=twice), stalls("Kaas", "Brood")) == [
        Difference("Brood", "not in the list", "in the list"),
        Difference("Kaas", "in the list", "not in the list"),
    ]


def test_a_draft_keeps_known_fields_cut_and_without_nul():
    data = QueryDict(mutable=True)
    data.update({"name": "x" * 900, "tables": "1\0 2", "stranger": "Jan"})
    kept = autosave.typed_fields(Stall(data), data)
    assert kept == {"name": ["x" * LONGEST_VALUE], "tables": ["1 2"]}
    assert Stall(autosave.typed_again(kept))["tables"].value() == "1 2"


def test_a_draft_that_is_too_large_is_refused():
    names = ["x" * LONGEST_VALUE] * (LARGEST_DRAFT // LONGEST_VALUE + 1)
    rows = stalls(*names)
    with pytest.raises(ValueError, match="too large"):
        autosave.typed_fields(rows, rows.data)
    few = stalls("Kaas")
    assert set(autosave.typed_fields(few, few.data)) == {
        "form-TOTAL_FORMS",
        "form-INITIAL_FORMS",
        "form-0-name",
    }


def test_the_answers():
    saved = autosave.answer_saved(now=datetime(2026, 11, 24, 12, 5, tzinfo=UTC), token="abc")
    assert json.loads(saved.content) == {
        "state": "saved",
        "message": "Saved at 13:05",
        "token": "abc",
    }
    typed = stall(name="", tables="13")
    typed.is_valid()
    invalid = autosave.answer_invalid(typed)
    assert invalid.status_code == 422
    assert json.loads(invalid.content) == {
        "state": "invalid",
        "message": "Not saved yet: 2 messages",
        "fields": {"name": ["This field is required."]},
        "general": ["Not thirteen"],
    }
    changed = autosave.answer_changed()
    assert changed.status_code == 409
    assert json.loads(changed.content)["state"] == "changed"


def test_answers_of_a_page_that_is_saved_field_by_field():
    now = datetime(2026, 11, 24, 12, 5, tzinfo=UTC)
    change = autosave.PageChange(values={"kaas-seen": "x"}, shown={"answered": "2 of 3"})
    saved = autosave.answer_saved(now=now, token="", change=change, remark="This is all.")
    assert json.loads(saved.content) == {
        "state": "saved",
        "message": "Saved at 13:05. This is all.",
        "token": "",
        "values": {"kaas-seen": "x"},
        "shown": {"answered": "2 of 3"},
    }
    partly = autosave.answer_partly(now=now, fields={"kaas": ["Niet meer"]}, change=change)
    assert partly.status_code == 200
    told = json.loads(partly.content)
    assert told["state"] == "partly"
    assert told["message"] == "Saved at 13:05, but not 1 answer: see the message there"
    assert (told["fields"], told["general"]) == ({"kaas": ["Niet meer"]}, [])
    assert told["values"] == {"kaas-seen": "x"}
    refused = autosave.answer_refused("Closed")
    assert refused.status_code == 409
    assert json.loads(refused.content) == {"state": "refused", "message": "Closed"}
