"""The frame of every page of the profile: opened, validated, saved, kept and shown one way.

A view opens the part, says how its form is built and written, and shows the page::

    page = open_part(request, company_id, Part.OFFERS)
    answer = page.save(build, write)
    return answer or page.show("profiles/offers.html")

``build(data)`` makes the form or formset from what is stored *now* (it is called again
under the lock), bound to ``data`` unless that is None; its ``initial`` must hold the
stored part whole. ``write(form)`` calls one service with the valid form.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, cast

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from companies.profiles import access, selectors, services
from companies.profiles.content.parts import PART_LABELS
from companies.profiles.current import may_edit
from companies.profiles.domain.completeness import NONE_POSSIBLE, Part, is_stale
from companies.profiles.models import Company, PartDraft
from portal.accounts.models import User
from portal.common import autosave, refusals
from portal.common.autosave import AnyForm, Difference

# Called with a QueryDict or None, and with a valid form: kept loose, so that a view can
# name its own form class.
Build = Callable[[QueryDict | None], Any]
Write = Callable[[Any], object]


@dataclass(frozen=True)
class Step:
    """One part in the list of steps."""

    part: Part
    label: Any
    url: str
    is_done: bool


def steps_of(company: Company, summary: selectors.CompanySummary) -> list[Step]:
    """The parts that are asked, in order."""
    known = summary.completeness
    return [
        Step(
            part,
            PART_LABELS[part],
            reverse(f"profiles:{part.value}", args=[company.pk]),
            part in known.done,
        )
        for part in Part
        if part in known.asked
    ]


@dataclass
class PartPage:
    """One page of the profile while it is asked for; made by ``open_part``."""

    request: HttpRequest
    company: Company
    can_edit: bool
    part: Part
    draft_key: str
    address: str
    form: AnyForm | None = None
    token: str = ""
    draft: PartDraft | None = None
    differences: list[Difference] = field(default_factory=list)

    @property
    def _user(self) -> User:
        return cast("User", self.request.user)

    def of_year(self, year: int) -> None:
        """This page is about one year: it has its own address and its own draft."""
        self.draft_key = f"{self.part.value} {year}"
        self.address = reverse(f"profiles:{self.part.value}_year", args=[self.company.pk, year])

    def save(self, build: Build, write: Write) -> HttpResponse | None:
        """Do what the request asks; None when the page is to be shown."""
        if self.request.method == "POST":
            if "discard_draft" in self.request.POST:
                return self._discard()
            return self._posted(build, write)
        stored = build(None)
        self.form, self.token = stored, autosave.token_of(stored)
        if self.can_edit:
            self._take_up_draft(build)
        return None

    def _take_up_draft(self, build: Build) -> None:
        self.draft = selectors.draft_of(self.company, self._user, self.draft_key)
        if self.draft:
            self.form = build(autosave.typed_again(self.draft.fields))
            # Started from an older state: saving will show what differs.
            self.token = self.draft.token or self.token

    def _discard(self) -> HttpResponse:
        services.drop_draft(company_id=self.company.pk, draft=self.draft_key, by=self._user)
        messages.success(self.request, _("What was not saved is thrown away."))
        return redirect(self.address)

    def _posted(self, build: Build, write: Write) -> HttpResponse | None:
        form = self.form = build(self.request.POST)
        self.token = autosave.token_given(self.request.POST)
        if not form.is_valid():
            return self._invalid(form)
        try:
            token = self._write(build, write, form, self.token)
        except services.ChangedMeanwhileError:
            return self._changed(build, form)
        except IntegrityError as error:
            if refusals.explain(form, error):
                return self._invalid(form)
            self._keep_draft(form)
            if autosave.is_autosave(self.request):
                return autosave.answer_changed()
            text = _("This was not saved: somebody changed it at the same time. Save again.")
            messages.error(self.request, text)
            return None
        return self._saved(token)

    def _invalid(self, form: AnyForm) -> HttpResponse | None:
        self._keep_draft(form)
        return autosave.answer_invalid(form) if autosave.is_autosave(self.request) else None

    def _write(self, build: Build, write: Write, form: AnyForm, expected: str) -> str:
        """Save; when what is stored moved, but to what is typed here, save all the same."""

        def once(expected: str) -> str:
            return services.save_part(
                company_id=self.company.pk,
                part=self.part,
                draft=self.draft_key,
                by=self._user,
                at=timezone.now(),
                expected=expected,
                stored=lambda: autosave.token_of(build(None)),
                write=lambda: write(form),
            )

        try:
            return once(expected)
        except services.ChangedMeanwhileError:
            stored = build(None)
            if autosave.differences(stored, form):
                raise
            return once(autosave.token_of(stored))

    def _changed(self, build: Build, form: AnyForm) -> HttpResponse | None:
        """Somebody was first: keep what is typed here, and show what differs."""
        self._keep_draft(form)
        if autosave.is_autosave(self.request):
            return autosave.answer_changed()
        stored = build(None)
        self.differences = autosave.differences(stored, form)
        # Whoever saves now has seen this state.
        self.token = autosave.token_of(stored)
        return None

    def _saved(self, token: str) -> HttpResponse:
        if autosave.is_autosave(self.request):
            return autosave.answer_saved(now=timezone.now(), token=token)
        messages.success(self.request, _("Saved."))
        if self.request.POST.get("go") == "next":
            return redirect(self._next_address())
        return redirect(self.address)

    def _next_address(self) -> str:
        steps = steps_of(self.company, selectors.company_summary(self.company))
        after = [
            step.url
            for step, earlier in zip(steps[1:], steps, strict=False)
            if earlier.part == self.part
        ]
        return after[0] if after else reverse("profiles:company", args=[self.company.pk])

    def _keep_draft(self, form: AnyForm) -> None:
        try:
            fields = autosave.typed_fields(form, self.request.POST)
        except ValueError:
            return
        services.keep_draft(
            company_id=self.company.pk,
            draft=self.draft_key,
            by=self._user,
            at=timezone.now(),
            token=self.token,
            fields=fields,
        )

    def show(self, template: str, context: dict[str, Any] | None = None) -> HttpResponse:
        """The page; its form is called ``formset`` or ``form``."""
        summary = selectors.company_summary(self.company)
        steps = steps_of(self.company, summary)
        place = next((i for i, step in enumerate(steps) if step.part == self.part), -1)
        confirmed = summary.confirmed.get(self.part)
        known_on = (confirmed.at if confirmed else self.company.created_at).date()
        is_done = place >= 0 and steps[place].is_done
        name = "formset" if isinstance(self.form, forms.BaseFormSet) else "form"
        frame = {
            "company": self.company,
            "can_edit": self.can_edit,
            "form": None,
            "formset": None,
            name: self.form,
            "token": self.token,
            "draft": self.draft,
            "differences": self.differences,
            "was_sent": self.request.method == "POST",
            "part": self.part.value,
            "step_labels": [(step.label, step.url, step.is_done) for step in steps],
            "step": place + 1,
            "step_before": steps[place - 1] if place > 0 else None,
            "has_next": place + 1 < len(steps),
            "confirmed": confirmed,
            "is_stale": is_done and is_stale(known_on, today=timezone.localdate()),
            "may_be_none": self.part in NONE_POSSIBLE and not is_done,
        }
        status = 409 if self.differences else 200
        return render(self.request, template, frame | (context or {}), status=status)


def open_part(request: HttpRequest, company_id: int, part: Part) -> PartPage:
    """The page of a part; 403 on writing without the right, 404 when it is invisible."""
    company = access.company_or_404(request.user, company_id)
    can_edit = may_edit(request, company)
    if request.method == "POST" and not can_edit:
        raise PermissionDenied
    return PartPage(
        request=request,
        company=company,
        can_edit=can_edit,
        part=part,
        draft_key=part.value,
        address=reverse(f"profiles:{part.value}", args=[company.pk]),
    )
