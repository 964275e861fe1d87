"""Terms and privacy statement: read any version, accept the newest."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from companies.profiles import services
from companies.profiles.content.terms import (
    PRIVACY_VERSION,
    PRIVACY_VERSIONS,
    TERMS_VERSION,
    TERMS_VERSIONS,
)
from companies.profiles.current import texts_to_accept
from companies.profiles.enums import LegalText
from companies.profiles.forms.members import AcceptTextsForm
from portal.accounts.models import User

VERSIONS = {LegalText.TERMS: TERMS_VERSIONS, LegalText.PRIVACY: PRIVACY_VERSIONS}
PRIVACY_LABEL = gettext_lazy("I accept the new privacy statement")
TERMS_LABEL = gettext_lazy("I accept the new terms for my company")
BOTH_LABEL = gettext_lazy("I accept the new privacy statement, and the new terms for my company")


def template_of(text: LegalText, version: str) -> str:
    """Where the words of a version stand."""
    return f"profiles/{text.value}/{version}.html"


@login_not_required
@require_safe
def read(request: HttpRequest, text: str, version: str = "") -> HttpResponse:
    """One version, with links to the others; the newest when none is named."""
    if text not in LegalText.values:
        raise Http404("No such text")
    which = LegalText(text)
    version = version or VERSIONS[which][0]
    if version not in VERSIONS[which]:
        raise Http404("No such version")
    context = {
        "text": which,
        "label": which.label,
        "version": version,
        "versions": VERSIONS[which],
        "is_newest": version == VERSIONS[which][0],
        "text_template": template_of(which, version),
    }
    return render(request, "profiles/text.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def accept(request: HttpRequest) -> HttpResponse:
    """What a newer version asks of this person; nothing else waits for it."""
    privacy, companies = texts_to_accept(request)
    label = BOTH_LABEL if privacy and companies else TERMS_LABEL if companies else PRIVACY_LABEL
    asked = privacy or bool(companies)
    form = AcceptTextsForm(
        request.POST if request.method == "POST" and asked else None, label=label
    )
    if request.method == "POST" and asked and form.is_valid():
        services.accept_texts(
            user=cast("User", request.user), company_ids=[company.pk for company in companies]
        )
        messages.success(request, _("Thank you. Your acceptance is recorded."))
        return redirect("dashboards:home")
    context = {
        "form": form if asked else None,
        "privacy": privacy,
        "companies": companies,
        "terms_template": template_of(LegalText.TERMS, TERMS_VERSION),
        "privacy_template": template_of(LegalText.PRIVACY, PRIVACY_VERSION),
        "terms_version": TERMS_VERSION,
        "privacy_version": PRIVACY_VERSION,
        "acceptances": list(
            cast("User", request.user)
            .acceptances.select_related("company")
            .order_by("-accepted_at", "-pk")
        ),
    }
    return render(request, "profiles/accept_texts.html", context)
