"""The page of one transition as a form: per statement an answer, a note and what shows it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

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
from assessments.readiness.forms.wording import SAVE_AGAIN, USE_SAVE, in_sentence
from assessments.readiness.models import Answer, Level, Statement, Transition
from assessments.readiness.services import Change, Refusal, Saved
from companies.profiles.models import Document

NOTE_LENGTH: Final = 2000
EVIDENCE_LENGTH: Final = 300
CODES: Final = (
    *(str(level) for level in range(LOWEST_LEVEL, HIGHEST_LEVEL + 1)),
    AnswerKind.NOT_APPLICABLE.value,
    AnswerKind.UNKNOWN.value,
)
PARTS: Final = ("answer", "note", "evidence", "document", "seen", "told")


@dataclass(frozen=True, slots=True)
class Option:
    """One radio button; ``level`` is None for "not applicable" and "don't know"."""

    code: str
    chosen: bool
    level: Level | None


@dataclass(frozen=True, slots=True)
class Row:
    """One statement as the page shows it.

    ``stored`` is the company's answer and ``current`` the same as an option.
    ``is_locked``: an owner settled it, so this person only reads it. ``is_open``: note or
    evidence hold something, so they are in sight.
    """

    statement: Statement
    stored: Answer | None
    current: Option | None
    answer: BoundField
    note: BoundField
    evidence: BoundField
    document: BoundField
    seen: BoundField
    told: BoundField
    options: tuple[Option, ...]
    errors: tuple[str, ...]
    is_locked: bool
    is_open: bool


class NoteField(forms.CharField):
    """Text in lines. Browsers send line ends as CRLF; stored, counted and compared is LF."""

    def to_python(self, value: Any) -> str:
        """The text with plain line ends, without space around it."""
        return str(super().to_python(value)).replace("\r\n", "\n").replace("\r", "\n")


class LineField(forms.CharField):
    """Text on one line."""

    def to_python(self, value: Any) -> str:
        """The text with single spaces."""
        return " ".join(str(super().to_python(value)).split())


class TransitionForm(forms.Form):
    """Answers to the statements of one transition; an unanswered one may stay so.

    Each statement carries the fingerprint of what the page showed (``seen``), so that two
    people who answer at once do not undo each other's work. After a conflict ``told`` is
    the fingerprint of what the person was told is stored now: who then presses Save
    replaces it knowingly, while an autosave does not.

    A statement that the page did not send is left alone. A note or evidence without an
    answer is kept as "don't know": that says the same (somebody looked, the level is open,
    the score stays a range), and what was typed on a phone in the hall is never lost
    because the level comes later.
    """

    def __init__(
        self,
        transition: Transition,
        stored: Mapping[int, Answer],
        data: Mapping[str, Any] | None = None,
        *,
        documents: Iterable[Document] = (),
    ) -> None:
        super().__init__(data)
        self.transition = transition
        self.stored = stored
        self.documents = list(documents)
        for statement in transition.statements.all():
            self._add(statement, stored.get(statement.pk))

    def _add(self, statement: Statement, answer: Answer | None) -> None:
        entry = answer.entry if answer else None
        self.fields[f"{statement.slug}-answer"] = forms.ChoiceField(
            label=statement.text,
            required=False,
            choices=[(code, code) for code in CODES],
            widget=forms.RadioSelect,
            initial=entry.response.code if entry else "",
        )
        self.fields[f"{statement.slug}-note"] = NoteField(
            label=_("Note (for your colleagues and your adviser)"),
            required=False,
            max_length=NOTE_LENGTH,
            initial=entry.note if entry else "",
        )
        self.fields[f"{statement.slug}-evidence"] = LineField(
            label=_("What shows it, in one line"),
            required=False,
            max_length=EVIDENCE_LENGTH,
            initial=entry.evidence if entry else "",
        )
        self.fields[f"{statement.slug}-document"] = forms.TypedChoiceField(
            label=_("Document that shows it"),
            required=False,
            coerce=int,
            empty_value=None,
            choices=self._choices(answer.document if answer else None),
            widget=forms.Select({"class": "form-select"}),
            initial=entry.document_id if entry else None,
            error_messages={"invalid_choice": DOCUMENT_GONE},
        )
        for name, initial in (("seen", fingerprint(entry)), ("told", "")):
            self.fields[f"{statement.slug}-{name}"] = forms.CharField(
                required=False, widget=forms.HiddenInput, initial=initial
            )

    def _choices(self, kept: Document | None) -> list[tuple[Any, Any]]:
        """Current documents; one that stands there and was removed since goes by its name."""
        choices: list[tuple[Any, Any]] = [("", _("No document"))]
        choices += [(document.pk, document.title) for document in self.documents]
        if kept and kept.removed_at:
            choices.append((kept.pk, _("%(title)s (removed)") % {"title": kept.title}))
        return choices

    def changes(self, *, knowingly: bool) -> dict[int, Change]:
        """What was sent and is valid, by statement id; after ``is_valid()``.

        ``knowingly``: a person pressed Save and so agrees with what the page told.
        """
        return {
            statement.pk: Change(
                seen=self._seen(statement, knowingly=knowingly), typed=self.typed(statement)
            )
            for statement in self.transition.statements.all()
            if f"{statement.slug}-seen" in self.data and not self._is_wrong(statement)
        }

    def _is_wrong(self, statement: Statement) -> bool:
        return any(f"{statement.slug}-{part}" in self.errors for part in PARTS)

    def _seen(self, statement: Statement, *, knowingly: bool) -> str:
        told = str(self.cleaned_data[f"{statement.slug}-told"]) if knowingly else ""
        return told or str(self.cleaned_data[f"{statement.slug}-seen"])

    def typed(self, statement: Statement) -> Entry | None:
        """The valid entry that was typed for a statement, None for nothing at all."""
        code, note, evidence, document_id = (
            self.cleaned_data[f"{statement.slug}-{part}"]
            for part in ("answer", "note", "evidence", "document")
        )
        if not code and not (note or evidence or document_id):
            return None
        code = code or AnswerKind.UNKNOWN.value
        return Entry(Response.from_code(code), note, evidence, document_id)

    @property
    def has_note_alone(self) -> bool:
        """Something was typed without choosing an answer."""
        return any(
            f"{statement.slug}-answer" in self.cleaned_data
            and not self.cleaned_data[f"{statement.slug}-answer"]
            and not self._is_wrong(statement)
            and self.typed(statement) is not None
            for statement in self.transition.statements.all()
        )

    def new_values(self, saved: Saved) -> dict[str, str]:
        """After an autosave: what the page has seen of the statements that stand as typed."""
        values = {}
        for statement in self.transition.statements.all():
            if statement.pk in saved.agreed:
                values[f"{statement.slug}-seen"] = fingerprint(self.typed(statement))
                values[f"{statement.slug}-told"] = ""
        return values

    def messages(
        self, saved: Saved, stored: Mapping[int, Answer], *, knowingly: bool
    ) -> dict[str, list[Any]]:
        """What was not stored and why, by the name of the field; ``stored`` is what is now."""
        found: dict[str, list[Any]] = {
            name: list(errors) for name, errors in self.errors.items() if name in self.fields
        }
        for statement in self.transition.statements.all():
            if why := saved.refused.get(statement.pk):
                name = "document" if why is Refusal.DOCUMENT else "answer"
                now = stored.get(statement.pk)
                text = _refusal(why, now, self.typed(statement), knowingly=knowingly)
                found[f"{statement.slug}-{name}"] = [text]
        return found

    def rows(self, locked: Collection[int] = ()) -> Iterator[Row]:
        """The statements in order, with what was typed; those in ``locked`` are only read."""
        for statement in self.transition.statements.all():
            fields = {part: self[f"{statement.slug}-{part}"] for part in PARTS}
            extra = [fields[part] for part in ("note", "evidence", "document")]
            stored = self.stored.get(statement.pk)
            as_stored = _options(statement, stored.response.code if stored else "")
            yield Row(
                statement=statement,
                stored=stored,
                current=next((option for option in as_stored if option.chosen), None),
                **fields,
                options=tuple(_options(statement, str(fields["answer"].value() or ""))),
                errors=tuple(str(error) for field in fields.values() for error in field.errors),
                is_locked=statement.pk in locked,
                is_open=any(field.value() or field.errors for field in extra),
            )

    def after_refusal(
        self, saved: Saved, stored: Mapping[int, Answer], documents: Iterable[Document]
    ) -> TransitionForm:
        """The page after a save of which something was refused; the rest is read afterwards.

        Statements in conflict keep what was typed and say what is stored now; saving again
        replaces it knowingly. All others show what is stored.
        """
        as_stored = TransitionForm(self.transition, stored)
        data: dict[str, Any] = {}
        for statement in self.transition.statements.all():
            keeps = saved.refused.get(statement.pk) in {Refusal.CONFLICT, Refusal.DOCUMENT}
            source = self if keeps else as_stored
            for part in ("answer", "note", "evidence", "document", "seen"):
                name = f"{statement.slug}-{part}"
                data[name] = source[name].value()
            # Not in ``seen``: an autosave of the page that is shown next was told nothing.
            seen = as_stored[f"{statement.slug}-seen"].value()
            data[f"{statement.slug}-told"] = seen if keeps else ""
        shown = TransitionForm(self.transition, stored, data, documents=documents)
        for name, texts in self.messages(saved, stored, knowingly=True).items():
            if name not in shown.errors:
                shown.add_error(name, texts)
        return shown


DOCUMENT_GONE: Final[Any] = _(
    "This document is no longer among the current ones. Choose another one, or none."
)


def _options(statement: Statement, chosen: str) -> Iterator[Option]:
    for level in statement.levels.all():
        yield Option(str(level.number), chosen == str(level.number), level)
    for kind in (AnswerKind.NOT_APPLICABLE, AnswerKind.UNKNOWN):
        yield Option(kind.value, chosen == kind.value, None)


def _refusal(why: Refusal, now: Answer | None, typed: Entry | None, *, knowingly: bool) -> Any:
    """Why an answer was not stored, what is stored now, and that one's own is kept."""
    if why is Refusal.DOCUMENT:
        return DOCUMENT_GONE
    before = now.entry if now else None
    words = {"now": _differing(before, typed, now), "mine": _differing(typed, before, None)}
    if why is Refusal.SETTLED:
        text = _(
            "An owner settled this answer: %(now)s. Only an owner changes it. Your own choice is"
            " not saved: %(mine)s."
        )
    else:
        text = SAVE_AGAIN if knowingly else USE_SAVE
    return text % words


def _differing(one: Entry | None, other: Entry | None, stored: Answer | None) -> str:
    """An entry in words, with its note and evidence where these differ from the other's.

    ``stored`` is the row of ``one`` when there is one: it knows the name of the document.
    """
    if one is None:
        return in_sentence(None)
    beside = other or Entry(one.response)
    words = [in_sentence(one.response)]
    if one.note != beside.note:
        words.append(_("note “%(text)s”") % {"text": one.note})
    if one.evidence != beside.evidence:
        words.append(_("evidence “%(text)s”") % {"text": one.evidence})
    if stored and one.document_id != beside.document_id:
        title = stored.document.title if stored.document else _("none")
        words.append(_("document: %(title)s") % {"title": title})
    return ", ".join(words)
