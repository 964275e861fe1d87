"""The list of partners, one partner, its description and its contacts."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.partners import access, selectors, services
from companies.partners.enums import NEED_LABELS, SharePurpose
from companies.partners.filters import PartnerFilter, StaffPartnerFilter
from companies.partners.forms.partner import ContactForm, DescriptionForm, RecordForm
from companies.partners.forms.sign_up import RefusalForm
from companies.partners.merging.selectors import surviving_partner
from companies.partners.models import Partner, PartnerContact
from companies.partners.opt_out.selectors import opted_out_among
from companies.register.domain.numbers import format_number
from portal.accounts.roles import may_see_companies

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def partner_list(request: HttpRequest) -> HttpResponse:
    """Staff search all partners and record one; verified companies those that are shown."""
    is_staff = may_see_companies(request.user)
    if not is_staff and not access.acts_for_verified_company(request.user):
        raise PermissionDenied
    form = RecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not is_staff:
            raise PermissionDenied
        if form.is_valid():
            partner = services.record_partner(establishment_number=form.cleaned_data["number"])
            return redirect("partners:conversations", pk=partner.pk)
    partners = access.partners_visible_to(request.user)
    kind = StaffPartnerFilter if is_staff else PartnerFilter
    chosen = kind(request.GET or None, queryset=partners)
    found = chosen.qs if chosen.is_valid() or not request.GET else partners.none()
    rows = selectors.with_needs(found, timezone.localdate())
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": chosen,
        "form": form,
        "is_staff": is_staff,
    }
    return render(request, "partners/partner_list.html", context)


def _shown(partner: Partner, *, sees_all: bool) -> dict[str, Any]:
    """What the page of a partner holds, for those who act for it or as companies see it."""
    needs = selectors.sorted_needs(selectors.needs_of(partner), timezone.localdate())
    enterprise = partner.establishment.enterprise
    is_shown = selectors.has_consent(partner, SharePurpose.SHOW)
    is_opted_out = bool(opted_out_among([partner.establishment]))
    return {
        "partner": partner,
        "establishment": partner.establishment,
        "number": format_number(partner.establishment.number),
        "enterprise_number": format_number(enterprise.number),
        # The name of a natural person is personal data.
        "enterprise_name": "" if enterprise.is_natural_person and not sees_all else enterprise.name,
        "nace": selectors.nace_lines(partner.establishment),
        "needs": needs,
        "is_shown": is_shown and partner.is_verified and not is_opted_out,
        "is_opted_out": is_opted_out,
        "agreed": is_shown,
        "sees_contact": sees_all or selectors.has_consent(partner, SharePurpose.CONTACT),
    }


@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register says and what the partner seeks; its home for who acts for it.

    A partner that was merged leads to the one that stands.
    """
    try:
        found = access.partner_or_404(request.user, pk)
    except Http404:
        survivor = surviving_partner(pk)
        if survivor is None:
            raise
        return redirect("partners:partner", pk=survivor)
    is_own = access.acts_for(request.user, found)
    can_edit = is_own or may_see_companies(request.user)
    context = _shown(found, sees_all=can_edit) | {
        "can_edit": can_edit,
        "is_own": is_own,
        "is_staff": may_see_companies(request.user),
    }
    if can_edit:
        context |= {
            "contacts": selectors.contacts_of(found),
            "conversations": selectors.conversations_of(found),
            "requests": selectors.requests_of_partner(found),
            "free": [(one.value, NEED_LABELS[one]) for one in context["needs"].free],
        }
    return render(request, "partners/partner.html", context)


@require_safe
def as_company(request: HttpRequest, pk: int) -> HttpResponse:
    """The page as a verified company sees it, for who may change it."""
    found = access.editable_partner_or_403(request.user, pk)
    context = _shown(found, sees_all=False) | {"as_company": True, "can_edit": False}
    return render(request, "partners/partner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """What the organisation does, in its own words."""
    found = access.editable_partner_or_403(request.user, pk)
    form = DescriptionForm(
        request.POST if request.method == "POST" else None,
        initial={"description": found.description},
    )
    if request.method == "POST" and form.is_valid():
        services.describe_partner(partner_id=found.pk, description=form.cleaned_data["description"])
        messages.success(request, _("Saved."))
        return redirect("partners:partner", pk=found.pk)
    context = {
        "partner": found,
        "form": form,
        "is_opted_out": bool(opted_out_among([found.establishment])),
    }
    return render(request, "partners/partner_edit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def contacts(request: HttpRequest, pk: int) -> HttpResponse:
    """Who acts for the partner and who asks to; add somebody by e-mail address."""
    found = access.editable_partner_or_403(request.user, pk)
    _only_when_verified(request, found)
    form = ContactForm(request.POST if request.method == "POST" else None, partner=found)
    if request.method == "POST" and form.is_valid():
        services.add_contact(partner_id=found.pk, user=form.user)
        messages.success(request, _("%(person)s is now a contact.") % {"person": form.user})
        return redirect("partners:contacts", pk=found.pk)
    requests = list(selectors.requests_of_partner(found))
    context = {
        "partner": found,
        "form": form,
        "refusal": RefusalForm(),
        "contacts": selectors.contacts_of(found),
        "requests": [one for one in requests if access.may_answer(request.user, one)],
    }
    return render(request, "partners/contacts.html", context)


def _only_when_verified(request: HttpRequest, partner: Partner) -> None:
    """Nobody brings colleagues in before an adviser has looked at the sign-up."""
    if not partner.is_verified and not may_see_companies(request.user):
        raise PermissionDenied


@require_POST
def contact_remove(request: HttpRequest, pk: int, contact_id: int) -> HttpResponse:
    """Somebody no longer acts for the partner."""
    found = access.editable_partner_or_403(request.user, pk)
    contact = get_object_or_404(
        PartnerContact.objects.select_related("user"), pk=contact_id, partner=found
    )
    services.remove_contact(contact=contact)
    messages.success(request, _("%(person)s is no longer a contact.") % {"person": contact.user})
    if contact.user_id == request.user.pk:
        return redirect("dashboards:home")
    return redirect("partners:contacts", pk=found.pk)
