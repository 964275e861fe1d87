"""Maatwerk companies and what they tell about themselves."""

from companies.profiles.models.activities import Activity
from companies.profiles.models.company import Company, CompanyAdviser, CompanyEstablishment
from companies.profiles.models.facts import (
    Customer,
    OpportunityOffer,
)
from companies.profiles.models.joining import Acceptance, Invitation, JoinRequest
from companies.profiles.models.membership import Membership
from companies.profiles.models.papers import Consent, Document, DocumentContent
from companies.profiles.models.parts import PartConfirmation, PartDraft
from companies.profiles.models.reference import Competence, WorkforceNorm
from companies.profiles.models.resources import Cooperation, Enclave, Equipment, OwnProduct
from companies.profiles.models.workbook import WorkbookUpload
from companies.profiles.models.workforce import WorkforceCell, WorkforceYear

__all__ = [
    "Acceptance",
    "Activity",
    "Company",
    "CompanyAdviser",
    "CompanyEstablishment",
    "Competence",
    "Consent",
    "Cooperation",
    "Customer",
    "Document",
    "DocumentContent",
    "Enclave",
    "Equipment",
    "Invitation",
    "JoinRequest",
    "Membership",
    "OpportunityOffer",
    "OwnProduct",
    "PartConfirmation",
    "PartDraft",
    "WorkbookUpload",
    "WorkforceCell",
    "WorkforceNorm",
    "WorkforceYear",
]
