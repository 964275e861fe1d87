"""Reads over partners."""

from __future__ import annotations

from django.db.models import Prefetch, QuerySet

from companies.partners.models import Partner, PartnerContact, PartnerNeed
from companies.profiles.models.reference import in_english
from companies.profiles.selectors import NaceLine
from companies.register.models import Establishment, EstablishmentActivity, NaceCode
from portal.accounts.models import User
from portal.common.text import name_key


def needs_of(partner: Partner) -> list[PartnerNeed]:
    """What the partner seeks, with the competences asked; two queries."""
    return list(
        PartnerNeed.objects.filter(partner=partner)
        .order_by("opportunity", "pk")
        .prefetch_related("competences")
    )


def contacts_of(partner: Partner) -> QuerySet[PartnerContact]:
    """Who acts for the partner."""
    return (
        PartnerContact.objects.filter(partner=partner)
        .select_related("user")
        .order_by("user__email", "pk")
    )


def nace_lines(establishment: Establishment) -> list[tuple[EstablishmentActivity, NaceLine]]:
    """Activities of an establishment with their labels, main ones first; two queries."""
    rows = list(
        EstablishmentActivity.objects.filter(establishment=establishment).order_by(
            "classification", "code", "pk"
        )
    )
    rank = {"MAIN": 0, "SECO": 1, "ANCI": 2}
    rows.sort(key=lambda row: rank.get(row.classification, 3))
    labels = {
        (label.version, label.code): (label.label_en if in_english() else "") or label.label_nl
        for label in NaceCode.objects.filter(
            version__in={row.version for row in rows}, code__in={row.code for row in rows}
        )
    }
    return [
        (row, NaceLine(row.code, row.version, labels.get((row.version, row.code), "")))
        for row in rows
    ]


def search_partners(partners: QuerySet[Partner], words: str) -> QuerySet[Partner]:
    """Partners whose name holds every word, with what they seek, ordered by name."""
    for word in name_key(words).split():
        partners = partners.filter(establishment__name_key__contains=word)
    return partners.prefetch_related(
        Prefetch("needs", PartnerNeed.objects.order_by("opportunity", "pk"))
    ).order_by("establishment__name_key", "pk")


def partners_of(user: User) -> list[Partner]:
    """Partners that a person is a contact of; one query."""
    return list(
        Partner.objects.filter(contacts__user=user)
        .select_related("establishment")
        .order_by("establishment__name_key", "pk")
    )
