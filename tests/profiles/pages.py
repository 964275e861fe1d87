"""The forms of a company's pages as a browser sends them."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from companies.profiles.models import Company
from portal.common.vocabulary import Cell


def url(name: str, company: Company, *more: Any) -> str:
    """The address of a page of this company."""
    return reverse(f"profiles:{name}", args=[company.pk, *more])


def activity_data(**fields: str) -> dict[str, str]:
    """The activities form as a browser sends it; cells by their place in the list."""
    data = {"activity-TOTAL_FORMS": "12", "activity-INITIAL_FORMS": "12"}
    return data | {f"activity-{name.replace('__', '-')}": value for name, value in fields.items()}


def row_of(cell: Cell) -> int:
    """The place of a cell."""
    return list(Cell).index(cell)


def with_prefix(number: int, **fields: str) -> dict[str, str]:
    """Fields of one row."""
    return {f"activity-{number}-{name}": value for name, value in fields.items()}


def customer_data(*customers: dict[str, str], stored: int = 0) -> dict[str, str]:
    """The customers form as a browser sends it."""
    data = {
        "customer-TOTAL_FORMS": str(len(customers)),
        "customer-INITIAL_FORMS": str(stored),
    }
    for number, fields in enumerate(customers):
        data |= {f"customer-{number}-{name}": value for name, value in fields.items()}
    return data


CHOCOLATE = {"name": "Choco nv", "nace_division": "10", "turnover_share": "40"}
