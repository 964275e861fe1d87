"""Stating, changing, closing and reopening what a partner seeks."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.partners import access, services
from companies.partners.enums import NEED_HELP, NEED_LABELS
from companies.partners.forms.needs import NeedForm
from companies.partners.models import Partner, PartnerNeed
from portal.accounts.models import User
from portal.common.vocabulary import Opportunity


def _opportunity(word: str) -> Opportunity:
    try:
        return Opportunity(word)
    except ValueError:
        raise Http404("No such opportunity") from None


def _page(
    request: HttpRequest, partner: Partner, form: NeedForm, need: PartnerNeed | None
) -> HttpResponse:
    context = {
        "partner": partner,
        "form": form,
        "need": need,
        "label": NEED_LABELS[form.opportunity],
        "help": NEED_HELP[form.opportunity],
        "has_sourcing": form.opportunity is Opportunity.RESHORING,
    }
    return render(request, "partners/need.html", context)


def _save(request: HttpRequest, partner: Partner, form: NeedForm, need: PartnerNeed | None) -> bool:
    """Keep a valid form; what went wrong meanwhile stands in it."""
    try:
        services.state_need(
            partner_id=partner.pk,
            need=form.to_need(),
            by=cast("User", request.user),
            now=timezone.now(),
            need_id=need.pk if need else None,
        )
    except services.NeedExistsError:
        form.add_error(
            None, _("There is an open need for this already. Change or close that one first.")
        )
    except services.NeedClosedError:
        form.add_error(None, _("This need was closed in the meantime. Open it again first."))
    else:
        messages.success(request, _("Saved."))
        return True
    return False


@require_http_methods(["GET", "HEAD", "POST"])
def add(request: HttpRequest, pk: int, opportunity: str) -> HttpResponse:
    """A new need for an opportunity."""
    found = access.editable_partner_or_403(request.user, pk)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        opportunity=_opportunity(opportunity),
        today=timezone.localdate(),
    )
    if request.method == "POST" and form.is_valid() and _save(request, found, form, None):
        return redirect("partners:partner", pk=found.pk)
    return _page(request, found, form, None)


def _need(partner: Partner, need_id: int) -> PartnerNeed:
    need: PartnerNeed = get_object_or_404(PartnerNeed, pk=need_id, partner=partner)
    return need


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, pk: int, need_id: int) -> HttpResponse:
    """An open need; a closed one is opened again first."""
    found = access.editable_partner_or_403(request.user, pk)
    need = _need(found, need_id)
    if not need.is_open and request.method != "POST":
        messages.info(request, _("This need is closed. Open it again first."))
        return redirect("partners:partner", pk=found.pk)
    form = NeedForm(
        request.POST if request.method == "POST" else None,
        opportunity=Opportunity(need.opportunity),
        today=timezone.localdate(),
        need=need,
    )
    if request.method == "POST" and form.is_valid() and _save(request, found, form, need):
        return redirect("partners:partner", pk=found.pk)
    return _page(request, found, form, need)


@require_POST
def close(request: HttpRequest, pk: int, need_id: int) -> HttpResponse:
    """It is not sought any more."""
    found = access.editable_partner_or_403(request.user, pk)
    need = _need(found, need_id)
    services.close_need(need=need, by=cast("User", request.user), now=timezone.now())
    messages.success(request, _("Closed. You can open it again at any time."))
    return redirect("partners:partner", pk=found.pk)


@require_POST
def reopen(request: HttpRequest, pk: int, need_id: int) -> HttpResponse:
    """It is sought again."""
    found = access.editable_partner_or_403(request.user, pk)
    try:
        services.reopen_need(need=_need(found, need_id))
        messages.success(request, _("Open again. Check whether everything is still right."))
    except services.NeedExistsError:
        messages.error(
            request, _("There is an open need for this already. Change or close that one first.")
        )
    return redirect("partners:partner", pk=found.pk)
