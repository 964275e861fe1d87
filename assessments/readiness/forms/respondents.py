"""Forms of respondents: one's function, one's own view on a transition, and settling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.answers import Entry, Response, fingerprint
from assessments.readiness.domain.parts import RespondentFunction
from assessments.readiness.forms import CODES, NOTE_LENGTH, Option
from assessments.readiness.forms.wording import in_sentence
from assessments.readiness.models import RESPONDENT_FUNCTION_LABELS, Answer, Statement, Transition
from assessments.readiness.services import Change
from portal.common.autosave import TOKEN_FIELD
from portal.common.choices import choices

_BETWEEN = "."


def options_of(statement: Statement, chosen: str) -> tuple[Option, ...]:
    """The radio buttons of one statement: its levels, "not applicable" and "don't know"."""
    levels = {str(level.number): level for level in statement.levels.all()}
    return tuple(Option(code, code == chosen, levels.get(code)) for code in CODES)


def _lf(note: str) -> str:
    # Browsers send line ends as CRLF; stored notes and fingerprints use LF.
    return note.replace("\r\n", "\n")


class FunctionForm(forms.Form):
    """From which place in the company one looks."""

    function = forms.ChoiceField(
        label=_("Your function"),
        choices=choices(RESPONDENT_FUNCTION_LABELS),
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose your function in the company.")},
    )

    @property
    def chosen(self) -> RespondentFunction:
        """What was chosen; only after ``is_valid()``."""
        return RespondentFunction(self.cleaned_data["function"])


@dataclass(frozen=True, slots=True)
class ViewRow:
    """One statement as the page of one's own view shows it."""

    statement: Statement
    answer: BoundField
    note: BoundField
    options: tuple[Option, ...]
    errors: tuple[str, ...]


class ViewForm(forms.Form):
    """One's own view on the statements of a transition; an unanswered one may stay so.

    The form carries in one word, ``token``, what was stored of each statement when the page
    was opened: one person on two devices does not undo his or her own work, and a page that
    saves itself goes on from the word that each answer brings along.
    """

    def __init__(
        self,
        transition: Transition,
        stored: Mapping[int, Entry],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.transition = transition
        self.statements = list(transition.statements.all())
        self.stored = stored
        for statement in self.statements:
            entry = stored.get(statement.pk)
            self.fields[f"{statement.slug}-answer"] = forms.ChoiceField(
                label=statement.text,
                required=False,
                choices=[(code, code) for code in CODES],
                widget=forms.RadioSelect,
                initial=entry.response.code if entry else "",
            )
            self.fields[f"{statement.slug}-note"] = forms.CharField(
                label=_("Note (for your colleagues)"),
                required=False,
                max_length=NOTE_LENGTH,
                widget=forms.Textarea({"rows": 2}),
                initial=entry.note if entry else "",
            )

    @property
    def token(self) -> str:
        """What is stored, as one word: a fingerprint for each statement, in order."""
        return token_of(self.statements, self.stored)

    def clean(self) -> dict[str, Any]:
        """A note belongs to an answer, if need be "don't know"."""
        cleaned = super().clean() or self.cleaned_data
        for statement in self.statements:
            name = f"{statement.slug}-answer"
            if cleaned.get(f"{statement.slug}-note") and cleaned.get(name) == "":
                self.add_error(name, _("Choose an answer with this note, or choose “Don't know”."))
        return cleaned

    def changes(self) -> dict[int, Change]:
        """What was typed, by statement id; only after ``is_valid()``."""
        seen = str(self.data.get(TOKEN_FIELD, "")).split(_BETWEEN)
        if len(seen) != len(self.statements):  # not from a page of ours: nothing was seen
            seen = [""] * len(self.statements)
        return {
            statement.pk: Change(seen=word, typed=self._typed(statement))
            for statement, word in zip(self.statements, seen, strict=True)
        }

    def _typed(self, statement: Statement) -> Entry | None:
        code = self.cleaned_data[f"{statement.slug}-answer"]
        note = _lf(self.cleaned_data[f"{statement.slug}-note"])
        return Entry(Response.from_code(code), note) if code else None

    def rows(self) -> Iterator[ViewRow]:
        """The statements in order, with what was typed."""
        for statement in self.statements:
            answer, note = self[f"{statement.slug}-answer"], self[f"{statement.slug}-note"]
            yield ViewRow(
                statement,
                answer,
                note,
                options_of(statement, str(answer.value() or "")),
                (*answer.errors, *note.errors),
            )


def token_of(statements: Iterable[Statement], stored: Mapping[int, Entry]) -> str:
    """What is stored of these statements, as one word."""
    return _BETWEEN.join(fingerprint(stored.get(statement.pk)) for statement in statements)


def view_after_conflict(
    form: ViewForm, stored: Mapping[int, Entry], conflicts: Iterable[int]
) -> ViewForm:
    """The same page after a save that met what the person changed elsewhere.

    Statements in conflict keep what was typed and say what is stored now; saving again
    replaces it knowingly. All others show what is stored.
    """
    clashing = set(conflicts)
    data: dict[str, Any] = {}
    for statement in form.statements:
        entry = stored.get(statement.pk)
        answer, note = f"{statement.slug}-answer", f"{statement.slug}-note"
        if statement.pk in clashing:
            data[answer], data[note] = form.data.get(answer, ""), form.data.get(note, "")
        else:
            data[answer] = entry.response.code if entry else ""
            data[note] = entry.note if entry else ""
    shown = ViewForm(form.transition, stored, data)
    shown.full_clean()
    for statement in form.statements:
        if statement.pk in clashing:
            entry = stored.get(statement.pk)
            message = _(
                "You changed this elsewhere meanwhile to: %(now)s. Your choice here is not saved."
                " Save again to replace it."
            ) % {"now": in_sentence(entry.response if entry else None)}
            shown.add_error(f"{statement.slug}-answer", message)
    return shown


class SettleForm(forms.Form):
    """The company's final answer to one statement, starting from the answer that it has."""

    answer = forms.ChoiceField(
        label=_("Final answer"),
        choices=[(code, code) for code in CODES],
        widget=forms.RadioSelect,
        error_messages={"required": _("Choose the final answer.")},
    )
    note = forms.CharField(
        label=_("Note (for your colleagues and your adviser)"),
        required=False,
        max_length=NOTE_LENGTH,
        widget=forms.Textarea({"rows": 2}),
    )
    seen = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(
        self, statement: Statement, stored: Answer | None, data: Mapping[str, Any] | None = None
    ) -> None:
        entry = stored.entry if stored is not None else None
        super().__init__(
            data,
            auto_id=f"settle-{statement.pk}-%s",
            initial={
                "answer": entry.response.code if entry else "",
                "note": entry.note if entry else "",
                "seen": fingerprint(entry),
            },
        )
        self.statement = statement

    @property
    def options(self) -> tuple[Option, ...]:
        """The radio buttons, with what is chosen."""
        return options_of(self.statement, str(self["answer"].value() or ""))

    @property
    def response(self) -> Response:
        """What was chosen; only after ``is_valid()``."""
        return Response.from_code(self.cleaned_data["answer"])

    @property
    def typed_note(self) -> str:
        """The note; only after ``is_valid()``."""
        return _lf(self.cleaned_data["note"])


def after_other_answer(form: SettleForm, stored: Answer | None) -> SettleForm:
    """The form after somebody else answered meanwhile: it says what, and keeps the choice."""
    entry = stored.entry if stored is not None else None
    shown = SettleForm(
        form.statement,
        stored,
        {
            "answer": form.data.get("answer", ""),
            "note": form.data.get("note", ""),
            "seen": fingerprint(entry),
        },
    )
    shown.full_clean()
    message = _(
        "Somebody else changed the company's answer meanwhile to: %(now)s. Your choice is still"
        " here and not saved. Save again to settle it this way."
    ) % {"now": in_sentence(entry.response if entry else None)}
    shown.add_error("answer", message)
    return shown
