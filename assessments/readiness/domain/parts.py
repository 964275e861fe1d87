"""The words in which a questionnaire is described, as plain values."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class PartKind(StrEnum):
    """What a part of the questionnaire measures; only transitions make the score.

    The two modules are reported beside the seven transitions and never mixed in.
    """

    TRANSITION = "transition"
    OPERATOR_SUPPORT = "operator_support"
    RESILIENCE = "resilience"


class SupportNeed(StrEnum):
    """The kind of support that teams need; asked as shares of teams, never of persons."""

    COGNITIVE = "cognitive"
    MOTOR = "motor"
    SENSORY = "sensory"
    PSYCHOSOCIAL = "psychosocial"


class TeamShare(StrEnum):
    """In how many of the teams a support need occurs: a band, so that no person is counted."""

    NONE = "none"
    SOME = "some"
    MANY = "many"
    MOST = "most"


class RespondentFunction(StrEnum):
    """From which place in the company somebody looks at the scan."""

    DIRECTOR = "director"
    PRODUCTION = "production"
    GUIDE = "guide"
    OTHER = "other"


class Topic(StrEnum):
    """What a statement is about; support measures are found by the same words."""

    AID = "aid"
    CIRCULAR = "circular"
    CYBER = "cyber"
    DIGITAL = "digital"
    ENERGY = "energy"
    ENGINEERING = "engineering"
    ERGONOMICS = "ergonomics"
    GREEN = "green"
    INNOVATION = "innovation"
    INSTRUCTIONS = "instructions"
    LEADERSHIP = "leadership"
    NETWORK = "network"
    SUPPLY = "supply"
    TECHNOLOGY = "technology"
    TRAINING = "training"
    WATER = "water"


LOWEST_WEIGHT: Final = 1
HIGHEST_WEIGHT: Final = 5
MIDDLE_WEIGHT: Final = 3
"""Impact and effort of a statement lie between 1 and 5; 3 where a version says nothing."""
