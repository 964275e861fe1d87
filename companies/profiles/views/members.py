"""Who acts for a company."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.profiles import access, selectors, services
from companies.profiles.current import role_of
from companies.profiles.enums import MemberRole, VerificationStatus
from companies.profiles.forms.members import ROLE_UNKNOWN, InviteForm, RoleForm
from companies.profiles.models import Company, Membership
from companies.profiles.views.invitations import send_invitation
from portal.accounts.models import User
from portal.common.mail import origin_of


def _page(
    request: HttpRequest, company: Company, role: MemberRole | None, form: InviteForm
) -> dict[str, Any]:
    is_owner = role == MemberRole.OWNER and not company.is_closed
    found = list(selectors.members_of(company))
    is_run = any(row.role == MemberRole.OWNER and row.user.is_active for row in found)
    by_staff = not is_run or company.status == VerificationStatus.DECLINED
    reviews = by_staff and not company.is_closed and access.may_review(request.user, company)
    decides = reviews if by_staff else is_owner
    return {
        "company": company,
        "members": found,
        "me": request.user,
        "role": role,
        "roles": MemberRole.choices,
        "is_owner": is_owner,
        "decides": decides,
        "may_appoint": reviews and not is_run,
        "form": form if is_owner else None,
        "invitations": list(selectors.waiting_invitations(company)) if is_owner else [],
        "requests": (
            list(selectors.open_join_requests(company, timezone.now()))
            if decides or is_owner
            else []
        ),
    }


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, company_id: int) -> HttpResponse:
    """Members, invitations and requests to join; an owner invites somebody by e-mail."""
    company = access.company_or_404(request.user, company_id)
    role = role_of(request, company)
    if request.method == "POST":
        access.owned_company_or_403(request.user, company.pk)
    form = InviteForm(request.POST if request.method == "POST" else None)
    if (
        request.method == "POST"
        and form.is_valid()
        and send_invitation(
            request,
            company,
            email=form.cleaned_data["email"],
            role=MemberRole(form.cleaned_data["role"]),
            refuse=form.refuse,
        )
    ):
        return redirect("profiles:members", company_id=company.pk)
    return render(request, "profiles/members.html", _page(request, company, role, form))


def _of_company(request: HttpRequest, company_id: int, membership_id: int) -> Membership:
    company = access.owned_company_or_403(request.user, company_id)
    return get_object_or_404(
        Membership.objects.select_related("user"), pk=membership_id, company=company
    )


def _refuse_last_owner(request: HttpRequest) -> None:
    messages.error(request, _("A company always has an owner. Make somebody else owner first."))


@require_POST
def change_role(request: HttpRequest, company_id: int, membership_id: int) -> HttpResponse:
    """Give a member another role."""
    membership = _of_company(request, company_id, membership_id)
    form = RoleForm(request.POST)
    if not form.is_valid():
        messages.error(request, ROLE_UNKNOWN)
    else:
        try:
            services.change_role(membership=membership, role=MemberRole(form.cleaned_data["role"]))
            messages.success(request, _("Saved."))
        except services.LastOwnerError:
            _refuse_last_owner(request)
        except Membership.DoesNotExist:
            raise Http404 from None  # left in the same moment
    return redirect("profiles:members", company_id=company_id)


def _end(request: HttpRequest, membership: Membership, done: str) -> HttpResponse:
    """End a membership and go where the person may still look."""
    company_id = membership.company_id
    try:
        services.remove_member(membership=membership)
        messages.success(request, done)
    except services.LastOwnerError:
        _refuse_last_owner(request)
    except Membership.DoesNotExist:
        raise Http404 from None  # left in the same moment
    if not access.companies_visible_to(request.user).filter(pk=company_id).exists():
        return redirect("dashboards:home")
    return redirect("profiles:members", company_id=company_id)


@require_POST
def remove(request: HttpRequest, company_id: int, membership_id: int) -> HttpResponse:
    """An owner ends a membership."""
    membership = _of_company(request, company_id, membership_id)
    done = _("%(person)s is no longer a member.") % {"person": membership.user}
    return _end(request, membership, done)


@require_POST
def leave(request: HttpRequest, company_id: int) -> HttpResponse:
    """A member leaves the company."""
    company = access.company_or_404(request.user, company_id)
    membership = Membership.objects.filter(company=company, user=cast("User", request.user)).first()
    if membership is None:
        raise PermissionDenied
    done = _("You are no longer a member of %(company)s.") % {"company": company.name}
    return _end(request, membership, done)


@require_POST
def appoint(request: HttpRequest, company_id: int, membership_id: int) -> HttpResponse:
    """Staff make a member owner where no owner has an active account."""
    company = access.reviewable_company_or_403(request.user, company_id)
    membership = get_object_or_404(
        Membership.objects.select_related("user"), pk=membership_id, company=company
    )
    try:
        services.appoint_owner(membership=membership, origin=origin_of(request))
        messages.success(request, _("%(person)s is now owner.") % {"person": membership.user})
    except Membership.DoesNotExist:
        raise Http404 from None  # left in the same moment
    except ValueError:
        messages.error(
            request,
            _("This is possible only while all owners are blocked, for an active account."),
        )
    return redirect("profiles:members", company_id=company_id)
