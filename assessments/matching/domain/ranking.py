"""The rank rule: score descending, then distance, then a hash that spreads ties."""

from __future__ import annotations

from hashlib import sha256

from portal.common.vocabulary import Opportunity

# score * SPAN + (SPAN - 1 - distance) orders by score, then by distance. Distances
# are at most the largest radius (32 767 km), scores a little over a million.
SPAN = 1 << 26
NEVER = -(1 << 61)


def sort_key(score: int, distance: int) -> int:
    """Higher is better; equal exactly when score and distance are equal."""
    return score * SPAN + (SPAN - 1 - distance)


def split_key(key: int) -> tuple[int, int]:
    """Score and distance of a sort key."""
    score, rest = divmod(key, SPAN)
    return score, SPAN - 1 - rest


def tie_hash(company: int, opportunity: Opportunity, establishment: int) -> str:
    """Hexadecimal SHA-256 of ``company|opportunity|establishment``, ascending wins.

    Numbers as their ten digits, so that a leading zero counts.
    """
    text = f"{company:010d}|{opportunity.value}|{establishment:010d}"
    return sha256(text.encode("ascii")).hexdigest()
