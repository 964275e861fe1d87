"""Reads over opt-outs: what is in force for a place, and for many at once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet

from companies.partners.models import Partner
from companies.partners.opt_out.models import OptOut
from companies.register.domain.numbers import ENTERPRISE_STARTS, format_number
from companies.register.models import Enterprise, Establishment

_PLACES = """
    SELECT number FROM partners_optout WHERE withdrawn_at IS NULL AND number >= '2'
    UNION
    SELECT e.number FROM partners_optout o
    JOIN register_establishment e ON e.enterprise_id = o.number
    WHERE o.withdrawn_at IS NULL
"""


def wants_none(*, establishment: str, enterprise: str) -> Q:
    """Condition: the place, or its whole enterprise, is opted out at this moment.

    The arguments name the columns with the two numbers, seen from the rows asked about:
    ``establishment_id`` and ``establishment__enterprise_id`` for rows about a place.
    """
    rows = OptOut.objects.in_force()
    return Q(Exists(rows.filter(number=OuterRef(establishment)))) | Q(
        Exists(rows.filter(number=OuterRef(enterprise)))
    )


def opted_out_places() -> set[str]:
    """Establishment numbers that want no proposals, the places of whole enterprises too.

    One query. A number that the register does not hold (any more, or yet) is among them.
    """
    with connection.cursor() as cursor:
        cursor.execute(_PLACES)
        return {row[0] for row in cursor.fetchall()}


def opted_out_among(places: Iterable[Establishment]) -> set[str]:
    """The establishments of these that want no proposals; one query."""
    enterprise_of = {place.number: place.enterprise_id for place in places}
    wanted = {*enterprise_of, *enterprise_of.values()}
    found = set(
        OptOut.objects.in_force().filter(number__in=wanted).values_list("number", flat=True)
    )
    return {place for place, enterprise in enterprise_of.items() if found & {place, enterprise}}


def partners_at(number: str) -> QuerySet[Partner]:
    """Partners that an opt-out of this number is about."""
    column = "establishment__enterprise" if number[0] in ENTERPRISE_STARTS else "establishment"
    return Partner.objects.filter(**{column: number}).order_by("pk")


@dataclass(frozen=True)
class Standing:
    """A number, what the register says about it, and the opt-outs that hold for it.

    ``own`` is the opt-out of the number itself, ``whole`` that of its enterprise (the same
    for an enterprise number). ``past`` are those that were withdrawn, the newest first.
    """

    number: str
    enterprise_number: str
    establishment: Establishment | None
    enterprise: Enterprise | None
    own: OptOut | None
    whole: OptOut | None
    past: list[OptOut] = field(default_factory=list)

    @property
    def is_enterprise(self) -> bool:
        """The number is that of an enterprise, so that there is no place to choose."""
        return self.number[0] in ENTERPRISE_STARTS

    @property
    def in_force(self) -> list[OptOut]:
        """What holds now, the widest first."""
        rows = [self.whole, None if self.is_enterprise else self.own]
        return [row for row in rows if row is not None]

    @property
    def is_opted_out(self) -> bool:
        """No proposals for this number."""
        return bool(self.in_force)

    @property
    def name(self) -> str:
        """What the place or enterprise is called; a natural person's own name stays out."""
        if self.establishment is not None:
            return self.establishment.name
        if self.enterprise is not None and not self.enterprise.is_natural_person:
            return self.enterprise.name
        return ""

    @property
    def address(self) -> str:
        """Street and town of the place, on one line; empty when unknown."""
        place = self.establishment
        if place is None:
            return ""
        street = " ".join(filter(None, (place.street, place.house_number)))
        town = " ".join(filter(None, (place.postcode, place.municipality)))
        return ", ".join(filter(None, (street, town)))

    @property
    def printed(self) -> str:
        """The number as the register prints it."""
        return format_number(self.number)

    @property
    def printed_enterprise(self) -> str:
        """The enterprise number as the register prints it; empty when it is not known."""
        return format_number(self.enterprise_number) if self.enterprise_number else ""

    @property
    def scopes(self) -> list[str]:
        """Numbers that can still be opted out: the place, its whole enterprise."""
        if self.whole is not None:
            return []
        own = [] if self.own is not None or self.is_enterprise else [self.number]
        return [*own, self.enterprise_number] if self.enterprise_number else own


def standing_of(number: str) -> Standing:
    """What holds for a number of either kind, known to the register or not; two queries."""
    establishment, enterprise = None, None
    if number[0] in ENTERPRISE_STARTS:
        enterprise = Enterprise.objects.filter(pk=number).first()
        enterprise_number = number
    else:
        places = Establishment.objects.select_related("enterprise")
        establishment = places.filter(pk=number).first()
        enterprise = establishment.enterprise if establishment else None
        enterprise_number = enterprise.number if enterprise else ""
    rows = list(
        OptOut.objects.filter(number__in={number, enterprise_number} - {""})
        .select_related("opted_out_by", "withdrawn_by")
        .order_by("-opted_out_at", "-pk")
    )
    open_rows = {row.number: row for row in rows if row.is_in_force}
    return Standing(
        number=number,
        enterprise_number=enterprise_number,
        establishment=establishment,
        enterprise=enterprise,
        own=open_rows.get(number),
        whole=open_rows.get(enterprise_number),
        past=[row for row in rows if not row.is_in_force],
    )
