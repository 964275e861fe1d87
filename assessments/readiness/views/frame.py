"""What the pages of this room share."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from assessments.readiness.models import Scan
from portal.accounts.models import User
from portal.common import autosave


class MemberRequest(HttpRequest):
    """A request behind the log-in, which the middleware demands."""

    user: User


def already_submitted(request: MemberRequest, scan: Scan) -> HttpResponse:
    """Somebody submitted the scan while this page was open: say so on the result page.

    A page that saves itself says it where it stands.
    """
    text = _("This scan was already submitted. Nothing was changed; start a new one.")
    if autosave.is_autosave(request):
        return autosave.answer_refused(text)
    messages.warning(request, text)
    return redirect("readiness:result", scan_id=scan.pk)
