"""Reads of this room."""

from companies.profiles.selectors.joining import (
    has_active_owner,
    invitations_for,
    join_requests_of,
    open_join_requests,
    requests_for_staff,
    staff_decides_on_members,
    stranded,
    to_verify,
    waiting_invitations,
)
from companies.profiles.selectors.members import members_of, memberships_of
from companies.profiles.selectors.papers import (
    ConsentState,
    consents_of,
    document_piece,
    documents_of,
    has_consent,
)
from companies.profiles.selectors.parts import draft_of
from companies.profiles.selectors.profile import (
    CompanyProfile,
    WorkforceCheck,
    company_profile,
    company_profiles,
    concentration_of,
    fte_by_cell,
    latest_workforce,
    norm_for,
    norms_of,
    workforce_check,
    workforce_until,
    workforce_years,
    workforces,
)
from companies.profiles.selectors.register import NaceLine, nace_of
from companies.profiles.selectors.summary import CompanySummary, Confirmed, company_summary

__all__ = [
    "CompanyProfile",
    "CompanySummary",
    "Confirmed",
    "ConsentState",
    "NaceLine",
    "WorkforceCheck",
    "company_profile",
    "company_profiles",
    "company_summary",
    "concentration_of",
    "consents_of",
    "document_piece",
    "documents_of",
    "draft_of",
    "fte_by_cell",
    "has_active_owner",
    "has_consent",
    "invitations_for",
    "join_requests_of",
    "latest_workforce",
    "members_of",
    "memberships_of",
    "nace_of",
    "norm_for",
    "norms_of",
    "open_join_requests",
    "requests_for_staff",
    "staff_decides_on_members",
    "stranded",
    "to_verify",
    "waiting_invitations",
    "workforce_check",
    "workforce_until",
    "workforce_years",
    "workforces",
]
