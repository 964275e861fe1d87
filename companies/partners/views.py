"""Pages of partners."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.partners import access, selectors, services
from companies.partners.forms import ContactForm, PartnerForm, RecordForm
from companies.partners.merging.selectors import surviving_partner
from companies.partners.models import PartnerContact
from companies.partners.opt_out.selectors import opted_out_among
from companies.register.domain.numbers import format_number
from portal.accounts.models import User
from portal.accounts.roles import may_see_companies

PER_PAGE = 25


@require_http_methods(["GET", "HEAD", "POST"])
def partner_list(request: HttpRequest) -> HttpResponse:
    """Staff search partners, and record one from the register."""
    if not may_see_companies(request.user):
        raise PermissionDenied
    form = RecordForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        partner = services.record_partner(establishment_number=form.cleaned_data["number"])
        return redirect("partners:partner_edit", pk=partner.pk)
    words = request.GET.get("q", "").replace("\x00", "")[:100]
    found = selectors.search_partners(access.partners_visible_to(request.user), words)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request, "partners/partner_list.html", {"page": page, "words": words, "form": form}
    )


@require_safe
def partner(request: HttpRequest, pk: int) -> HttpResponse:
    """What the register says and what the partner seeks; a merged one leads to the other."""
    try:
        found = access.partner_or_404(request.user, pk)
    except Http404:
        survivor = surviving_partner(pk)
        if survivor is None:
            raise
        return redirect("partners:partner", pk=survivor)
    can_edit = access.may_edit(request.user, found)
    context = {
        "partner": found,
        "establishment": found.establishment,
        "enterprise": found.establishment.enterprise,
        "number": format_number(found.establishment.number),
        "enterprise_number": format_number(found.establishment.enterprise_id),
        "nace": selectors.nace_lines(found.establishment),
        "needs": selectors.needs_of(found),
        "can_edit": can_edit,
        "visibility": services.visibility_of(found).value,
        "is_opted_out": bool(opted_out_among([found.establishment])),
        "contacts": selectors.contacts_of(found) if can_edit else [],
    }
    return render(request, "partners/partner.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def partner_edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Description, needs, visibility."""
    found = access.editable_partner_or_403(request.user, pk)
    form = PartnerForm(
        request.POST if request.method == "POST" else None,
        partner=found,
        needs=selectors.needs_of(found),
    )
    if request.method == "POST" and form.is_valid():
        services.update_partner(
            partner_id=found.pk,
            by=cast("User", request.user),
            description=form.cleaned_data["description"],
            needs=form.to_needs(),
            visibility=services.Visibility(form.cleaned_data["visibility"]),
        )
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
    """Who acts for the partner; add somebody by e-mail address."""
    found = access.editable_partner_or_403(request.user, pk)
    form = ContactForm(request.POST if request.method == "POST" else None, partner=found)
    if request.method == "POST" and form.is_valid():
        services.add_contact(partner_id=found.pk, user=form.user)
        messages.success(request, _("%(person)s is now a contact.") % {"person": form.user})
        return redirect("partners:contacts", pk=found.pk)
    context = {"partner": found, "form": form, "contacts": selectors.contacts_of(found)}
    return render(request, "partners/contacts.html", context)


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
