"""The lines of some entities in each of the files: what is quoted, absent and struck off."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import numpy as np

from companies.register.demo import words
from companies.register.demo.rows import FIRST_DAY
from tests.benchmarks.register_extract import texts
from tests.benchmarks.register_extract.activities import blocks
from tests.benchmarks.register_extract.plan import (
    FIRST_BRANCH,
    Batch,
    Enterprises,
    Establishments,
    Indices,
    printed,
)

FORMS = ("610", "610", "610", "014", "017", "706", "612", "030")


@cache
def days() -> tuple[str, ...]:
    return tuple((FIRST_DAY + timedelta(days=day)).strftime("%d-%m-%Y") for day in range(18_000))


def enterprise_lines(them: Enterprises) -> str:
    """``enterprise.csv``: one line each."""
    all_days = days()
    forms = [f'"{form}"' for form in FORMS]
    return "".join(
        f'"{number}","AC","000","1","",,{all_days[day]}\n'
        if natural
        else f'"{number}","AC","000","2",{forms[form]},,{all_days[day]}\n'
        for number, natural, form, day in zip(
            them.printed,
            them.is_natural.tolist(),
            them.below("form", len(forms)).tolist(),
            them.below("start", len(all_days)).tolist(),
            strict=True,
        )
    )


def establishment_lines(them: Establishments) -> str:
    """``establishment.csv``: one line each."""
    all_days = days()
    return "".join(
        f'"{number}",{all_days[day]},"{parent}"\n'
        for number, day, parent in zip(
            them.printed,
            them.below("start of a place", len(all_days)).tolist(),
            them.parents.printed,
            strict=True,
        )
    )


def enterprise_names(them: Enterprises) -> str:
    """``denomination.csv``: a name each, for a quarter also a trade name or an abbreviation."""
    proper, people = texts.proper_names(), texts.people()
    lines: list[str] = []
    for number, natural, name, other, tail, language, chance in zip(
        them.printed,
        them.is_natural.tolist(),
        them.below("name", len(proper) * 1000, may_change=True).tolist(),
        them.below("second name", len(proper)).tolist(),
        them.below("tail", len(texts.TAILS)).tolist(),
        them.below("language", 3).tolist(),
        them.share("number of names").tolist(),
        strict=True,
    ):
        which, serial = divmod(name, 1000)
        if natural:
            lines.append(f'"{number}","0","001","{people[which % len(people)]} {serial}"\n')
        else:
            written = f"{proper[which]} {serial}{texts.TAILS[tail]}"
            lines.append(f'"{number}","{language}","001","{written}"\n')
        if chance < 0.10:
            lines.append(f'"{number}","{2 - language % 2}","003","{proper[other]} {serial}"\n')
        elif chance < 0.17:
            lines.append(f'"{number}","{language}","002","{proper[other].strip(chr(34))[:4]}"\n')
        elif chance < 0.25:
            lines.append(f'"{number}","{2 - language % 2}","001","{proper[other]} {serial}"\n')
    return "".join(lines)


def establishment_names(them: Establishments) -> str:
    """``denomination.csv``: every second place has a trade name."""
    proper = texts.proper_names()
    return "".join(
        f'"{number}","{language}","003","{proper[name // 1000]} {name % 1000}"\n'
        for number, name, language, chance in zip(
            them.printed,
            them.below("name of a place", len(proper) * 1000, may_change=True).tolist(),
            them.below("language of a place", 3).tolist(),
            them.share("is named").tolist(),
            strict=True,
        )
        if chance < 0.5265
    )


def _address(town: int, street: int, house: int) -> str:
    """From the countries up to and with the extra information, without quotes to spare."""
    where = texts.towns()[town]
    dutch, french = where.streets[street % len(where.streets)]
    if house % 29 == 0:
        dutch += " (Kor)"
    number = f"{house}A" if house % 17 == 0 else str(house)
    box = f'"{house % 9 + 1}"' if house % 13 == 0 else '""' if house % 7 == 0 else ""
    nothing = '""' if house % 11 == 0 else ""
    return (
        f'{nothing},{nothing},"{where.postcode}",{where.towns},"{dutch}","{french}",'
        f'"{number}",{box},{nothing}'
    )


def _abroad(which: int, house: int) -> str:
    dutch, french, postcode, town, street = words.ABROAD[which]
    code = f'"{postcode}"' if postcode else ""
    return f'"{dutch}","{french}",{code},"{town}","{town}","{street}","{street}","{house}",,'


def _places(them: Batch) -> tuple[list[int], list[int], list[int], list[float]]:
    return (
        them.below("town", len(texts.towns())).tolist(),
        them.below("street", 120).tolist(),
        (them.below("house", 300, may_change=True) + 1).tolist(),
        them.share("address").tolist(),
    )


def enterprise_addresses(them: Enterprises) -> str:
    """``address.csv``: the seat of each legal person; a few are abroad."""
    lines: list[str] = []
    for number, natural, town, street, house, chance in zip(
        them.printed, them.is_natural.tolist(), *_places(them), strict=True
    ):
        if natural:
            continue
        if chance < 0.006:
            lines.append(f'"{number}","REGO",{_abroad(street % len(words.ABROAD), house)},\n')
        else:
            lines.append(f'"{number}","REGO",{_address(town, street, house)},\n')
    return "".join(lines)


def establishment_addresses(them: Establishments) -> str:
    """``address.csv``: one each; some are struck off, with a new one or without."""
    lines: list[str] = []
    for number, town, street, house, chance in zip(them.printed, *_places(them), strict=True):
        if chance < 0.025:
            struck_off = _address(town // 2, street, 301 - house)
            lines.append(f'"{number}","BAET",{struck_off},30-06-2024\n')
        if chance < 0.015 or chance >= 0.03:
            lines.append(f'"{number}","BAET",{_address(town, street, house)},\n')
    return "".join(lines)


def _contacts(level: str) -> Callable[[Batch, list[str]], str]:
    def lines_of(them: Batch, numbers: list[str]) -> str:
        lines: list[str] = []
        for number, salt, chance in zip(
            numbers,
            them.below("contact", 1_000_000, may_change=True).tolist(),
            them.share("number of contacts").tolist(),
            strict=True,
        ):
            if chance < 0.080:
                lines.append(f'"{number}","{level}","TEL","0{salt:06d}0"\n')
            if 0.04 < chance < 0.100:
                lines.append(f'"{number}","{level}","EMAIL","info@demo-{salt}.example"\n')
            if 0.070 < chance < 0.110:
                lines.append(f'"{number}","{level}","WEB","www.demo-{salt}.example"\n')
            if chance < 0.012:
                lines.append(f'"{number}","{level}","FAX","0{salt:06d}1"\n')
        return "".join(lines)

    return lines_of


def enterprise_contacts(them: Enterprises) -> str:
    """``contact.csv``: of one in six; also FAX, which the code list lacks."""
    return _contacts("ENT")(them, them.printed)


def establishment_contacts(them: Establishments) -> str:
    """``contact.csv``: as above, for places."""
    return _contacts("EST")(them, them.printed)


def activity_lines(them: Enterprises | Establishments) -> str:
    """``activity.csv``: all lines of each entity together."""
    listed = blocks(them.plan.seed)
    return "".join(
        listed[block].replace("\0", number)
        for number, block in zip(
            them.printed, (them.trade % np.uint64(len(listed))).tolist(), strict=True
        )
    )


def _branches(them: Enterprises) -> list[str]:
    first_eight: Indices = FIRST_BRANCH + them.indices
    return printed(first_eight, (1, 4, 7))


def branch_lines(them: Enterprises) -> str:
    """``branch.csv``: Belgian branches of the first enterprises."""
    all_days = days()
    return "".join(
        f'"{branch}",{all_days[day]},"{number}"\n'
        for branch, number, day in zip(
            _branches(them), them.printed, them.below("start", len(all_days)).tolist(), strict=True
        )
    )


def branch_names(them: Enterprises) -> str:
    """``denomination.csv``: the name of each branch."""
    return "".join(f'"{branch}","0","004","Bijkantoor {branch}"\n' for branch in _branches(them))


def branch_addresses(them: Enterprises) -> str:
    """``address.csv``: the address of each branch."""
    return "".join(
        f'"{branch}","ABBR",,,"1000","Brussel","Bruxelles","Wetstraat","Rue de la Loi","9",,,\n'
        for branch in _branches(them)
    )
