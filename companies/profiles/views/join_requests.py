"""Requests to join a company: made by a person, decided by its owners or by staff."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from companies.profiles import access, services
from companies.profiles.enums import JoinStatus, MemberRole
from companies.profiles.forms.members import ROLE_UNKNOWN, JoinForm, RoleForm
from companies.profiles.models import Company, JoinRequest, Membership
from companies.register.domain.numbers import (
    NumberError,
    format_enterprise_number,
    parse_enterprise_number,
)
from portal.accounts.limits import within_limit
from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.common.mail import origin_of

JOIN_MESSAGES: dict[str, Any] = {
    "already_member": gettext_lazy("You are a member of this company already."),
    "already_asked": gettext_lazy("You asked already; the answer has yet to come."),
    "closed": gettext_lazy(
        "The account of this company was closed. One of its owners can open it again."
    ),
    "government": gettext_lazy(
        "With an account of the government you cannot be a member of a company."
    ),
    "over": gettext_lazy("This request was answered or withdrawn in the meantime, or it expired."),
    "too_many": gettext_lazy("You asked too often in a short time. Try again later."),
}


def _signed_up(number: str) -> Company:
    """The company with this number; Http404 for a number that nobody signed up."""
    try:
        return get_object_or_404(Company, enterprise_number=parse_enterprise_number(number))
    except NumberError:
        raise Http404("Not an enterprise number") from None


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Ask to join; shows no more of the company than the register does."""
    if is_government(request.user):
        raise PermissionDenied
    user, company = cast("User", request.user), _signed_up(number)
    if Membership.objects.filter(company=company, user=user).exists():
        messages.info(request, JOIN_MESSAGES["already_member"])
        return redirect("profiles:company", company_id=company.pk)
    asked = JoinRequest.objects.filter(company=company, user=user).open(timezone.now()).first()
    form = JoinForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _ask(request, company, form):
        return redirect("profiles:join", number=company.enterprise_number)
    context = {
        # What somebody typed for a number outside the register is not public.
        "name": company.name if company.in_register else "",
        "number": format_enterprise_number(company.enterprise_number),
        "asked": asked,
        "form": form,
    }
    return render(request, "profiles/join.html", context)


def _ask(request: HttpRequest, company: Company, form: JoinForm) -> bool:
    """Make the request within the limits; what went wrong stands in the form."""
    if not within_limit(request, "join"):
        form.add_error(None, JOIN_MESSAGES["too_many"])
        return False
    try:
        services.request_to_join(
            company_id=company.pk,
            user=cast("User", request.user),
            role=MemberRole(form.cleaned_data["role"]),
            message=form.cleaned_data["message"],
            origin=origin_of(request),
        )
    except services.JoinError as error:
        form.add_error(None, JOIN_MESSAGES[error.code])
        return False
    messages.success(request, _("Your request is sent. You get a mail with the answer."))
    return True


@require_POST
def withdraw(request: HttpRequest, request_id: int) -> HttpResponse:
    """The person who asked no longer does."""
    user = cast("User", request.user)
    asked = get_object_or_404(JoinRequest, pk=request_id, user=user)
    try:
        services.withdraw_join_request(request_id=asked.pk, by=user)
        messages.success(request, _("Your request is withdrawn."))
    except services.JoinError as error:
        messages.error(request, JOIN_MESSAGES[error.code])
    return redirect("profiles:sign_up")


def _of_company(request: HttpRequest, company_id: int, request_id: int) -> JoinRequest:
    company = access.company_to_decide_on_or_403(request.user, company_id)
    return get_object_or_404(
        JoinRequest.objects.exclude(status=JoinStatus.WITHDRAWN).select_related("user"),
        pk=request_id,
        company=company,
    )


@require_POST
def accept(request: HttpRequest, company_id: int, request_id: int) -> HttpResponse:
    """The person becomes a member with the role chosen."""
    asked = _of_company(request, company_id, request_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, ROLE_UNKNOWN)
        return redirect("profiles:members", company_id=company_id)
    try:
        services.accept_join_request(
            request_id=asked.pk,
            by=cast("User", request.user),
            role=MemberRole(form.cleaned_data["role"]),
            origin=origin_of(request),
        )
        messages.success(request, _("%(person)s is now a member.") % {"person": asked.user})
    except services.JoinError as error:
        _tell_decider(request, error)
    return redirect("profiles:members", company_id=company_id)


@require_POST
def refuse(request: HttpRequest, company_id: int, request_id: int) -> HttpResponse:
    """The person does not become a member, and is told."""
    asked = _of_company(request, company_id, request_id)
    try:
        services.refuse_join_request(
            request_id=asked.pk, by=cast("User", request.user), origin=origin_of(request)
        )
        messages.success(
            request, _("The request of %(person)s is refused.") % {"person": asked.user}
        )
    except services.JoinError as error:
        _tell_decider(request, error)
    return redirect("profiles:members", company_id=company_id)


def _tell_decider(request: HttpRequest, error: services.JoinError) -> None:
    """The same refusals, in words for whoever decides."""
    if error.code == "government":
        messages.error(request, _("Government staff cannot be members of a company."))
    else:
        messages.error(request, JOIN_MESSAGES[error.code])
