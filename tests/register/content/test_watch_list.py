"""The first watch list covers the study and keeps the versions apart."""

from __future__ import annotations

import pytest

from companies.register.content.watch_list import watched
from portal.common.vocabulary import NaceVersion, Opportunity

ROWS = list(watched())


def covers(version: NaceVersion, code: str, opportunity: Opportunity) -> bool:
    return any(
        v is version and o is opportunity and code.startswith(prefix) for v, prefix, o in ROWS
    )


def test_nothing_is_listed_twice_and_every_opportunity_has_codes_in_both_versions() -> None:
    assert len(ROWS) == len(set(ROWS))
    for version in (NaceVersion.NACE_2025, NaceVersion.NACE_2008):
        assert {o for v, _, o in ROWS if v is version} == set(Opportunity)


@pytest.mark.parametrize(
    "code",
    ["01130", "81300", "10820", "11070", "13300", "14210", "24510", "25530", "28990", "16230",
     "31000", "18120", "58110", "82920"],
)  # fmt: skip
def test_an_enclave_host_is_found_for_each_cell_of_the_study(code: str) -> None:
    assert covers(NaceVersion.NACE_2025, code, Opportunity.ENCLAVE)


@pytest.mark.parametrize(
    ("code_2008", "code_2025", "opportunity"),
    [
        ("38320", "38210", Opportunity.ENCLAVE),  # recovery of sorted materials
        ("82190", "82100", Opportunity.ENCLAVE),  # direct mail
        ("52290", "52250", Opportunity.ENCLAVE),  # logistics services
        ("96010", "96100", Opportunity.ENCLAVE),  # laundries
        ("46720", "46820", Opportunity.SAMENWERKING),  # wholesale of metals
        ("25620", "25530", Opportunity.RESHORING),  # machining
    ],
)
def test_a_trade_that_changed_its_code_is_watched_under_both(
    code_2008: str, code_2025: str, opportunity: Opportunity
) -> None:
    assert covers(NaceVersion.NACE_2008, code_2008, opportunity)
    assert covers(NaceVersion.NACE_2025, code_2025, opportunity)


@pytest.mark.parametrize(
    ("version", "code", "opportunity"),
    [
        (NaceVersion.NACE_2025, "38320", Opportunity.ENCLAVE),  # landfill since 2025
        (NaceVersion.NACE_2008, "38210", Opportunity.ENCLAVE),  # non-hazardous disposal
        (NaceVersion.NACE_2025, "46720", Opportunity.SAMENWERKING),  # car parts since 2025
    ],
)
def test_the_same_digits_of_the_other_version_are_not_watched(
    version: NaceVersion, code: str, opportunity: Opportunity
) -> None:
    assert not covers(version, code, opportunity)
