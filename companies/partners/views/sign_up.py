"""Sign-up of an organisation: find it in the register, look at it, confirm."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from companies.partners import selectors, services
from companies.partners.content.terms import PARTNER_TERMS_VERSION
from companies.partners.enums import Capacity
from companies.partners.forms.sign_up import SIGN_UP_MESSAGES, RequestForm
from companies.partners.models import Partner
from companies.profiles.content.terms import PRIVACY_VERSION
from companies.register.domain.numbers import (
    ENTERPRISE_STARTS,
    NumberError,
    format_number,
    parse_establishment_number,
)
from companies.register.forms import SearchForm
from companies.register.models import Enterprise, Establishment
from companies.register.searching.paging import found_page
from companies.register.searching.question import Question
from companies.register.selectors import establishments_found
from portal.accounts.limits import within_limit
from portal.accounts.models import User
from portal.accounts.roles import is_government
from portal.common.mail import origin_of

STEPS = (gettext_lazy("Find your organisation"), gettext_lazy("Check and confirm"))
PER_PAGE = 20
TERMS_TEMPLATE = f"partners/terms/{PARTNER_TERMS_VERSION}.html"


def _person(request: HttpRequest) -> User:
    """Who signs up; government staff record partners and act for none."""
    if is_government(request.user):
        raise PermissionDenied
    return cast("User", request.user)


@require_safe
def sign_up(request: HttpRequest) -> HttpResponse:
    """Step 1: by name or number; a number of one establishment leads on at once."""
    _person(request)
    form = SearchForm(request.GET or None, request=request)
    number = form.number if form.is_valid() else ""
    if number and number[0] not in ENTERPRISE_STARTS:
        return redirect("partners:sign_up_confirm", number=number)
    return _first_step(request, form, number)


def _first_step(
    request: HttpRequest, form: SearchForm, number: str = "", problem: str = ""
) -> HttpResponse:
    question = form.question if form.is_valid() else Question()
    page, found = found_page(question, request.GET.get("page"), PER_PAGE)
    places = establishments_found(found.hits) if found.hits else []
    if number:
        problem = _problem_of_enterprise(number, has_places=bool(places))
    context = {
        "form": form,
        "page": page,
        "rows": [] if problem else [(place, format_number(place.pk)) for place in places],
        "was_asked": not question.is_empty,
        "problem": SIGN_UP_MESSAGES.get(problem, ""),
        "steps_labels": STEPS,
        "requests": list(selectors.requests_of_person(_person(request))[:20]),
    }
    return render(request, "partners/sign_up.html", context)


def _problem_of_enterprise(number: str, *, has_places: bool) -> str:
    """Why an enterprise number leads to no establishment to sign up; empty when it does."""
    is_active = Enterprise.objects.filter(pk=number).values_list("is_active", flat=True).first()
    if is_active is None:
        return "unknown"
    if not is_active:
        return "struck_off"
    return "" if has_places else "nothing_active"


def _number(word: str) -> str:
    try:
        return parse_establishment_number(word)
    except NumberError:
        raise Http404("Not an establishment number") from None


def _known(place: Establishment) -> dict[str, Any]:
    """What both pages show from the register, and the texts."""
    enterprise = place.enterprise
    street = " ".join(filter(None, (place.street, place.house_number)))
    town = " ".join(filter(None, (place.postcode, place.municipality)))
    facts = [
        (_("Name"), place.name),
        (_("Establishment number"), format_number(place.pk)),
        (_("Address"), ", ".join(filter(None, (street, town)))),
        (_("Enterprise"), "" if enterprise.is_natural_person else enterprise.name),
        (_("Enterprise number"), format_number(enterprise.pk)),
    ]
    return {
        "place": place,
        "facts": [(label, value) for label, value in facts if value],
        "terms_template": TERMS_TEMPLATE,
        "terms_version": PARTNER_TERMS_VERSION,
        "privacy_template": f"profiles/privacy/{PRIVACY_VERSION}.html",
        "privacy_version": PRIVACY_VERSION,
        "steps_labels": STEPS,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, number: str) -> HttpResponse:
    """Step 2: what the register says, in what function one acts, and the terms."""
    user, number = _person(request), _number(number)
    try:
        place = services.check_sign_up(number=number, user=user)
    except services.SignUpError as error:
        return _not_possible(request, number, error.code)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if not within_limit(request, "join"):
            form.add_error(None, SIGN_UP_MESSAGES["too_many"])
        else:
            return _signed_up(request, number, form)
    recorded = Partner.objects.verified().filter(establishment=place).exists()
    context = _known(place) | {"form": form, "nace": selectors.nace_lines(place)}
    return render(request, "partners/sign_up_confirm.html", context | {"is_recorded": recorded})


def _signed_up(request: HttpRequest, number: str, form: RequestForm) -> HttpResponse:
    try:
        asked = services.sign_up_partner(
            establishment_number=number,
            user=cast("User", request.user),
            capacity=Capacity(form.cleaned_data["capacity"]),
            message=form.cleaned_data["message"],
            now=timezone.now(),
        )
    except services.SignUpError as error:
        return _not_possible(request, number, error.code)
    name = asked.partner.establishment.name
    if asked.partner.is_pending:
        text = _(
            "%(name)s is signed up. An adviser checks it. You can already say what you seek; "
            "nobody else sees it before that."
        )
        messages.success(request, text % {"name": name})
        return redirect("partners:partner", pk=asked.partner_id)
    text = _("You asked to act for %(name)s. An adviser checks it, and you get a mail.")
    messages.success(request, text % {"name": name})
    return redirect("partners:sign_up")


def _not_possible(request: HttpRequest, number: str, code: str) -> HttpResponse:
    """Why this establishment cannot be signed up by this person, and where to go on."""
    if code == "taken":
        return redirect("partners:join", number=number)
    if code == "already_contact":
        partner = Partner.objects.get(establishment=number)
        messages.info(request, SIGN_UP_MESSAGES[code])
        return redirect("partners:partner", pk=partner.pk)
    form = SearchForm({"q": format_number(number), "province": ""}, request=request)
    form.is_valid()
    form.add_error("q", SIGN_UP_MESSAGES[code])
    return _first_step(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, number: str) -> HttpResponse:
    """Ask to join; shows no more of the organisation than the register does."""
    user = _person(request)
    rows = Partner.objects.select_related("establishment__enterprise")
    partner = get_object_or_404(rows, establishment=_number(number))
    try:
        services.check_sign_up(number=partner.establishment_id, user=user)
    except services.SignUpError as error:
        if error.code != "taken":
            return _not_possible(request, partner.establishment_id, error.code)
    else:
        return redirect("partners:sign_up_confirm", number=partner.establishment_id)
    form = RequestForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and _asked(request, partner, form):
        return redirect("partners:sign_up")
    return render(request, "partners/join.html", _known(partner.establishment) | {"form": form})


def _asked(request: HttpRequest, partner: Partner, form: RequestForm) -> bool:
    """Make the request within the limits; what went wrong stands in the form."""
    if not within_limit(request, "join"):
        form.add_error(None, SIGN_UP_MESSAGES["too_many"])
        return False
    try:
        services.request_to_join(
            partner_id=partner.pk,
            user=cast("User", request.user),
            capacity=Capacity(form.cleaned_data["capacity"]),
            message=form.cleaned_data["message"],
            now=timezone.now(),
            origin=origin_of(request),
        )
    except services.RequestError as error:
        form.add_error(None, SIGN_UP_MESSAGES[error.code])
        return False
    messages.success(request, _("Your request is sent. You get a mail with the answer."))
    return True
