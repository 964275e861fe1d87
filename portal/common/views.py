"""Pages of the cellar: language, gallery, statements, CSP reports."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import LANGUAGE_QUERY_PARAMETER
from django.views.i18n import set_language as django_set_language

from portal.common import gallery as samples
from portal.common import language, services
from portal.common.domain import csp


@login_not_required
@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    """Keep the chosen language in a cookie and, by hook, with the user; go back."""
    chosen = request.POST.get(LANGUAGE_QUERY_PARAMETER, "")
    if chosen in dict(settings.LANGUAGES):
        language.changed(request, chosen)
    response: HttpResponse = django_set_language(request)
    return response


@require_safe
def gallery(request: HttpRequest) -> HttpResponse:
    """Every component with sample data, for whoever builds or checks pages."""
    return render(request, "common/gallery.html", samples.sample_context())


@login_not_required
@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement."""
    return render(request, "common/accessibility.html")


@login_not_required
@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """What the portal keeps about people, and what it does not."""
    return render(request, "common/privacy.html")


@login_not_required
@csrf_exempt
@require_POST
def csp_report(request: HttpRequest) -> HttpResponse:
    """Take a browser's report of something that the content security policy stopped."""
    try:
        length = int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return HttpResponse(status=400)
    if length > csp.MAXIMUM_BYTES:
        return HttpResponse(status=413)
    reports = csp.read_reports(request.read(csp.MAXIMUM_BYTES))
    if not reports:
        return HttpResponse(status=400)
    services.keep_csp_reports(reports=reports, now=timezone.now())
    return HttpResponse(status=204)
