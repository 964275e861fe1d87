"""How large the register is, and every draw in it: a function of seed, purpose and place."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Indices = NDArray[np.uint64]
# Entities of a real full extract (number 140, October 2025).
ENTERPRISES, ESTABLISHMENTS, BRANCHES = 1_938_238, 1_672_490, 7_325
# First eight digits: ranges that the real register does not use. Numbers have gaps.
FIRST_ENTERPRISE, FIRST_ESTABLISHMENT, FIRST_BRANCH = 11_000_000, 80_000_000, 90_000_000
GAP = 3
LEGAL_SHARE = 0.60


@dataclass(frozen=True)
class Plan:
    """What to write; the same plan gives the same bytes. ``scale`` 1 is a full extract."""

    scale: float = 1.0
    seed: int = 1
    number: int = 150
    snapshot: date = date(2026, 11, 1)

    @property
    def enterprises(self) -> int:
        return max(10, round(ENTERPRISES * self.scale))

    @property
    def establishments(self) -> int:
        return max(10, round(ESTABLISHMENTS * self.scale))

    @property
    def branches(self) -> int:
        return max(1, round(BRANCHES * self.scale))


@dataclass(frozen=True)
class Batch:
    """Some entities of one kind, by their places in the register.

    ``revision`` counts how often each entity changed; it moves the draws that may change.
    """

    plan: Plan
    indices: Indices
    revision: Indices = field(default_factory=lambda: np.zeros(1, np.uint64))

    def __len__(self) -> int:
        return len(self.indices)

    def draw(self, purpose: str, *, may_change: bool = False) -> Indices:
        """64 random bits for each entity."""
        salt = np.uint64(zlib.crc32(f"{self.plan.seed} {purpose}".encode()))
        value = self.indices + (salt << np.uint64(32))
        if may_change:
            value = value + self.revision * np.uint64(0xD1342543DE82EF95)
        # splitmix64
        value = value * np.uint64(0x9E3779B97F4A7C15) + np.uint64(0x9E3779B97F4A7C15)
        value = (value ^ (value >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        value = (value ^ (value >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return value ^ (value >> np.uint64(31))

    def below(self, purpose: str, limit: int, *, may_change: bool = False) -> Indices:
        """A whole number from 0 up to ``limit`` for each entity."""
        return (self.draw(purpose, may_change=may_change) >> np.uint64(16)) % np.uint64(limit)

    def share(self, purpose: str, *, may_change: bool = False) -> NDArray[np.float64]:
        """A number from 0 up to 1 for each entity."""
        return (self.draw(purpose, may_change=may_change) >> np.uint64(11)) / float(1 << 53)


class Enterprises(Batch):
    """Enterprises: who they are follows from their place."""

    @cached_property
    def first_eight(self) -> Indices:
        return FIRST_ENTERPRISE + self.indices * GAP + self.below("enterprise number", GAP)

    @cached_property
    def printed(self) -> list[str]:
        return printed(self.first_eight, (4, 7))

    @cached_property
    def is_natural(self) -> NDArray[np.bool_]:
        return self.share("natural") >= LEGAL_SHARE

    @cached_property
    def trade(self) -> Indices:
        """What they do: places of the same trade do the same."""
        return self.draw("trade", may_change=True)


class Establishments(Batch):
    """Establishments; a good third of the enterprises has none, some have several."""

    @cached_property
    def first_eight(self) -> Indices:
        return FIRST_ESTABLISHMENT + self.indices * GAP + self.below("place number", GAP)

    @cached_property
    def printed(self) -> list[str]:
        return printed(self.first_eight, (1, 4, 7))

    @cached_property
    def parents(self) -> Enterprises:
        enterprises = self.plan.enterprises
        one_each = (self.indices * np.uint64(1_000_003)) % np.uint64(enterprises)
        chain = self.below("chain", max(1, enterprises // 8)) * np.uint64(7)
        parent = np.where(self.share("in a chain") < 0.3, chain, one_each)
        return Enterprises(self.plan, parent % np.uint64(enterprises))

    @cached_property
    def trade(self) -> Indices:
        own = self.draw("trade of a place", may_change=True)
        same = self.share("same trade as the enterprise") < 0.85
        return np.where(same, self.parents.trade, own)


def printed(first_eight: Indices, dots: tuple[int, ...]) -> list[str]:
    """The numbers with their check digits as the register prints them."""
    whole = first_eight * np.uint64(100) + np.uint64(97) - first_eight % np.uint64(97)
    width = 10 + len(dots)
    text = np.full((len(whole), width), ord("."), np.uint8)
    column = width - 1
    for digit in range(9, -1, -1):
        text[:, column] = ord("0") + whole % np.uint64(10)
        whole = whole // np.uint64(10)
        column -= 2 if digit in dots else 1
    joined = text.tobytes().decode("ascii")
    return [joined[at : at + width] for at in range(0, len(joined), width)]


def every(kind: type[Batch], plan: Plan, start: int, stop: int) -> Batch:
    """The entities of a kind from one place up to another, as they first were."""
    return kind(plan, np.arange(start, stop, dtype=np.uint64))


def changed(batch: Batch, revision: Indices) -> Batch:
    """The same entities after so many changes."""
    return replace(batch, revision=revision)
