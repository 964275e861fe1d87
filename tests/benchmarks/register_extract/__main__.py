"""Write an extract: ``python -m tests.benchmarks.register_extract PATH.zip [scale]``.

With ``--update N`` an update of that register with N touched entities.
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from tests.benchmarks.register_extract import Plan, write_full, write_update


def main() -> None:
    """Write what was asked and say how much came out."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path)
    parser.add_argument("scale", type=float, nargs="?", default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--update", type=int, default=0, metavar="TOUCHED")
    given = parser.parse_args()
    plan, start = Plan(scale=given.scale, seed=given.seed), time.perf_counter()
    if given.update:
        rows = write_update(plan, given.path, touched=given.update)
    else:
        rows = write_full(plan, given.path)
    for file, count in rows.items():
        sys.stdout.write(f"{file:22s} {count:12,d}\n")
    seconds = time.perf_counter() - start
    sys.stdout.write(f"{'together':22s} {sum(rows.values()):12,d} rows in {seconds:.0f} s\n")


if __name__ == "__main__":
    main()
