"""Writes of this room: keyword-only, atomic, and raising the version of the facts."""

from companies.profiles.services.facts import (
    ActivityInput,
    CellCount,
    CustomerInput,
    OfferInput,
    WorkforceInput,
    set_activities,
    set_competences,
    set_customers,
    set_offers,
    set_workforce_year,
    touch_facts,
)
from companies.profiles.services.members import (
    LastOwnerError,
    add_member,
    assign_adviser,
    change_role,
    remove_member,
    unassign_adviser,
)
from companies.profiles.services.reference import load_reference
from companies.profiles.services.sign_up import (
    SignUpError,
    check_sign_up,
    decline_company,
    sign_up_company,
    verify_company,
)

__all__ = [
    "ActivityInput",
    "CellCount",
    "CustomerInput",
    "LastOwnerError",
    "OfferInput",
    "SignUpError",
    "WorkforceInput",
    "add_member",
    "assign_adviser",
    "change_role",
    "check_sign_up",
    "decline_company",
    "load_reference",
    "remove_member",
    "set_activities",
    "set_competences",
    "set_customers",
    "set_offers",
    "set_workforce_year",
    "sign_up_company",
    "touch_facts",
    "unassign_adviser",
    "verify_company",
]
