"""The page of one transition as a form: an answer and a note per statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.translation import gettext_lazy as _

from assessments.readiness.domain.answers import (
    HIGHEST_LEVEL,
    LOWEST_LEVEL,
    AnswerKind,
    Entry,
    Response,
    fingerprint,
)
from assessments.readiness.models import Level, Statement, Transition
from assessments.readiness.services import Change

NOTE_LENGTH = 2000
CODES = (
    *(str(level) for level in range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)),
    AnswerKind.NOT_APPLICABLE.value,
    AnswerKind.UNKNOWN.value,
)


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button; ``level`` is None for "not applicable" and "don't know"."""

    code: str
    chosen: bool
    level: Level | None


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as the page shows it."""

    statement: Statement
    answer: BoundField
    note: BoundField
    seen: BoundField
    options: tuple[Option, ...]
    errors: tuple[str, ...]


class TransitionForm(forms.Form):
    """Answers to the statements of one transition; an unanswered one may stay so.

    Each statement carries the fingerprint of what the page showed, so that two people
    who answer at once do not undo each other's work.
    """

    def __init__(
        self,
        transition: Transition,
        stored: Mapping[int, Entry],
        data: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(data)
        self.transition = transition
        self.stored = stored
        for statement in transition.statements.all():
            entry = stored.get(statement.pk)
            self.fields[f"{statement.slug}-answer"] = forms.ChoiceField(
                label=statement.text,
                required=False,
                choices=[(code, code) for code in CODES],
                widget=forms.RadioSelect,
                initial=entry.response.code if entry else "",
            )
            self.fields[f"{statement.slug}-note"] = forms.CharField(
                label=_("Note (for your colleagues and your adviser)"),
                required=False,
                max_length=NOTE_LENGTH,
                widget=forms.Textarea({"rows": 2}),
                initial=entry.note if entry else "",
            )
            self.fields[f"{statement.slug}-seen"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=fingerprint(entry)
            )

    def clean(self) -> dict[str, Any]:
        """A note belongs to an answer, if need be "don't know"."""
        cleaned = super().clean() or self.cleaned_data
        for statement in self.transition.statements.all():
            name = f"{statement.slug}-answer"
            if cleaned.get(f"{statement.slug}-note") and cleaned.get(name) == "":
                self.add_error(name, _("Choose an answer with this note, or choose “Don't know”."))
        return cleaned

    def changes(self) -> dict[int, Change]:
        """What was typed, by statement id; only after ``is_valid()``."""
        return {
            statement.pk: Change(
                seen=self.cleaned_data[f"{statement.slug}-seen"], typed=self._typed(statement)
            )
            for statement in self.transition.statements.all()
        }

    def _typed(self, statement: Statement) -> Entry | None:
        code = self.cleaned_data[f"{statement.slug}-answer"]
        if not code:
            return None
        # Browsers send line ends as CRLF; stored notes and fingerprints use LF.
        note = self.cleaned_data[f"{statement.slug}-note"].replace("\r\n", "\n")
        return Entry(Response.from_code(code), note)

    def rows(self) -> Iterator[Row]:
        """The statements in order, with what was typed."""
        for statement in self.transition.statements.all():
            answer = self[f"{statement.slug}-answer"]
            note = self[f"{statement.slug}-note"]
            yield Row(
                statement,
                answer,
                note,
                self[f"{statement.slug}-seen"],
                tuple(_options(statement, str(answer.value() or ""))),
                (*answer.errors, *note.errors),
            )


def _options(statement: Statement, chosen: str) -> Iterator[Option]:
    for level in statement.levels.all():
        yield Option(str(level.number), chosen == str(level.number), level)
    for kind in (AnswerKind.NOT_APPLICABLE, AnswerKind.UNKNOWN):
        yield Option(kind.value, chosen == kind.value, None)


def after_conflict(
    form: TransitionForm, stored: Mapping[int, Entry], conflicts: Iterable[int]
) -> TransitionForm:
    """The same page after a save that met somebody else's answers.

    Statements in conflict keep what was typed and say what is stored now; saving again
    replaces it knowingly. All others show what is stored.
    """
    clashing = set(conflicts)
    data: dict[str, Any] = {}
    for statement in form.transition.statements.all():
        entry = stored.get(statement.pk)
        answer, note = f"{statement.slug}-answer", f"{statement.slug}-note"
        data[f"{statement.slug}-seen"] = fingerprint(entry)
        if statement.pk in clashing:
            data[answer], data[note] = form.data.get(answer, ""), form.data.get(note, "")
        else:
            data[answer] = entry.response.code if entry else ""
            data[note] = entry.note if entry else ""
    shown = TransitionForm(form.transition, stored, data)
    shown.full_clean()
    for statement in form.transition.statements.all():
        if statement.pk in clashing:
            shown.add_error(f"{statement.slug}-answer", _conflict_message(stored.get(statement.pk)))
    return shown


def _conflict_message(entry: Entry | None) -> Any:
    if entry is None:
        now: Any = _("no answer")
    elif entry.response.kind is AnswerKind.LEVEL:
        now = _("level %(level)s") % {"level": entry.response.level}
    elif entry.response.kind is AnswerKind.NOT_APPLICABLE:
        now = _("not applicable")
    else:
        now = _("don't know")
    return _(
        "Somebody else changed this meanwhile to: %(now)s. Your own choice is still here and not"
        " saved. Save again to replace theirs."
    ) % {"now": now}
