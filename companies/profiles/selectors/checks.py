"""What an adviser checks before verifying a company: the register beside the sign-up."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from companies.profiles.content.legal_forms import LEGAL_FORMS
from companies.profiles.models import Company
from companies.register.domain.numbers import format_enterprise_number
from companies.register.models import Enterprise
from companies.register.selectors import nace_labels


@dataclass(frozen=True)
class RegisterCheck:
    """One company as signed up, and as the register knows it now.

    ``found``: the register has the number; ``is_active``: not struck off; ``name`` and
    ``legal_form`` as the register writes them; ``nace``: (code, label), the enterprise's own.
    """

    company: Company
    number: str
    found: bool
    is_active: bool
    name: str
    legal_form: str
    nace: tuple[tuple[str, str], ...]

    @property
    def other_name(self) -> bool:
        """The register writes another name than the company carries here."""
        return self.found and self.name != self.company.name


def register_checks(companies: Iterable[Company]) -> list[RegisterCheck]:
    """One row for each company, in the same order; three queries."""
    listed = list(companies)
    numbers = [company.enterprise_number for company in listed]
    known = {
        row.number: row
        for row in Enterprise.objects.filter(number__in=numbers).prefetch_related("activities")
    }
    labels = nace_labels(
        (row.version, row.code) for entry in known.values() for row in entry.activities.all()
    )
    return [_check(company, known.get(company.enterprise_number), labels) for company in listed]


def _check(
    company: Company, entry: Enterprise | None, labels: dict[tuple[str, str], str]
) -> RegisterCheck:
    codes = (
        {} if entry is None else {(row.version, row.code): row for row in entry.activities.all()}
    )
    return RegisterCheck(
        company=company,
        number=format_enterprise_number(company.enterprise_number),
        found=entry is not None,
        is_active=entry is not None and entry.is_active,
        name=entry.name if entry else "",
        legal_form=LEGAL_FORMS.get(entry.legal_form, entry.legal_form) if entry else "",
        nace=tuple(sorted({(code, labels.get((version, code), "")) for version, code in codes})),
    )
