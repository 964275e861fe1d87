"""Who may see and change what a partner tells, and who answers who asks to act for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404
from django.shortcuts import get_object_or_404

from companies.partners.enums import SharePurpose
from companies.partners.merging.selectors import is_merged
from companies.partners.models import ContactRequest, Partner, PartnerConsent, PartnerContact
from companies.partners.opt_out.selectors import wants_none
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Membership
from portal.accounts.roles import Role, has_role, is_government, may_see_companies

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def _is_contact(user: User) -> Exists:
    return Exists(PartnerContact.objects.filter(partner=OuterRef("pk"), user=user))


def _signs_up(user: User) -> Q:
    """Who signs a new partner up writes its page while an adviser has yet to look."""
    asked = ContactRequest.objects.open().sign_ups().filter(partner=OuterRef("pk"), user=user)
    return Q(Exists(asked), status=VerificationStatus.PENDING)


def acts_for_verified_company(user: User | AnonymousUser) -> bool:
    """A member of a company that an adviser verified, with an open account; one query."""
    if not user.is_authenticated or not user.is_active or is_government(user):
        return False
    return _verified_memberships(user).exists()


def _verified_memberships(user: User) -> QuerySet[Membership]:
    return Membership.objects.filter(
        user=user, company__status=VerificationStatus.VERIFIED, company__closed_at__isnull=True
    )


def shown() -> Q:
    """Condition on Partner: verified companies may see it at this moment."""
    agreed = PartnerConsent.objects.in_force(SharePurpose.SHOW).filter(partner=OuterRef("pk"))
    opted_out = wants_none(
        establishment="establishment_id", enterprise="establishment__enterprise_id"
    )
    return Q(Exists(agreed), status=VerificationStatus.VERIFIED) & ~opted_out


def partners_visible_to(user: User | AnonymousUser) -> QuerySet[Partner]:
    """Partners that this person may see.

    Contacts see their own, and so does who signs one up; staff who may see companies see
    all; members of a verified company see the verified partners that agreed to be shown and
    did not opt out; analysts none.
    What was merged into another partner is no partner of its own any more.
    """
    partners = Partner.objects.select_related("establishment__enterprise").exclude(
        is_merged("establishment_id")
    )
    if not user.is_authenticated or not user.is_active:
        return partners.none()
    if may_see_companies(user):
        return partners
    if has_role(user, Role.ANALYST):
        return partners.none()
    to_companies = shown() & Q(Exists(_verified_memberships(user)))
    return partners.filter(Q(_is_contact(user)) | _signs_up(user) | to_companies)


def partner_or_404(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner, with its establishment and enterprise, when visible; Http404 otherwise."""
    partner = partners_visible_to(user).filter(pk=pk).first()
    if partner is None:
        raise Http404("No partner here for you")
    return partner


def acts_for(user: User | AnonymousUser, partner: Partner) -> bool:
    """A contact of this partner, or who signs it up while it waits for verification."""
    if not user.is_authenticated:
        return False
    mine = Partner.objects.filter(pk=partner.pk)
    return mine.filter(Q(_is_contact(user)) | _signs_up(user)).exists()


def may_edit(user: User | AnonymousUser, partner: Partner) -> bool:
    """Whoever acts for this partner, and staff who may see companies."""
    return may_see_companies(user) or acts_for(user, partner)


def editable_partner_or_403(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner when this person may change it.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    partner = partner_or_404(user, pk)
    if not may_edit(user, partner):
        raise PermissionDenied
    return partner


def own_partner_or_403(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner when this person acts for it; staff speak for no partner, so they get 403."""
    partner = partner_or_404(user, pk)
    if not acts_for(user, partner):
        raise PermissionDenied
    return partner


def partner_of_staff_or_403(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner when this member of staff may record what it said."""
    partner = partner_or_404(user, pk)
    if not may_see_companies(user):
        raise PermissionDenied
    return partner


def may_answer(user: User | AnonymousUser, request: ContactRequest) -> bool:
    """Staff who may see companies answer every request; contacts those to join theirs.

    Not before the partner is accepted: taking a colleague in would accept it too.
    """
    if may_see_companies(user):
        return True
    if not user.is_authenticated or request.is_sign_up:
        return False
    acts = PartnerContact.objects.filter(partner_id=request.partner_id, user=user)
    return acts.filter(partner__status=VerificationStatus.VERIFIED).exists()


def request_to_answer_or_404(user: User | AnonymousUser, request_id: int) -> ContactRequest:
    """The request, with its people and partner, when this person answers it; else Http404."""
    rows = ContactRequest.objects.select_related("user", "partner__establishment")
    request: ContactRequest = get_object_or_404(rows, pk=request_id)
    if not may_answer(user, request):
        raise Http404("No request here for you")
    return request


def may_opt_out(user: User | AnonymousUser, number: str) -> bool:
    """Staff who may see companies, for any number; contacts for their own partner's place."""
    if not user.is_authenticated or not user.is_active:
        return False
    return (
        may_see_companies(user)
        or PartnerContact.objects.filter(partner__establishment=number, user=user).exists()
    )
