"""What each part of the profile is called, and what filling it in unlocks."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from companies.profiles.domain.completeness import Part

PART_LABELS: dict[Part, Any] = {
    Part.ESTABLISHMENTS: _("Establishments"),
    Part.ACTIVITIES: _("Activities"),
    Part.WORKFORCE: _("Workforce"),
    Part.CUSTOMERS: _("Customers"),
    Part.OFFERS: _("Offers and radius"),
    Part.COMPETENCES: _("Competences and certificates"),
    Part.EQUIPMENT: _("Equipment and technology"),
    Part.CURRENT_WORK: _("Enclaves, own products and cooperation"),
}
UNLOCKS: dict[Part, Any] = {
    Part.ESTABLISHMENTS: _("the distance to each partner"),
    Part.ACTIVITIES: _("the verdicts on the five opportunities, and matches with partners"),
    Part.WORKFORCE: _("the check on guides and recognition, and matches for enclave work"),
    Part.CUSTOMERS: _("the warning on dependence, and partners in sectors new to you"),
    Part.OFFERS: _("matches that fit your capacity and the distance you want to go"),
    Part.COMPETENCES: _("partners that ask for a certificate, such as HACCP"),
    Part.EQUIPMENT: _("your technology beside the verdict on factories of the future"),
    Part.CURRENT_WORK: _(
        "what you do already beside the verdicts, so that nobody proposes it as new"
    ),
}
