"""Requests to act for a partner: the queue of staff, and the answers."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companies.partners import access, selectors, services
from companies.partners.enums import RefusalReason
from companies.partners.forms.sign_up import SIGN_UP_MESSAGES, RefusalForm
from companies.partners.models import ContactRequest
from companies.register.domain.numbers import format_number
from portal.accounts.models import User
from portal.accounts.roles import may_see_companies
from portal.common.mail import origin_of

PER_PAGE = 20


@require_safe
def queue(request: HttpRequest) -> HttpResponse:
    """Sign-ups with what the register says, and requests that no contact can answer."""
    if not may_see_companies(request.user):
        raise Http404("For staff who follow companies")
    page = Paginator(selectors.requests_for_staff(), PER_PAGE).get_page(request.GET.get("page"))
    rows = [(asked, format_number(asked.partner.establishment_id)) for asked in page.object_list]
    context = {"page": page, "rows": rows, "form": RefusalForm()}
    return render(request, "partners/queue.html", context)


def _back(request: HttpRequest, asked: ContactRequest) -> HttpResponse:
    if may_see_companies(request.user):
        return redirect("partners:queue")
    return redirect("partners:contacts", pk=asked.partner_id)


@require_POST
def accept(request: HttpRequest, request_id: int) -> HttpResponse:
    """The person becomes a contact of the partner."""
    asked = access.request_to_answer_or_404(request.user, request_id)
    try:
        services.accept_request(
            request_id=asked.pk,
            by=cast("User", request.user),
            now=timezone.now(),
            origin=origin_of(request),
        )
        messages.success(request, _("%(person)s is now a contact.") % {"person": asked.user})
    except services.RequestError as error:
        messages.error(request, SIGN_UP_MESSAGES[error.code])
    return _back(request, asked)


@require_POST
def decline(request: HttpRequest, request_id: int) -> HttpResponse:
    """The person does not act for the partner, and is told why."""
    asked = access.request_to_answer_or_404(request.user, request_id)
    form = RefusalForm(request.POST)
    if not form.is_valid():
        context = {"asked": asked, "form": form}
        return render(request, "partners/decline.html", context, status=400)
    try:
        services.decline_request(
            request_id=asked.pk,
            by=cast("User", request.user),
            now=timezone.now(),
            reason=RefusalReason(form.cleaned_data["reason"]),
            note=form.cleaned_data["note"],
            origin=origin_of(request),
        )
        messages.success(
            request, _("The request of %(person)s is declined.") % {"person": asked.user}
        )
    except services.RequestError as error:
        messages.error(request, SIGN_UP_MESSAGES[error.code])
    return _back(request, asked)


@require_POST
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """The person who asked no longer does."""
    user = cast("User", request.user)
    asked = get_object_or_404(ContactRequest, pk=request_id, user=user)
    try:
        services.withdraw_request(request_id=asked.pk, by=user, now=timezone.now())
        messages.success(request, _("Your request is withdrawn."))
    except services.RequestError as error:
        messages.error(request, SIGN_UP_MESSAGES[error.code])
    return redirect("partners:sign_up")
