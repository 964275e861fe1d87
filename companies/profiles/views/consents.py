"""What a company agrees to: anybody of the company sees it, an owner decides."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from companies.profiles import access, selectors, services
from companies.profiles.current import role_of
from companies.profiles.enums import ConsentPurpose, MemberRole
from portal.accounts.models import User


@require_safe
def consents(request: HttpRequest, company_id: int) -> HttpResponse:
    """Each purpose with its text, what holds now, and what was before."""
    company = access.company_or_404(request.user, company_id)
    context = {
        "company": company,
        "states": selectors.consents_of(company),
        "is_owner": role_of(request, company) == MemberRole.OWNER,
    }
    return render(request, "profiles/consents.html", context)


def _purpose(word: str) -> ConsentPurpose:
    try:
        return ConsentPurpose(word)
    except ValueError:
        raise Http404("No such purpose") from None


@require_POST
def give(request: HttpRequest, company_id: int, purpose: str) -> HttpResponse:
    """Agree to a purpose."""
    company = access.owned_company_or_403(request.user, company_id)
    services.give_consent(
        company_id=company.pk, purpose=_purpose(purpose), by=cast("User", request.user)
    )
    messages.success(request, _("Your consent is kept. You can withdraw it here at any time."))
    return redirect("profiles:consents", company_id=company.pk)


@require_POST
def withdraw(request: HttpRequest, company_id: int, purpose: str) -> HttpResponse:
    """Take a consent back."""
    company = access.owned_company_or_403(request.user, company_id)
    services.withdraw_consent(
        company_id=company.pk, purpose=_purpose(purpose), by=cast("User", request.user)
    )
    messages.success(request, _("Your consent is withdrawn, with effect from now."))
    return redirect("profiles:consents", company_id=company.pk)
