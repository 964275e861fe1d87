"""Partners, what they seek, what they agreed to, and who asks to act for them."""

from companies.partners.merging.models import EstablishmentMerge
from companies.partners.models.agreements import Conversation, PartnerConsent
from companies.partners.models.needs import NeedCompetence, PartnerNeed
from companies.partners.models.partner import Partner, PartnerContact
from companies.partners.models.requests import ContactRequest
from companies.partners.opt_out.models import OptOut

__all__ = [
    "ContactRequest",
    "Conversation",
    "EstablishmentMerge",
    "NeedCompetence",
    "OptOut",
    "Partner",
    "PartnerConsent",
    "PartnerContact",
    "PartnerNeed",
]
