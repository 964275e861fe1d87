"""Sign-up: type a number, see what the register knows, confirm."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods

from companies.profiles import selectors, services
from companies.profiles.content.legal_forms import LEGAL_FORMS
from companies.profiles.content.terms import PRIVACY_VERSION, TERMS_VERSION
from companies.profiles.current import switch_to
from companies.profiles.forms.sign_up import ConfirmForm, NumberForm
from companies.register.domain.numbers import (
    NumberError,
    format_enterprise_number,
    parse_enterprise_number,
)
from companies.register.models import Enterprise
from portal.accounts.models import User
from portal.accounts.roles import is_government

STEPS = (gettext_lazy("Enterprise number"), gettext_lazy("Check and confirm"))


def _company_user(request: HttpRequest) -> User:
    """The person who signs up; government staff follow companies and own none."""
    if is_government(request.user):
        raise PermissionDenied
    return cast("User", request.user)


def _first_step(request: HttpRequest, form: NumberForm) -> HttpResponse:
    user = cast("User", request.user)
    context = {
        "form": form,
        "steps_labels": STEPS,
        "invitations": list(selectors.invitations_for(user, timezone.now())),
        "join_requests": list(selectors.join_requests_of(user)[:20]),
    }
    return render(request, "profiles/sign_up.html", context)


@require_http_methods(["GET", "POST"])
def sign_up(request: HttpRequest) -> HttpResponse:
    """Step 1: the enterprise number."""
    _company_user(request)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        return redirect("profiles:sign_up_confirm", number=form.cleaned_data["number"])
    if form.has_error("number", "already_signed_up"):
        return redirect("profiles:join", number=form.typed_number)
    return _first_step(request, form)


def _known(number: str, enterprise: Enterprise | None) -> dict[str, Any]:
    """What the page shows from the register."""
    known: dict[str, Any] = {
        "number": format_enterprise_number(number),
        "enterprise": enterprise,
        "establishments": [],
        "nace": [],
        "legal_form": "",
    }
    if enterprise is not None:
        establishments = list(enterprise.establishments.all())
        known["establishments"] = establishments
        known["legal_form"] = LEGAL_FORMS.get(enterprise.legal_form, enterprise.legal_form)
        known["nace"] = selectors.nace_of(enterprise)
    return known


@require_http_methods(["GET", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Step 2: what the register knows, what it does not, and the terms."""
    user = _company_user(request)
    try:
        number = parse_enterprise_number(number)
    except NumberError:
        raise Http404("Not an enterprise number") from None
    first = NumberForm({"number": format_enterprise_number(number)})
    if first.has_error("number", "already_signed_up"):  # meanwhile
        return redirect("profiles:join", number=number)
    if not first.is_valid():  # struck off meanwhile
        return _first_step(request, first)
    enterprise = services.check_sign_up(number)
    data = request.POST if request.method == "POST" else None
    form = ConfirmForm(data, enterprise=enterprise)
    if request.method == "POST" and form.is_valid():
        try:
            company = services.sign_up_company(
                user=user,
                enterprise_number=number,
                name=form.cleaned_data.get("name", ""),
                postcode=form.cleaned_data.get("postcode", ""),
            )
        except services.SignUpError as error:
            form.refuse(error.code)
        else:
            switch_to(request, company)
            messages.success(
                request,
                _("%(company)s is signed up. An adviser will verify it. Fill in the profile now.")
                % {"company": company.name},
            )
            return redirect("profiles:company", company_id=company.pk)
    context = _known(number, enterprise) | {"form": form, "terms_version": TERMS_VERSION}
    context["steps_labels"] = STEPS
    context["terms_template"] = f"profiles/terms/{TERMS_VERSION}.html"
    context["privacy_template"] = f"profiles/privacy/{PRIVACY_VERSION}.html"
    context["privacy_version"] = PRIVACY_VERSION
    return render(request, "profiles/sign_up_confirm.html", context)
