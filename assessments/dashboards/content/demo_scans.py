"""What demo companies say beside their levels. All of it is fictional."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from assessments.readiness.domain.parts import RespondentFunction, SupportNeed, TeamShare


@dataclass(frozen=True)
class DemoView:
    """How one colleague sees the statements of a part, by slug."""

    email: str
    function: RespondentFunction
    part: str
    codes: Mapping[str, str]
    note: str = ""


NEEDS: Final[Mapping[SupportNeed, TeamShare]] = {
    SupportNeed.COGNITIVE: TeamShare.MOST,
    SupportNeed.MOTOR: TeamShare.SOME,
    SupportNeed.SENSORY: TeamShare.SOME,
    SupportNeed.PSYCHOSOCIAL: TeamShare.MANY,
}
# The second moment of the first company: production and a guide do not see it alike.
VIEWS: Final = (
    DemoView(
        "medewerker@demo.example",
        RespondentFunction.PRODUCTION,
        "wcmt",
        {"machine-state": "4", "maintenance": "3", "tools-and-jigs": "2", "automation": "2"},
    ),
    DemoView(
        "lezer@demo.example",
        RespondentFunction.GUIDE,
        "wcmt",
        {"machine-state": "2", "maintenance": "3", "tools-and-jigs": "4", "automation": "unknown"},
        "De hulpstukken hebben wij zelf gemaakt.",
    ),
)
# How much further the second company of the demo owner is a moment later, by transition.
LATER: Final = (1, 0, 1, 1, 0, 0, 1)
