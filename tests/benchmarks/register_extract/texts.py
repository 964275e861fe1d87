"""Words of names and addresses, drawn by number."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from companies.register.content import postal
from companies.register.demo import words
from portal.common.vocabulary import FLEMISH_PROVINCES, Province

TRADES_NL = (
    "Metaalwerken", "Bakkerij", "Drukkerij", "Schrijnwerkerij", "Tuinaanleg", "Transport",
    "Verpakking", "Brouwerij", "Confectie", "Schilderwerken", "Café", "Kapsalon",
)  # fmt: skip
TRADES_FR = (
    "Boulangerie", "Ébénisterie", "Imprimerie", "Menuiserie", "Entretien", "Transports",
    "Élagage", "Brasserie", "Couture", "Peinture", "Garage", "Épicerie",
)  # fmt: skip
# A second script, as some names have it.
OTHER_SCRIPTS = ("Ταβέρνα Ωμέγα", "Магазин Берёза", "Ресторан Волга", "Αθήνα")
TAILS = ("", "", "", "", " bv", " nv", " & Zonen", " vzw", " Group", ", architecten", " srl")


class Town(NamedTuple):
    """A postcode as ``address.csv`` writes it, with how its streets are called."""

    postcode: str
    towns: str
    streets: tuple[tuple[str, str], ...]
    is_french: bool


@cache
def towns() -> tuple[Town, ...]:
    """Belgian postcodes; larger places stand in more than once."""
    found: list[Town] = []
    dutch = tuple((street, street) for street in words.STREETS_NL)
    french = tuple((street, street) for street in words.STREETS_FR)
    for point in postal.read_points():
        code, name = point.postcode, point.name.replace('"', "")
        times = 12 if code.endswith("00") else 4 if code.endswith("0") else 1
        if point.province is Province.BRUSSEL:
            streets, other = words.STREETS_BOTH, words.BRUSSELS_FR.get(code, name)
            times *= 12
        else:
            streets = dutch if point.province in FLEMISH_PROVINCES else french
            other = name
        found += [Town(code, f'"{name}","{other}"', streets, streets is french)] * times
    return tuple(found)


@cache
def proper_names() -> tuple[str, ...]:
    """What companies call themselves, without a number to tell them apart."""
    dutch = [f"{trade} {name}" for trade in TRADES_NL for name in words.NAMES_NL]
    french = [f"{trade} {name}" for trade in TRADES_FR for name in words.NAMES_FR]
    quoted = [f'""{name}"", {trade}' for name in words.NAMES_NL[:20] for trade in TRADES_NL[:2]]
    scripts = [name for name in OTHER_SCRIPTS for _ in range(3)]
    return tuple(dutch + french + quoted + scripts)


@cache
def people() -> tuple[str, ...]:
    """Fictional persons, last name first."""
    return tuple(f"{last}, {first}" for last in words.LAST_NAMES for first in words.FIRST_NAMES)
