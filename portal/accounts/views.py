"""Pages of this room; log-in and sign-up pages are allauth's."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.accounts import services
from portal.accounts.forms import ProfileForm
from portal.accounts.models import User
from portal.accounts.selectors import has_second_factor


@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: HttpRequest) -> HttpResponse:
    """Name, language, and where to change password, e-mail address and second factor."""
    user = cast("User", request.user)  # log-in is required by default
    stored = {"full_name": user.full_name, "language": user.language}
    form = ProfileForm(request.POST or None, initial=stored)
    if request.method == "POST" and form.is_valid():
        services.update_profile(user=user, **form.cleaned_data)
        response = redirect("accounts:profile")
        _remember(response, user.language)
        if user.language:
            translation.activate(user.language)  # the message is read in the new language
        messages.success(request, _("Your details have been saved."))
        return response
    context = {
        "form": form,
        "has_second_factor": has_second_factor(user),
        "has_providers": bool(settings.SOCIALACCOUNT_PROVIDERS),
    }
    return render(request, "account/profile.html", context)


def _remember(response: HttpResponse, language: str) -> None:
    """Keep the language in the cookie, for the pages before log-in."""
    if not language:
        response.delete_cookie(settings.LANGUAGE_COOKIE_NAME)
        return
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite=settings.LANGUAGE_COOKIE_SAMESITE,
    )
