"""What advisers record after talking with a partner, and the partner that confirms it."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.partners import access, selectors, services
from companies.partners.enums import SharePurpose
from companies.partners.forms.conversations import ConversationForm
from companies.partners.models import Conversation
from portal.accounts.models import User


@require_http_methods(["GET", "HEAD", "POST"])
def conversations(request: HttpRequest, pk: int) -> HttpResponse:
    """Earlier conversations, and a form for a new one."""
    found = access.partner_of_staff_or_403(request.user, pk)
    states = selectors.consents_of(found)
    given = [state.purpose.value for state in states if state.is_in_force]
    form = ConversationForm(
        request.POST if request.method == "POST" else None,
        today=timezone.localdate(),
        initial={"agreed_to": given},
    )
    if request.method == "POST" and form.is_valid():
        services.record_conversation(
            partner_id=found.pk,
            by=cast("User", request.user),
            now=timezone.now(),
            held_on=form.cleaned_data["held_on"],
            with_whom=form.cleaned_data["with_whom"],
            agreed=form.cleaned_data["agreed"],
            agreed_to=form.cleaned_data["agreed_to"],
        )
        messages.success(request, _("The conversation is recorded. Now add what is sought."))
        return redirect("partners:partner", pk=found.pk)
    context = {
        "partner": found,
        "form": form,
        "states": states,
        "conversations": selectors.conversations_of(found),
        "purposes": SharePurpose,
    }
    return render(request, "partners/conversations.html", context)


@require_POST
def confirm(request: HttpRequest, pk: int, conversation_id: int) -> HttpResponse:
    """The partner says that the record is right."""
    found = access.own_partner_or_403(request.user, pk)
    conversation = get_object_or_404(Conversation, pk=conversation_id, partner=found)
    services.confirm_conversation(
        conversation=conversation, by=cast("User", request.user), now=timezone.now()
    )
    messages.success(request, _("Confirmed. Everything stays as it was recorded."))
    return redirect("partners:partner", pk=found.pk)
