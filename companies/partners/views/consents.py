"""What a partner agrees to show: whoever acts for it decides; staff look and can withdraw."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companies.partners import access, selectors, services
from companies.partners.enums import SharePurpose
from portal.accounts.models import User


@require_safe
def consents(request: HttpRequest, pk: int) -> HttpResponse:
    """Each purpose with its text, what holds now, and what was before."""
    found = access.editable_partner_or_403(request.user, pk)
    context = {
        "partner": found,
        "states": selectors.consents_of(found),
        "is_own": access.acts_for(request.user, found),
    }
    return render(request, "partners/consents.html", context)


def _purpose(word: str) -> SharePurpose:
    try:
        return SharePurpose(word)
    except ValueError:
        raise Http404("No such purpose") from None


@require_POST
def give(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Agree to a purpose; staff record that after a conversation instead."""
    found = access.own_partner_or_403(request.user, pk)
    services.give_consent(
        partner_id=found.pk, by=cast("User", request.user), purpose=_purpose(purpose)
    )
    messages.success(request, _("Your consent is kept. You can withdraw it here at any time."))
    return redirect("partners:consents", pk=found.pk)


@require_POST
def withdraw(request: HttpRequest, pk: int, purpose: str) -> HttpResponse:
    """Take a consent back; staff may do so on the partner's behalf."""
    found = access.editable_partner_or_403(request.user, pk)
    services.withdraw_consent(
        partner_id=found.pk, by=cast("User", request.user), purpose=_purpose(purpose)
    )
    messages.success(request, _("The consent is withdrawn, with effect from now."))
    return redirect("partners:consents", pk=found.pk)
