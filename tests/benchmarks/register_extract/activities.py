"""Activities: blocks of lines per trade, and the code list.

Shares follow a real extract: ten lines an entity, 47.7 % in NACE 2025, 45.9 % in 2008 and
6.4 % in 2003, each listed once per group. About one entity in four is watched.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from functools import cache

from companies.register.demo.codes import code_rows
from companies.register.demo.specs import trades

BLOCKS = 6_000
CODE_ROWS = 21_500
# (division, weight): work that no maatwerk company shares, by its size in the economy.
OTHER_TRADES = (
    ("41", 6), ("42", 1), ("43", 17), ("45", 4), ("55", 1), ("56", 9), ("59", 2), ("60", 1),
    ("63", 2), ("64", 8), ("66", 3), ("68", 8), ("69", 7), ("70", 14), ("73", 4), ("74", 6),
    ("75", 1), ("77", 2), ("78", 1), ("80", 1), ("84", 1), ("85", 4), ("86", 11), ("87", 1),
    ("90", 4), ("93", 3), ("94", 4), ("95", 1), ("97", 1),
)  # fmt: skip
# Of these about half stand on the watch list of the start.
DEMO_SHARE = 0.52
GROUPS = (("001",), ("001",), ("001", "006"), ("001", "006"), ("006",), ("001", "003"))


def _codes(draw: random.Random) -> list[tuple[str, str, str]]:
    """(2025, 2008, 2003) codes of what one entity does, the main activity first."""
    count = draw.choices((1, 2, 3, 4, 5, 6, 8, 12), (12, 21, 21, 15, 11, 9, 8, 4))[0]
    if draw.random() < DEMO_SHARE:
        listed = trades()
        families: dict[str, list[int]] = {}
        for place, trade in enumerate(listed):
            families.setdefault(trade.family, []).append(place)
        main = draw.choices(listed, [trade.weight for trade in listed])[0]
        places = draw.choices(families[main.family], k=count)
        chosen = [
            (one.nace_2025, one.nace_2008, one.nace_2003 or one.nace_2008)
            for one in (listed[at] for at in places)
        ]
    else:
        divisions, weights = zip(*OTHER_TRADES, strict=True)
        main_division = draw.choices(divisions, weights)[0]
        chosen = []
        for _ in range(count):
            division = main_division
            if draw.random() < 0.2:
                division = draw.choices(divisions, weights)[0]
            code = f"{division}{draw.randrange(1, 5)}{draw.randrange(1, 4)}{draw.randrange(2)}"
            if draw.random() < 0.08:
                code += f"0{draw.randrange(1, 4)}"
            chosen.append((code, code, code))
    return list(dict.fromkeys(chosen))


def _block(draw: random.Random) -> str:
    """The lines of one entity, with NUL in the place of its number."""
    codes = _codes(draw)
    chance = draw.random()
    # 2003 is rare, and few entities are listed under one version only.
    versions = ("2025", "2008") if chance < 0.835 else ("2025", "2008", "2003")
    if chance > 0.975:
        versions = (draw.choice(("2025", "2008", "2008")),)
    lines: list[str] = []
    for group in draw.choice(GROUPS):
        for version in versions:
            column = ("2025", "2008", "2003").index(version)
            for rank, row in enumerate(codes):
                code = row[column]
                # Some activities have no counterpart in an older version.
                if not code or (version == "2008" and rank and draw.random() < 0.03):
                    continue
                kind = "MAIN" if rank == 0 else "ANCI" if rank == 5 else "SECO"
                lines.append(f'"\0","{group}","{version}","{code}","{kind}"\n')
    return "".join(lines)


@cache
def blocks(seed: int) -> list[str]:
    """What entities are listed under; every twenty-fifth under nothing."""
    draw = random.Random(seed)
    return ["" if at % 25 == 24 else _block(draw) for at in range(BLOCKS)]


def codes(seed: int) -> Iterator[tuple[str, str, str, str]]:
    """(category, code, language, description) of all codes, padded to the size of the list."""
    known: set[tuple[str, str]] = set()
    rows = 0
    for row in code_rows():
        known.add(row[:2])
        rows += 1
        yield row
    listed = sorted(
        {
            (f"Nace{version}", code)
            for block in blocks(seed)
            for _, _, version, code, _ in (
                line.replace('"', "").split(",") for line in block.splitlines()
            )
        }
        - known
    )
    for category, code in listed:
        for language, word in (("NL", "Activiteit"), ("FR", "Activité"), ("EN", "Activity")):
            rows += 1
            yield category, code, language, f"{word} {code}"
    for at in range(rows, CODE_ROWS):
        yield "PersonType", f"{at:05d}", "DE", f"Rechtsform Nr. {at}"
