"""Which tracked tables the history of a company shows, in which part, and what stays out.

A test walks all tracked models that lead to a company and wants each of them here.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _


class Part(models.TextChoices):
    """Parts by which the history can be filtered."""

    COMPANY = "company", _("Company")
    ESTABLISHMENTS = "establishments", _("Establishments")
    ACTIVITIES = "activities", _("Activities")
    WORKFORCE = "workforce", _("Workforce")
    CUSTOMERS = "customers", _("Customers")
    OFFERS = "offers", _("Offers and radius")
    COMPETENCES = "competences", _("Competences and certificates")
    EQUIPMENT = "equipment", _("Equipment and technology")
    CURRENT_WORK = "current_work", _("Current work")
    PAPERS = "papers", _("Documents and consents")
    MEMBERS = "members", _("Members and advisers")


# Said by the line itself (who and when), or of no meaning to a reader.
ALWAYS_HIDDEN = frozenset({"id", "company_id", "created_at", "created_by_id", "is_demo"})

# A person beside a moment is the one who made the change; a hash is a secret.
NEVER_SHOWN = ("_by_id", "_hash", "token", "secret")


@dataclass(frozen=True)
class Shown:
    """How one table appears.

    ``title``: columns that name the row, those that are empty left out. ``hidden``:
    columns that say nothing to a reader (what is not a fact) or must not be read (secrets).
    """

    part: Part
    title: tuple[str, ...] = ()
    hidden: frozenset[str] = field(default_factory=frozenset)
    # A new row of zeros is no news.
    skip_empty: bool = False

    def hides(self, column: str) -> bool:
        """Out of sight: see ``hidden``, what every table hides, and secrets by their name."""
        return column in ALWAYS_HIDDEN | self.hidden or column.endswith(NEVER_SHOWN)


SHOWN: dict[str, Shown] = {
    "profiles.Company": Shown(
        Part.COMPANY,
        # The decision is told by the status and by who made the change.
        hidden=frozenset({"decided_at", "in_register"}),
    ),
    "profiles.CompanyEstablishment": Shown(
        Part.ESTABLISHMENTS, title=("name", "postcode", "municipality")
    ),
    "profiles.Activity": Shown(
        Part.ACTIVITIES, title=("cell", "description"), hidden=frozenset({"nace_version"})
    ),
    "profiles.WorkforceYear": Shown(Part.WORKFORCE, title=("year",)),
    "profiles.WorkforceCell": Shown(
        Part.WORKFORCE,
        title=("workforce_year_id", "target_group", "guidance_level"),
        skip_empty=True,
    ),
    "profiles.Customer": Shown(Part.CUSTOMERS, title=("name",)),
    "profiles.OpportunityOffer": Shown(Part.OFFERS, title=("opportunity",)),
    "profiles.CompanyCompetence": Shown(Part.COMPETENCES, title=("competence_id",)),
    "profiles.Equipment": Shown(Part.EQUIPMENT, title=("kind", "description")),
    "profiles.Enclave": Shown(Part.CURRENT_WORK, title=("host_name",)),
    "profiles.OwnProduct": Shown(Part.CURRENT_WORK, title=("name",)),
    "profiles.Cooperation": Shown(Part.CURRENT_WORK, title=("kind", "partner_name")),
    "profiles.Document": Shown(
        Part.PAPERS,
        title=("kind", "title"),
        hidden=frozenset({"sha256", "size", "file_kind", "uploaded_at"}),
    ),
    "profiles.Consent": Shown(
        Part.PAPERS, title=("purpose", "version"), hidden=frozenset({"given_at"})
    ),
    "profiles.Membership": Shown(Part.MEMBERS, title=("user_id",)),
    "profiles.Invitation": Shown(
        Part.MEMBERS, title=("email",), hidden=frozenset({"invited_at", "expires_at"})
    ),
    "profiles.JoinRequest": Shown(
        Part.MEMBERS,
        title=("user_id",),
        hidden=frozenset({"requested_at", "expires_at", "decided_at"}),
    ),
    "profiles.Acceptance": Shown(
        Part.COMPANY, title=("text", "version"), hidden=frozenset({"accepted_at"})
    ),
    "profiles.CompanyAdviser": Shown(Part.MEMBERS, title=("user_id",)),
}

# Tracked, belongs to a company, and yet not shown: why.
NOT_SHOWN: dict[str, str] = {
    "profiles.PartConfirmation": "comes with every save; the change itself is shown",
    # Of a room above.
    "readiness.PlannedStep": "the roadmap says who planned, ended or took up each step; steps"
    " from a scan that is not submitted are not for everybody who reads this page",
    "profiles.WorkbookUpload": "waits for a confirmation; what it then changes is shown",
    "opportunities.Scenario": "a calculation and no fact: its page says who changed it last",
}
