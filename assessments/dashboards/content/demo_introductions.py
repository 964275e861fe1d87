"""Introductions and opinions of the first demo company. All of it is fictional."""

from __future__ import annotations

from dataclasses import dataclass

from assessments.matching.domain.introductions import Reason, Side, Transition
from portal.common.vocabulary import Opportunity


@dataclass(frozen=True)
class DemoStep:
    """A step so many days ago; a day it is about lies ``ahead`` days after that."""

    transition: Transition
    side: Side
    days_ago: int
    words: str = ""
    reason: Reason | None = None
    ahead: int | None = None


@dataclass(frozen=True)
class DemoIntroduction:
    """With the demo partner that seeks something for this opportunity, by its place there."""

    opportunity: Opportunity
    steps: tuple[DemoStep, ...]
    partner: int = 0


INTRODUCTIONS: tuple[DemoIntroduction, ...] = (
    DemoIntroduction(
        Opportunity.ENCLAVE,
        (
            DemoStep(
                Transition.ASK,
                Side.COMPANY,
                40,
                "Wij kunnen vanaf januari met zes mensen en een begeleider starten.",
            ),
            DemoStep(Transition.CONTACT, Side.ADVISER, 33, "Gebeld met de productieleider."),
            DemoStep(Transition.SHOW_INTEREST, Side.ADVISER, 26),
            DemoStep(Transition.MEET, Side.ADVISER, 20, "Rondleiding op de inpaklijn.", ahead=34),
        ),
    ),
    DemoIntroduction(
        Opportunity.RESHORING,
        (
            DemoStep(
                Transition.PROPOSE,
                Side.ADVISER,
                6,
                "Dit bedrijf laat nu in het buitenland monteren en zoekt iemand dichterbij.",
            ),
        ),
    ),
    DemoIntroduction(
        Opportunity.EIGEN_PRODUCTEN,
        (
            DemoStep(Transition.ASK, Side.COMPANY, 120),
            DemoStep(Transition.CONTACT, Side.ADVISER, 112),
            DemoStep(
                Transition.PARTNER_DECLINES,
                Side.ADVISER,
                100,
                "Ze verkopen al gelijkaardige producten.",
                Reason.NO_NEED,
            ),
        ),
    ),
)


@dataclass(frozen=True)
class DemoOpinion:
    """What the company thinks of the second demo partner for an opportunity."""

    opportunity: Opportunity
    partner: int
    reason: Reason | None = None
    words: str = ""


OPINIONS: tuple[DemoOpinion, ...] = (
    DemoOpinion(Opportunity.ENCLAVE, 1),
    DemoOpinion(
        Opportunity.RESHORING, 1, Reason.DISTANCE, "Met de bus is het anderhalf uur rijden."
    ),
)
