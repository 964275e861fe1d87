"""Opt-out: a place, or a whole enterprise, wants no proposals; kept by number."""
