"""Invitations: sent again or withdrawn by an owner, accepted by the person invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from companies.profiles import access, services
from companies.profiles.content.terms import PRIVACY_VERSION
from companies.profiles.current import switch_to
from companies.profiles.enums import MemberRole
from companies.profiles.forms.members import INVITATION_MESSAGES, AcceptTextsForm
from companies.profiles.models import Company, Invitation
from portal.accounts.limits import within_limit
from portal.accounts.models import User
from portal.common.mail import origin_of

PRIVACY_LABEL = gettext_lazy("I accept the privacy statement")


def send_invitation(
    request: HttpRequest,
    company: Company,
    *,
    email: str,
    role: MemberRole,
    refuse: Callable[[str], None],
) -> bool:
    """Invite within the limits and say so; ``refuse`` gets the code of what went wrong."""
    email = email.strip().lower()
    if not within_limit(request, "invite", key=email):
        refuse("too_many")
        return False
    try:
        services.invite(
            company_id=company.pk,
            email=email,
            role=role,
            by=cast("User", request.user),
            origin=origin_of(request),
        )
    except services.InvitationError as error:
        refuse(error.code)
        return False
    messages.success(request, _("An invitation is on its way to %(email)s.") % {"email": email})
    return True


def _of_company(request: HttpRequest, company_id: int, invitation_id: int) -> Invitation:
    company = access.owned_company_or_403(request.user, company_id)
    return get_object_or_404(
        Invitation.objects.waiting().select_related("company"), pk=invitation_id, company=company
    )


@require_POST
def resend(request: HttpRequest, company_id: int, invitation_id: int) -> HttpResponse:
    """A new link, that works as long as a new invitation; the old one stops working."""
    invitation = _of_company(request, company_id, invitation_id)
    send_invitation(
        request,
        invitation.company,
        email=invitation.email,
        role=MemberRole(invitation.role),
        refuse=lambda code: messages.error(request, INVITATION_MESSAGES[code]),
    )
    return redirect("profiles:members", company_id=company_id)


@require_POST
def withdraw(request: HttpRequest, company_id: int, invitation_id: int) -> HttpResponse:
    """The link stops working."""
    invitation = _of_company(request, company_id, invitation_id)
    try:
        services.withdraw_invitation(invitation_id=invitation.pk, by=cast("User", request.user))
        messages.success(
            request, _("The invitation to %(email)s is withdrawn.") % {"email": invitation.email}
        )
    except services.InvitationError:
        messages.error(request, _("This invitation was accepted in the meantime."))
    return redirect("profiles:members", company_id=company_id)


REFUSALS: dict[str, Any] = {
    "used": gettext_lazy("This invitation was used already, or withdrawn."),
    "expired": gettext_lazy(
        "This invitation has expired. Ask whoever invited you to send it again."
    ),
    "other_address": gettext_lazy(
        "This invitation was sent to another e-mail address than yours. Log out, and log in or "
        "create an account with the address that received the invitation."
    ),
    "government": gettext_lazy(
        "With an account of the government you cannot be a member of a company."
    ),
}


def _refusal(request: HttpRequest, invitation: Invitation) -> str:
    """The code of why this person cannot accept; empty when nothing stands in the way."""
    if invitation.accepted_at or invitation.withdrawn_at or invitation.company.is_closed:
        return "used"
    if invitation.is_expired:
        return "expired"
    user = request.user
    if user.is_authenticated and not services.is_invited(user=user, invitation=invitation):
        return "other_address"
    return ""


def _accept(request: HttpRequest, invitation: Invitation) -> HttpResponse:
    """The page of one invitation; accepting goes through the service, which decides."""
    refused = _refusal(request, invitation)
    asked = request.method == "POST" and request.user.is_authenticated and not refused
    form = AcceptTextsForm(request.POST if asked else None, label=PRIVACY_LABEL)
    if asked and form.is_valid():
        try:
            services.accept_invitation(invitation_id=invitation.pk, user=cast("User", request.user))
        except services.InvitationError as error:
            refused = error.code
        else:
            company = invitation.company
            switch_to(request, company)
            messages.success(
                request, _("You are now a member of %(company)s.") % {"company": company.name}
            )
            return redirect("profiles:company", company_id=company.pk)
    context = {
        "invitation": invitation,
        "company": invitation.company,
        "refusal": REFUSALS.get(refused, ""),
        "form": form,
        "privacy_template": f"profiles/privacy/{PRIVACY_VERSION}.html",
        "privacy_version": PRIVACY_VERSION,
    }
    return render(request, "profiles/invitation.html", context)


@never_cache
@login_not_required
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The link of the mail; somebody without log-in is told how to go on."""
    invitation = services.find_invitation(token)
    if invitation is None:
        raise Http404("No such invitation, or a newer one was sent")
    return _accept(request, invitation)


@require_http_methods(["GET", "HEAD", "POST"])
def own(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """An invitation to an address that this person confirmed; the mail is not needed."""
    invitation = (
        Invitation.objects.select_related("company", "invited_by").filter(pk=invitation_id).first()
    )
    user = cast("User", request.user)
    if invitation is None or not services.is_invited(user=user, invitation=invitation):
        raise Http404("No invitation for you")
    return _accept(request, invitation)
