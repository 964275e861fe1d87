"""Drawn entities as lines of the nine KBO files: quoting, dots, dates and absences.

Text is quoted, dates are not, and an absent value is either nothing or an empty quoted
string, as in the published files. One call writes the lines of one entity as one string.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

from companies.register.demo.specs import Address, DrawnEnterprise, DrawnPlace, trades
from companies.register.domain.numbers import (
    format_enterprise_number,
    format_establishment_number,
    with_check_digits,
)

Write = Callable[[str], object]
FIRST_DAY = date(1972, 1, 3)
GROUPS = {"both": ("001", "006"), "all": ("001", "006"), "2008": ("006",), "2025": ("001",)}
HEADERS = {
    "enterprise": (
        "EnterpriseNumber", "Status", "JuridicalSituation", "TypeOfEnterprise",
        "JuridicalForm", "JuridicalFormCAC", "StartDate",
    ),
    "establishment": ("EstablishmentNumber", "StartDate", "EnterpriseNumber"),
    "branch": ("Id", "StartDate", "EnterpriseNumber"),
    "denomination": ("EntityNumber", "Language", "TypeOfDenomination", "Denomination"),
    "address": (
        "EntityNumber", "TypeOfAddress", "CountryNL", "CountryFR", "Zipcode", "MunicipalityNL",
        "MunicipalityFR", "StreetNL", "StreetFR", "HouseNumber", "Box", "ExtraAddressInfo",
        "DateStrikingOff",
    ),
    "contact": ("EntityNumber", "EntityContact", "ContactType", "Value"),
    "activity": (
        "EntityNumber", "ActivityGroup", "NaceVersion", "NaceCode", "Classification",
    ),
    "code": ("Category", "Code", "Language", "Description"),
    "meta": ("Variable", "Value"),
}  # fmt: skip
_days: dict[int, str] = {}
_blocks: dict[tuple[tuple[int, ...], str], str] = {}


def header(file: str) -> str:
    """The first line of a file."""
    return ",".join(f'"{column}"' for column in HEADERS[file]) + "\n"


def quoted(text: str) -> str:
    """A text field: in double quotes, quotes within doubled."""
    return '"' + text.replace('"', '""') + '"'


def written_day(days: int) -> str:
    """``dd-mm-yyyy``, counted from the first day of the demo."""
    found = _days.get(days)
    if found is None:
        found = _days[days] = (FIRST_DAY + timedelta(days=days)).strftime("%d-%m-%Y")
    return found


def activity_block(activities: tuple[int, ...], versions: str) -> str:
    """All activity lines of an entity, with NUL in the place of its number."""
    key = (activities, versions)
    found = _blocks.get(key)
    if found is not None:
        return found
    lines: list[str] = []
    for version, column in (("2003", 3), ("2008", 2), ("2025", 1)):
        if versions not in ("all", version) and not (versions == "both" and version != "2003"):
            continue
        for group in GROUPS.get(versions, ("001",)):
            for rank, activity in enumerate(activities):
                code = trades()[activity][column]
                kind = "MAIN" if rank == 0 else "ANCI" if rank == 4 else "SECO"
                if code:
                    lines.append(f'"\0","{group}","{version}","{code}","{kind}"\n')
    block = "".join(lines)
    # Bounded: the many rare combinations of an extract of full size are not worth keeping.
    if len(_blocks) < 20_000:
        _blocks[key] = block
    return block


def address_line(number: str, kind: str, address: Address, struck_off: str = "") -> str:
    """One line of ``address.csv``; how an absence is written depends on the house number."""
    a = address
    nothing = '""' if len(a.house_number) == 1 else ""
    country_nl = f'"{a.country_nl}"' if a.country_nl else nothing
    country_fr = f'"{a.country_fr}"' if a.country_fr else nothing
    postcode = f'"{a.postcode}"' if a.postcode else nothing
    box = f'"{a.box}"' if a.box else nothing
    return (
        f'"{number}","{kind}",{country_nl},{country_fr},{postcode},"{a.town_nl}","{a.town_fr}",'
        f'"{a.street_nl}","{a.street_fr}","{a.house_number}",{box},{nothing},{struck_off}\n'
    )


def write_enterprise(write: dict[str, Write], first_eight: int, drawn: DrawnEnterprise) -> None:
    """The lines of an enterprise itself, in seven of the files."""
    number = format_enterprise_number(with_check_digits(first_eight))
    kind = "1" if drawn.is_natural else "2"
    form = f'"{drawn.legal_form}"' if drawn.legal_form else '""' if drawn.contact % 2 else ""
    write["enterprise"](f'"{number}","AC","000","{kind}",{form},,{written_day(drawn.starts)}\n')
    for language, type_, name in drawn.names:
        write["denomination"](f'"{number}","{language}","{type_}",{quoted(name)}\n')
    if drawn.seat is not None:
        write["address"](address_line(number, "REGO", drawn.seat))
    if drawn.activities:
        write["activity"](activity_block(drawn.activities, drawn.versions).replace("\0", number))
    if drawn.contact and drawn.contact < 6:
        _write_contacts(write["contact"], number, drawn.contact, first_eight)


def write_branch(write: dict[str, Write], first_eight: int, drawn: DrawnEnterprise) -> None:
    """The Belgian branch of an enterprise with its seat abroad."""
    number = format_enterprise_number(with_check_digits(first_eight))
    # Branches count from 9; the same eight digits keep the two numbers apart.
    branch = format_establishment_number(with_check_digits(90_000_000 + first_eight % 10_000_000))
    write["branch"](f'"{branch}",{written_day(drawn.starts)},"{number}"\n')
    write["denomination"](f'"{branch}","0","004",{quoted(drawn.names[0][2])}\n')
    address = Address("", "", "1000", "Brussel", "Bruxelles", "Wetstraat", "Rue de la Loi", "9", "")
    write["address"](address_line(branch, "ABBR", address))


def write_place(
    write: dict[str, Write], first_eight: int, enterprise: int, place: DrawnPlace
) -> None:
    """The lines of an establishment, in four of the files."""
    number = format_establishment_number(with_check_digits(first_eight))
    parent = format_enterprise_number(with_check_digits(enterprise))
    write["establishment"](f'"{number}",{written_day(place.starts)},"{parent}"\n')
    if place.name:
        write["denomination"](f'"{number}","{place.language}","003",{quoted(place.name)}\n')
    if place.struck_off is not None:
        write["address"](address_line(number, "BAET", place.struck_off, "30-06-2024"))
    if place.address is not None:
        write["address"](address_line(number, "BAET", place.address))
    if place.activities:
        write["activity"](activity_block(place.activities, place.versions).replace("\0", number))


def _write_contacts(write: Write, number: str, kind: int, salt: int) -> None:
    write(f'"{number}","ENT","TEL","000 {salt % 100:02d} {salt // 100 % 100:02d} 00"\n')
    if kind > 1:
        write(f'"{number}","ENT","EMAIL","info@demo-{salt}.example"\n')
    if kind > 3:
        write(f'"{number}","ENT","WEB","www.demo-{salt}.example"\n')
    if kind == 5:
        write(f'"{number}","ENT","FAX","000 {salt % 100:02d} 00 00"\n')
