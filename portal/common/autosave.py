"""Saving a form by itself, keeping what is not valid yet, and seeing what others changed.

Works on any ``Form`` or formset whose ``initial`` holds the stored state whole. The page
puts ``data-portal-autosave`` on the form and ``TOKEN_FIELD`` in it; the view answers a
request with ``HEADER`` by one of the ``answer_*`` functions. A page that saves its fields
one by one leaves the token empty and gets new values for its hidden fields instead.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as with_default
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import HttpRequest, JsonResponse, QueryDict
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.common.components import localised

HEADER = "X-Portal-Autosave"
TOKEN_FIELD = "state_token"  # noqa: S105 - the name of a field
LONGEST_VALUE = 500  # characters kept of one field of a draft
LARGEST_DRAFT = 60_000  # characters of a whole draft, as JSON
NOTHING = "–"

AnyForm = forms.BaseForm | forms.BaseFormSet[Any]


@dataclass(frozen=True)
class Difference:
    """One thing that is stored otherwise than typed, in words."""

    label: str
    theirs: str
    mine: str


def is_autosave(request: HttpRequest) -> bool:
    """The browser saves by itself and wants JSON."""
    return request.method == "POST" and HEADER in request.headers


def forms_of(form: AnyForm) -> Sequence[forms.BaseForm]:
    """The rows of a formset, or the form alone."""
    return form.forms if isinstance(form, forms.BaseFormSet) else [form]


# --- the stored state ---------------------------------------------------------------------


def _start(form: forms.BaseForm) -> dict[str, str]:
    """What the form starts from, field by field, without what is empty."""
    values = {
        name: form.get_initial_for_field(field, name)
        for name, field in form.fields.items()
        if name in form.initial
    }
    return {
        name: json.dumps(value, default=str, sort_keys=True)
        for name, value in values.items()
        if value not in (None, "", False, [])
    }


def token_of(form: AnyForm) -> str:
    """A digest of the stored state from which this form starts (no secret)."""
    rows = [start for start in map(_start, forms_of(form)) if start]
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()[:40]


def token_given(data: QueryDict) -> str:
    """The state that a page was made from, as it came back; '' when none did."""
    # PostgreSQL keeps no NUL; leaving it out could make '' of it, which asks nothing.
    return str(data.get(TOKEN_FIELD, "")).replace("\0", "?")[:40]


# --- what somebody else changed -----------------------------------------------------------


def _in_words(field: forms.Field, value: Any) -> str:
    """A stored or typed value as a person reads it."""
    if isinstance(field, forms.BooleanField):
        return _("Yes") if field.to_python(value) else _("No")
    if isinstance(field, forms.ChoiceField):
        given = value if isinstance(value, list | tuple) else [value]
        wanted = {str(one) for one in given if one not in (None, "")}
        names = [
            str(label)
            for key, label in _flat(cast("Iterable[Any]", field.choices))
            if str(key) in wanted
        ]
        return ", ".join(names) or NOTHING
    if value in (None, ""):
        return NOTHING
    return localised(value) if isinstance(value, int | float) else str(value)


def _flat(choices: Iterable[Any]) -> Iterable[tuple[Any, Any]]:
    """Choices without their groups."""
    for key, label in choices:
        if isinstance(label, list | tuple):
            yield from label
        else:
            yield key, label


def _is_nothing(value: Any) -> bool:
    return value in (None, "", False, 0, "0", [], ())


def _typed(form: forms.BaseForm, name: str) -> Any:
    return form.fields[name].widget.value_from_datadict(
        form.data, form.files, form.add_prefix(name)
    )


def _row_differences(
    theirs: forms.BaseForm, mine: forms.BaseForm, row: str
) -> Iterable[Difference]:
    for name, field in mine.fields.items():
        stored = theirs.get_initial_for_field(theirs.fields[name], name)
        typed = _typed(mine, name)
        if _is_nothing(stored) and _is_nothing(typed):
            continue
        if field.has_changed(stored, typed):
            label = str(field.label or name)
            if row and row != label:
                label = f"{row}: {label}"
            yield Difference(label, _in_words(field, stored), _in_words(field, typed))


def _keyed(rows: Sequence[forms.BaseForm], *, bound: bool) -> dict[tuple[str, int], Any]:
    """Rows that hold something, by what they are called; equal names are counted."""
    found: dict[tuple[str, int], Any] = {}
    seen: dict[str, int] = {}
    for form in rows:
        name, field = next(iter(form.fields.items()))
        # A row with a tick is called after its tick, another after its first field.
        if isinstance(field, forms.BooleanField):
            key = str(field.label)
        else:
            value = _typed(form, name) if bound else form.get_initial_for_field(field, name)
            if _is_nothing(value):
                continue
            key = _in_words(field, value)
        found[(key, seen.get(key, 0))] = form
        seen[key] = seen.get(key, 0) + 1
    return found


def differences(stored: AnyForm, typed: AnyForm) -> list[Difference]:
    """What is stored otherwise than typed; ``stored`` is unbound, ``typed`` is bound."""
    if not isinstance(stored, forms.BaseFormSet) or not isinstance(typed, forms.BaseFormSet):
        return list(_row_differences(forms_of(stored)[0], forms_of(typed)[0], ""))
    theirs = _keyed(stored.forms, bound=False)
    mine = _keyed(typed.forms, bound=True)
    found: list[Difference] = []
    for key in theirs.keys() | mine.keys():
        if key not in mine:
            found.append(Difference(key[0], _("in the list"), _("not in the list")))
        elif key not in theirs:
            found.append(Difference(key[0], _("not in the list"), _("in the list")))
        else:
            found.extend(_row_differences(theirs[key], mine[key], key[0]))
    return sorted(found, key=lambda one: one.label)


# --- drafts -------------------------------------------------------------------------------


def typed_fields(form: AnyForm, data: QueryDict) -> dict[str, list[str]]:
    """What to keep of a posted form: fields that the form knows, each cut to its length.

    ValueError when all of it is too much to keep.
    """
    names = {one.add_prefix(name) for one in forms_of(form) for name in one.fields}
    if isinstance(form, forms.BaseFormSet):
        management = form.management_form
        names |= {management.add_prefix(name) for name in management.fields}
    kept = {
        # PostgreSQL keeps no NUL.
        name: [value.replace("\0", "")[:LONGEST_VALUE] for value in data.getlist(name)]
        for name in sorted(names & set(data))
    }
    if len(json.dumps(kept, ensure_ascii=False)) > LARGEST_DRAFT:
        raise ValueError("This draft is too large")
    return kept


def typed_again(fields: Mapping[str, Sequence[str]]) -> QueryDict:
    """A draft as the data of a form."""
    data = QueryDict(mutable=True)
    for name, values in fields.items():
        data.setlist(name, [str(value) for value in values])
    return data


# --- answers to the browser ---------------------------------------------------------------


def messages_by_field(form: AnyForm) -> tuple[dict[str, list[str]], list[str]]:
    """Messages by the name of their field in the page, and those without a field."""
    by_name: dict[str, list[str]] = {}
    general: list[str] = []
    if isinstance(form, forms.BaseFormSet):
        general.extend(map(str, form.non_form_errors()))
    for one in forms_of(form):
        for name, messages in one.errors.items():
            if name in one.fields:
                by_name[one.add_prefix(name)] = [str(message) for message in messages]
            else:
                general.extend(str(message) for message in messages)
    return by_name, general


@dataclass(frozen=True, kw_only=True)
class PageChange:
    """What a page takes over after a save, without being loaded again.

    ``values``: new values of hidden fields by name. ``shown``: text, or the value of a
    progress bar, for elements with ``data-portal-shown`` set to the key.
    """

    values: Mapping[str, str] = with_default(default_factory=dict)
    shown: Mapping[str, str | int] = with_default(default_factory=dict)

    @property
    def as_json(self) -> dict[str, Any]:
        """The keys that say something."""
        given = {"values": dict(self.values), "shown": dict(self.shown)}
        return {key: value for key, value in given.items() if value}


NO_CHANGE = PageChange()


def _moment(now: datetime) -> str:
    return time_format(timezone.localtime(now), "H:i")


def answer_saved(
    *, now: datetime, token: str, change: PageChange = NO_CHANGE, remark: str = ""
) -> JsonResponse:
    """It is stored; ``token`` is the new state, ``remark`` a sentence to add."""
    message = _("Saved at %(time)s") % {"time": _moment(now)}
    if remark:
        message = f"{message}. {remark}"
    return JsonResponse({"state": "saved", "message": message, "token": token, **change.as_json})


def answer_partly(
    *, now: datetime, fields: Mapping[str, Sequence[str]], change: PageChange = NO_CHANGE
) -> JsonResponse:
    """All is stored but ``fields``, which say why; they stay as typed and are sent again.

    For a form whose fields are saved one by one; there is no state of the whole.
    """
    message = ngettext(
        "Saved at %(time)s, but not %(count)s answer: see the message there",
        "Saved at %(time)s, but not %(count)s answers: see the messages there",
        len(fields),
    ) % {"time": _moment(now), "count": len(fields)}
    by_name = {name: [str(text) for text in texts] for name, texts in fields.items()}
    return JsonResponse(
        {
            "state": "partly",
            "message": message,
            "fields": by_name,
            "general": [],
            **change.as_json,
        }
    )


def answer_refused(message: str) -> JsonResponse:
    """Nothing can be stored here any more; ``message`` says why."""
    return JsonResponse({"state": "refused", "message": message}, status=409)


def answer_invalid(form: AnyForm) -> JsonResponse:
    """It is kept as a draft until the messages are solved."""
    by_name, general = messages_by_field(form)
    count = len(by_name) + len(general)
    message = ngettext(
        "Not saved yet: %(count)s message", "Not saved yet: %(count)s messages", count
    ) % {"count": count}
    return JsonResponse(
        {"state": "invalid", "message": message, "fields": by_name, "general": general}, status=422
    )


def answer_changed() -> JsonResponse:
    """Somebody else changed the same; the page shows what differs when the form is sent."""
    message = _("Not saved: somebody else changed this part. Save to see what differs.")
    return JsonResponse({"state": "changed", "message": message}, status=409)
