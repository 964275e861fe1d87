"""Enterprises that a demo extract must hold, so that demo companies can sign up on them."""

from __future__ import annotations

from dataclasses import dataclass

from companies.register.domain.numbers import with_check_digits

VZW = "017"
# The last ten thousand numbers of the range that is not in use are kept for these.
FIRST_KNOWN_ENTERPRISE = 19_990_000
FIRST_KNOWN_ESTABLISHMENT = 89_990_000
MAX_KNOWN = 1000
MAX_PLACES = 10


@dataclass(frozen=True, slots=True)
class KnownPlace:
    """An establishment of a known enterprise."""

    postcode: str
    street: str = "Nijverheidsstraat"
    house_number: str = "1"
    name: str = ""


@dataclass(frozen=True, slots=True)
class KnownEnterprise:
    """A social-economy enterprise of the demo; its seat is its first place.

    ``activities`` are NACE 2025 codes with their NACE 2008 counterpart, main one first.
    """

    name: str
    places: tuple[KnownPlace, ...]
    legal_form: str = VZW
    activities: tuple[tuple[str, str], ...] = (("88995", "88995"),)


def known_enterprise_number(index: int) -> str:
    """The ten-digit number of the known enterprise at this place in the list (from 0)."""
    if not 0 <= index < MAX_KNOWN:
        raise ValueError(f"at most {MAX_KNOWN} known enterprises, not number {index}")
    return with_check_digits(FIRST_KNOWN_ENTERPRISE + index)


def known_establishment_number(index: int, place: int) -> str:
    """The ten-digit number of that enterprise's establishment (from 0, at most ten)."""
    if not 0 <= place < MAX_PLACES:
        raise ValueError(f"at most {MAX_PLACES} places, not number {place}")
    return with_check_digits(FIRST_KNOWN_ESTABLISHMENT + index * MAX_PLACES + place)
