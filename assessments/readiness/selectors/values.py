"""Values of many scans at once, in the database and exact.

The value of a part is the mean of its answered levels, the overall value of a scan the mean of
its transitions, exactly as in ``domain.scoring``. A mean is kept as a whole multiple of
1/unit, where every possible count of answers divides the unit, so that no sum is rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import lcm
from typing import Any, Final

from assessments.readiness.domain.benchmark import Pool
from assessments.readiness.selectors.parts import Part

MOST_EXACT: Final = 30

# Follows a common table expression ``chosen`` that has ``scan_id``; its parameters are
# ``Units.parameters``.
VALUES: Final = """
summed AS (
    SELECT a.scan_id, t.transition_id,
           sum(a.level) * (%(unit)s::bigint / count(*)) AS value
    FROM chosen c
    JOIN readiness_answer a ON a.scan_id = c.scan_id
    JOIN readiness_statement t ON t.id = a.statement_id
    WHERE a.level IS NOT NULL
    GROUP BY a.scan_id, t.transition_id
), overall AS (
    SELECT v.scan_id, sum(v.value) * (%(parts_unit)s::numeric / count(*)) AS value
    FROM summed v
    WHERE v.transition_id = ANY(%(transitions)s)
    GROUP BY v.scan_id
)
"""


@dataclass(frozen=True, slots=True)
class Units:
    """The denominators of the sums: of a part, and of the mean over transitions.

    Every number of answers and of transitions that can occur divides them. A part of more
    than ``MOST_EXACT`` statements loses less than a billionth; a wider unit leaves no room
    in eight bytes.
    """

    part: int
    transitions: int

    @classmethod
    def of(cls, parts: Sequence[Part]) -> Units:
        """Fitting the parts of a questionnaire."""
        most = min(max((len(part.statements) for part in parts), default=1), MOST_EXACT)
        transitions = sum(not part.is_module for part in parts)
        return cls(lcm(*range(1, most + 1)), lcm(*range(1, transitions + 1)))

    @property
    def overall(self) -> int:
        """The denominator of a sum of overall values."""
        return self.part * self.transitions

    def parameters(self, parts: Sequence[Part]) -> dict[str, Any]:
        """What ``VALUES`` asks for."""
        return {
            "unit": self.part,
            "parts_unit": self.transitions,
            "transitions": [part.transition.pk for part in parts if not part.is_module],
        }


def pool_of(total: Decimal, unit: int, companies: int) -> Pool:
    """A sum as the database gives it back."""
    return Pool(Fraction(total) / unit, companies)
