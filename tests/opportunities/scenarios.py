"""The examples by hand of the domain, as scenarios and as what a browser sends."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from assessments.opportunities import services
from assessments.opportunities.domain.calculators.catalogue import CALCULATORS, Calculator
from assessments.opportunities.models import Scenario
from companies.profiles.models import Company
from portal.accounts.models import User
from tests.opportunities.conftest import NOW
from tests.opportunities.domain.calculators.test_enclave import PACKING
from tests.opportunities.domain.calculators.test_investment import COBOT
from tests.opportunities.domain.calculators.test_own_product import BENCH
from tests.opportunities.domain.calculators.test_purchasing import STEEL
from tests.opportunities.domain.calculators.test_reshoring import FULL

BY_HAND: dict[Calculator, Any] = {
    Calculator.RESHORING: FULL,
    Calculator.OWN_PRODUCT: BENCH,
    Calculator.ENCLAVE: PACKING,
    Calculator.INVESTMENT: COBOT,
    Calculator.PURCHASING: STEEL,
}


def kept(
    company: Company,
    name: str = "Eerste",
    *,
    calculator: Calculator = Calculator.INVESTMENT,
    inputs: Any = None,
    by: User | None = None,
    counts: bool = False,
) -> Scenario:
    """A scenario that somebody kept; by default the example by hand."""
    scenario = services.create_scenario(
        company_id=company.pk,
        calculator=calculator,
        name=name,
        inputs=BY_HAND[calculator] if inputs is None else inputs,
        by=by or company.created_by,
        now=NOW,
    )
    if counts:
        services.choose_scenario(company_id=company.pk, scenario_id=scenario.pk)
    return scenario


def typed(calculator: Calculator, inputs: Any, **more: str) -> dict[str, str]:
    """What a Dutch page sends when these inputs are typed in, and ``more``."""
    definition = CALCULATORS[calculator]
    sent = {spec.name: _text(getattr(inputs, spec.name)) for spec in definition.fields}
    for slug, row in definition.rows.items():
        rows = getattr(inputs, slug)
        sent |= {f"{slug}-TOTAL_FORMS": str(len(rows) + 2), f"{slug}-INITIAL_FORMS": "0"}
        for number, one in enumerate(rows):
            for spec in row.fields:
                sent[f"{slug}-{number}-{spec.name}"] = _text(getattr(one, spec.name))
    return sent | more


def _text(value: Decimal | date | bool | str | None) -> str:
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case Decimal():
            return format(value, "f").replace(".", ",")
        case _:
            return str(value)
