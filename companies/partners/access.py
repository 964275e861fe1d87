"""Who may see and change what a partner tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from companies.partners.merging.selectors import is_merged
from companies.partners.models import Partner, PartnerContact
from companies.partners.opt_out.selectors import wants_none
from companies.profiles.enums import VerificationStatus
from companies.profiles.models import Membership
from portal.accounts.roles import Role, has_role, may_see_companies

if TYPE_CHECKING:
    from django.contrib.auth.models import AnonymousUser

    from portal.accounts.models import User


def _is_contact(user: User) -> Exists:
    return Exists(PartnerContact.objects.filter(partner=OuterRef("pk"), user=user))


def partners_visible_to(user: User | AnonymousUser) -> QuerySet[Partner]:
    """Partners that this person may see.

    Contacts see their own; staff who may see companies see all; members of a verified
    company see the partners that agreed to be shown and did not opt out; analysts none.
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
    member = Membership.objects.filter(user=user, company__status=VerificationStatus.VERIFIED)
    opted_out = wants_none(
        establishment="establishment_id", enterprise="establishment__enterprise_id"
    )
    shown = Q(Exists(member), consented_at__isnull=False) & ~opted_out
    return partners.filter(Q(_is_contact(user)) | shown)


def partner_or_404(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner, with its establishment and enterprise, when visible; Http404 otherwise."""
    partner = partners_visible_to(user).filter(pk=pk).first()
    if partner is None:
        raise Http404("No partner here for you")
    return partner


def may_edit(user: User | AnonymousUser, partner: Partner) -> bool:
    """Contacts of this partner, and staff who may see companies."""
    if not user.is_authenticated:
        return False
    return (
        may_see_companies(user)
        or PartnerContact.objects.filter(partner=partner, user=user).exists()
    )


def editable_partner_or_403(user: User | AnonymousUser, pk: int) -> Partner:
    """The partner when this person may change it.

    Http404 when it is invisible, PermissionDenied when it is merely visible.
    """
    partner = partner_or_404(user, pk)
    if not may_edit(user, partner):
        raise PermissionDenied
    return partner


def may_opt_out(user: User | AnonymousUser, number: str) -> bool:
    """Staff who may see companies, for any number; contacts for their own partner's place."""
    if not user.is_authenticated or not user.is_active:
        return False
    return (
        may_see_companies(user)
        or PartnerContact.objects.filter(partner__establishment=number, user=user).exists()
    )
