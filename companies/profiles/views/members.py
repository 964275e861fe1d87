"""Who acts for a company."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from companies.profiles import access, selectors, services
from companies.profiles.current import role_of
from companies.profiles.enums import MemberRole
from companies.profiles.forms.members import AddMemberForm, RoleForm
from companies.profiles.models import Membership


@require_http_methods(["GET", "HEAD", "POST"])
def members(request: HttpRequest, company_id: int) -> HttpResponse:
    """The list; an owner adds somebody by e-mail address."""
    company = access.company_or_404(request.user, company_id)
    is_owner = role_of(request, company) == MemberRole.OWNER
    if request.method == "POST" and not is_owner:
        raise PermissionDenied
    form = AddMemberForm(request.POST if request.method == "POST" else None, company=company)
    if request.method == "POST" and form.is_valid():
        services.add_member(
            company_id=company.pk, user=form.user, role=MemberRole(form.cleaned_data["role"])
        )
        messages.success(request, _("%(person)s is now a member.") % {"person": form.user})
        return redirect("profiles:members", company_id=company.pk)
    context: dict[str, Any] = {
        "company": company,
        "members": selectors.members_of(company),
        "roles": MemberRole.choices,
        "is_owner": is_owner,
        "form": form if is_owner else None,
    }
    return render(request, "profiles/members.html", context)


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
        messages.error(request, _("Choose owner, editor or reader."))
    else:
        try:
            services.change_role(membership=membership, role=MemberRole(form.cleaned_data["role"]))
            messages.success(request, _("Saved."))
        except services.LastOwnerError:
            _refuse_last_owner(request)
    return redirect("profiles:members", company_id=company_id)


@require_POST
def remove(request: HttpRequest, company_id: int, membership_id: int) -> HttpResponse:
    """End a membership."""
    membership = _of_company(request, company_id, membership_id)
    try:
        services.remove_member(membership=membership)
        messages.success(
            request, _("%(person)s is no longer a member.") % {"person": membership.user}
        )
    except services.LastOwnerError:
        _refuse_last_owner(request)
    if not access.companies_visible_to(request.user).filter(pk=company_id).exists():
        return redirect("dashboards:home")
    return redirect("profiles:members", company_id=company_id)
