"""What the adviser of the first demo company says about its scan, and what follows."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoComment:
    """A comment on the answer to a statement, by the slugs of its part and its own."""

    part: str
    statement: str
    text: str


REASON = (
    "Bij mijn bezoek zag ik dat er al back-ups zijn en dat iemand ze nakijkt. Kijk de stelling"
    " over een computeraanval nog eens na, en zeg erbij waaruit het blijkt."
)
# The answer that the owner changes after that: one level higher, with what shows it.
CHANGED = ("resilience", "cyber-security")
NOTE = "Elke nacht een back-up buiten het gebouw; de verantwoordelijke IT kijkt hem maandelijks na."
EVIDENCE = "Contract met de IT-leverancier, 2026"
COMMENTS = (
    DemoComment(
        "eco",
        "energy",
        "Vraag de verbruikscijfers per hal op bij uw netbeheerder; dat kost niets.",
    ),
    DemoComment(
        "human",
        "say-in-change",
        "Mooi voorbeeld. Mag ik het vertellen aan andere bedrijven?",
    ),
)
