"""An extract of the business register in full size, for benchmarks: fictional, seeded, streamed.

The demo's own extract (``companies.register.demo``) is made for people who look at it; this
one has the size and the shares of a real full extract (46.8 million rows) and is written in
flat memory within a few minutes. Every value follows from the seed and the place of the
entity alone, so that an update extract of the same register needs no copy of it::

    write_full(Plan(scale=0.125), Path("full.zip"))
    write_update(Plan(scale=0.125), Path("update.zip"), touched=11_000)

or ``python -m tests.benchmarks.register_extract full.zip [scale]``.
"""

from __future__ import annotations

from tests.benchmarks.register_extract.plan import Plan
from tests.benchmarks.register_extract.write import write_full, write_update

__all__ = ["Plan", "write_full", "write_update"]
