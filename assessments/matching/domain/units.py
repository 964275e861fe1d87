"""Fixed-point arithmetic: whole metres and whole millionths, rounded half-up.

Everything is a whole number, so that the same input gives the same output bit
for bit whatever the row order, the block size or the machine.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Int64 = NDArray[np.int64]

MILLION = 1_000_000
HALF = MILLION // 2


def half_up(numerator: int, denominator: int) -> int:
    """``numerator / denominator`` (>= 0) rounded to the nearest whole, halves up."""
    return (2 * numerator + denominator) // (2 * denominator)


def half_up_array(numerator: Int64, denominator: Int64 | int) -> Int64:
    """``half_up`` of every element; ``2 * numerator + denominator`` must fit in 63 bits."""
    rounded: Int64 = np.floor_divide(2 * numerator + denominator, 2 * denominator)
    return rounded


def distance_m(squared: Int64) -> Int64:
    """Whole metres from squared metres: float64 root, rounded half-up.

    The root of a whole number is never exactly halfway, and below 2**52 the
    float64 root is close enough for the rounding to be that of the exact root.
    """
    root: Int64 = np.floor(np.sqrt(squared.astype(np.float64)) + 0.5).astype(np.int64)
    return root


def contribution(potential: int, weight: int, component: int) -> int:
    """``potential x weight x component`` of millionths, in whole millionths, half-up."""
    return half_up(potential * weight * component, MILLION * MILLION)


def contribution_array(potential: int, weight: int, component: Int64) -> Int64:
    """``contribution`` of every element.

    The product is below 10**18, and twice that plus the denominator below 2**63.
    """
    return half_up_array(component * (potential * weight), MILLION * MILLION)
