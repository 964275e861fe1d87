"""Steps of its roadmap that the first demo company took on. All of it is fictional."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class DemoStep:
    """A planned step: its place in the roadmap (from 1), its owner, and in how many days."""

    place: int
    owner: str
    due_in_days: int
    remark: str = ""
    is_done: bool = False


PLAN: tuple[DemoStep, ...] = (
    DemoStep(1, "medewerker@demo.example", 21, "Eerst bespreken met de begeleiders."),
    DemoStep(2, "eigenaar@demo.example", 90),
    DemoStep(4, "medewerker@demo.example", 14, "Proef met één tafel.", is_done=True),
)
