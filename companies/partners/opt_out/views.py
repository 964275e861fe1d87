"""Pages to opt out: behind the link without log-in, by a code, and for staff and contacts.

Opening a page never changes anything, so that programs which open the links in a mail do
no harm. The forms carry the signed number in their body and not in their address: what
keeps addresses (history, reports about the page's policy) never sees it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

import pghistory
from csp.decorators import csp_replace
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from companies.partners import access
from companies.partners.opt_out import links, services
from companies.partners.opt_out.forms import CodeForm, OptOutForm, UndoForm
from companies.partners.opt_out.models import BY_STAFF, OptOut, Way
from companies.partners.opt_out.selectors import Standing, standing_of
from companies.register.domain.numbers import NumberError, parse_number
from portal.accounts.limits import within_limit
from portal.accounts.models import User
from portal.common.mail import origin_of

View = Callable[..., HttpResponse]


def _discreet(view: View) -> Callable[..., HttpResponseBase]:
    """Of no use to search engines, caches, other sites or policy reports.

    ``strict-origin`` keeps the address to itself; under ``no-referrer`` a browser would not
    say either where a form comes from, and the check against forged forms refuses that.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["Referrer-Policy"] = "strict-origin"
        response["X-Robots-Tag"] = "noindex, nofollow"
        return response

    quiet = csp_replace({"report-uri": None})(answer)
    return login_not_required(never_cache(quiet))


def _too_many(request: HttpRequest) -> HttpResponse:
    return render(request, "429.html", status=429)


def _broken(request: HttpRequest) -> HttpResponse:
    """The link is not one of ours, or not all of it arrived."""
    context = {"form": CodeForm()}
    response = render(request, "partners/opt_out_broken.html", context, status=404)
    # Django logs the address of what is not found: this one may be a link but for its last letter.
    response._has_been_logged = True  # type: ignore[attr-defined]
    return response


@_discreet
@require_http_methods(["GET", "HEAD", "POST"])
def by_code(request: HttpRequest) -> HttpResponse:
    """Number and code of a letter lead to the same page as the link."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        key = request.POST.get("number", "")[:40]
        if not within_limit(request, "opt_out_code", key=_digits(key)):
            return _too_many(request)
        if form.is_valid():
            return redirect(links.path_for(form.cleaned_data["number"]))
    return render(request, "partners/opt_out_code.html", {"form": form})


def _digits(text: str) -> str:
    return "".join(filter(str.isdigit, text))


@csrf_exempt
@_discreet
@require_http_methods(["GET", "HEAD", "POST"])
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """What the portal does and what can be chosen; a POST is the one click of a mail program."""
    number = links.number_of(token)
    if number is None:
        return _broken(request)
    if request.method != "POST":
        return _page(request, standing_of(number))
    if request.POST.get("List-Unsubscribe") != "One-Click":
        return HttpResponse(status=400)
    if not within_limit(request, "opt_out", key=number):
        return _too_many(request)
    # The history keeps the address of a request, and this one would work for its reader.
    with pghistory.context(url=reverse("partners:opt_out_confirm")):
        services.opt_out(number=number, way=Way.LINK, now=timezone.now(), origin=origin_of(request))
    return HttpResponse(status=200)


def _page(request: HttpRequest, standing: Standing, form: OptOutForm | None = None) -> HttpResponse:
    context = {
        "standing": standing,
        "token": links.token_for(standing.number),
        "form": form or OptOutForm(standing=standing),
    }
    return render(request, "partners/opt_out.html", context)


def _signed(request: HttpRequest) -> Standing | HttpResponse:
    """What the signed number in the form stands for, or the answer that refuses."""
    number = links.number_of(request.POST.get("token", "")[:200])
    if number is None:
        return _broken(request)
    if not within_limit(request, "opt_out", key=number):
        return _too_many(request)
    return standing_of(number)


@_discreet
@require_POST
def confirm(request: HttpRequest) -> HttpResponse:
    """Opt out, as the page behind the link asked."""
    standing = _signed(request)
    if isinstance(standing, HttpResponse):
        return standing
    form = OptOutForm(request.POST, standing=standing)
    if standing.scopes and not form.is_valid():
        return _page(request, standing, form)
    if standing.scopes:
        services.opt_out(
            number=form.cleaned_data["scope"],
            way=Way.LINK,
            now=timezone.now(),
            reason=form.cleaned_data["reason"],
            origin=origin_of(request),
        )
        messages.success(request, _("Done: you get no proposals any more, from now on."))
    return redirect(links.path_for(standing.number))


@_discreet
@require_POST
def undo(request: HttpRequest) -> HttpResponse:
    """Take an opt-out back, through the link that made it."""
    standing = _signed(request)
    if isinstance(standing, HttpResponse):
        return standing
    form = UndoForm(request.POST, standing=standing, asks_reason=False)
    # Somebody else may have taken it back meanwhile: then the page shows how it stands.
    if form.is_valid() and services.withdraw(
        number=form.cleaned_data["number"],
        way=Way.LINK,
        now=timezone.now(),
        origin=origin_of(request),
    ):
        messages.success(request, _("Your opt-out is taken back."))
    return redirect(links.path_for(standing.number))


# With log-in: staff after a conversation, contacts of the partner themselves.


def _managed(request: HttpRequest, number: str) -> Standing:
    try:
        parsed = parse_number(number)
    except NumberError:
        raise Http404("No such number") from None
    if not access.may_opt_out(request.user, parsed):
        raise PermissionDenied
    return standing_of(parsed)


def _managing(
    request: HttpRequest,
    standing: Standing,
    *,
    form: OptOutForm | None = None,
    undo_form: UndoForm | None = None,
) -> HttpResponse:
    asks_reason = services.way_of(cast("User", request.user)) in BY_STAFF
    partner = access.partners_visible_to(request.user).filter(establishment=standing.number).first()
    rows: list[tuple[OptOut, UndoForm]] = []
    for row in standing.in_force:
        sent = undo_form is not None and undo_form.data.get("number") == row.number
        blank = UndoForm(
            standing=standing,
            asks_reason=asks_reason,
            initial={"number": row.number},
            auto_id=f"id_{row.number}_%s",
        )
        rows.append((row, undo_form if sent and undo_form is not None else blank))
    context = {
        "standing": standing,
        "form": form or OptOutForm(standing=standing),
        "rows": rows,
        "partner": partner,
        "is_staff": asks_reason,
        "link": f"{origin_of(request)}{links.path_for(standing.number)}",
        "code": links.code_for(standing.number),
        "code_page": f"{origin_of(request)}{reverse('partners:opt_out_code')}",
    }
    return render(request, "partners/opt_out_manage.html", context)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, number: str) -> HttpResponse:
    """How a number stands, its link to copy or print, and opting out on its behalf."""
    standing = _managed(request, number)
    if request.method != "POST" or not standing.scopes:
        return _managing(request, standing)
    form = OptOutForm(request.POST, standing=standing)
    if not form.is_valid():
        return _managing(request, standing, form=form)
    user = cast("User", request.user)
    services.opt_out(
        number=form.cleaned_data["scope"],
        way=services.way_of(user),
        now=timezone.now(),
        by=user,
        reason=form.cleaned_data["reason"],
        origin=origin_of(request),
    )
    messages.success(request, _("The opt-out is recorded and holds from now on."))
    return redirect("partners:opt_out_manage", number=standing.number)


@require_POST
def manage_undo(request: HttpRequest, number: str) -> HttpResponse:
    """Take an opt-out back: the partner itself, or staff with a reason."""
    standing = _managed(request, number)
    user = cast("User", request.user)
    way = services.way_of(user)
    form = UndoForm(request.POST, standing=standing, asks_reason=way in BY_STAFF)
    if not form.is_valid():
        return _managing(request, standing, undo_form=form)
    if services.withdraw(
        number=form.cleaned_data["number"],
        way=way,
        now=timezone.now(),
        by=user,
        reason=form.cleaned_data.get("reason", ""),
        origin=origin_of(request),
    ):
        messages.success(request, _("The opt-out is taken back."))
    return redirect("partners:opt_out_manage", number=standing.number)
