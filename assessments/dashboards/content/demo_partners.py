"""What demo partners say of themselves, by their position in the list of needs.

Names and numbers are made up: telephone numbers end in zeros, addresses in ``.example``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from assessments.dashboards.content.demo_people import DemoNeed
from companies.partners.enums import Sourcing
from portal.common.vocabulary import Opportunity, Province

SIGNED_UP, CLOSED_TOO, EXPIRED, HIDDEN = 0, 1, 3, 5
NEWCOMER = ("nieuwe-partner@demo.example", "Pia Partner (demo)")
NEWCOMER_NEED = DemoNeed("25", Province.OOST_VLAANDEREN, Opportunity.ENCLAVE, 6, 20, ("vca",))
NEWCOMER_MESSAGE = "Bel gerust ons algemene nummer en vraag naar mij; ik leid de productie."
NEWCOMER_TEXT = "Een vaste ploeg van zes mensen voor het sorteren en verpakken van kleine stukken."


@dataclass(frozen=True)
class DemoPerson:
    """A contact person of a need."""

    name: str
    function: str
    phone: str
    email: str


@dataclass(frozen=True)
class DemoTold:
    """Description of the organisation, of its need, and who answers questions about it."""

    about: str
    need: str
    person: DemoPerson | None = None
    shows_person: bool = False
    sourcing: Sourcing | None = None


TOLD: Mapping[int, DemoTold] = {
    0: DemoTold(
        "Wij maken koekjes en pralines voor winkels in heel Vlaanderen. In het najaar is er veel"
        " extra werk: geschenkdozen vullen, strikken en etiketteren.",
        "Een team van acht mensen voor het vullen van geschenkdozen, van september tot Pasen."
        " Er is een eigen lokaal naast de inpaklijn.",
        DemoPerson("Piet Partner", "Plantmanager", "09 000 00 00", "piet@partner.example"),
        shows_person=True,
    ),
    1: DemoTold(
        "Wij verwerken groenten tot diepvriesmaaltijden.",
        "Tien plaatsen aan de sorteerband, in twee ploegen. De ruimte is koel.",
        DemoPerson("Greet Groen", "Personeelsverantwoordelijke", "051 00 00 00", ""),
    ),
    2: DemoTold(
        "Wij maken metalen onderdelen voor machinebouwers.",
        "Ontbramen en monteren van kleine reeksen, nu nog in Polen gedaan.",
        sourcing=Sourcing.BRING_BACK,
    ),
    3: DemoTold(
        "Wij bouwen verpakkingsmachines.",
        "Voormontage van kabelbomen voor een nieuwe reeks machines.",
        sourcing=Sourcing.OUTSOURCE,
    ),
}
# What the adviser writes down of the conversation with the others.
AGREED = "De partner wil gevonden worden door maatwerkbedrijven in de buurt en las de tekst mee."
AGREED_NOTHING = "De partner wil voorstellen krijgen, maar wil nog niet met naam getoond worden."
WITH_WHOM = "de zaakvoerder, aan de telefoon"
CLOSED_TEXT = "Eenmalig: 2.000 dozen hervouwen."
