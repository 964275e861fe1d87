"""Maatwerk companies and what they tell about themselves."""

from companies.profiles.models.company import Company, CompanyAdviser, CompanyEstablishment
from companies.profiles.models.facts import (
    Activity,
    Customer,
    OpportunityOffer,
    WorkforceCell,
    WorkforceYear,
)
from companies.profiles.models.membership import Membership
from companies.profiles.models.reference import Competence, WorkforceNorm

__all__ = [
    "Activity",
    "Company",
    "CompanyAdviser",
    "CompanyEstablishment",
    "Competence",
    "Customer",
    "Membership",
    "OpportunityOffer",
    "WorkforceCell",
    "WorkforceNorm",
    "WorkforceYear",
]
