"""Choices of the partners room."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from portal.common.vocabulary import Opportunity


class Sourcing(models.TextChoices):
    """Where work that a partner wants done nearby is done today."""

    OUTSOURCE = "outsource", _("Work that the organisation does itself and wants to outsource")
    BRING_BACK = "bring_back", _("Work that is done abroad and has to come back")


class Capacity(models.TextChoices):
    """In what function a person acts for an organisation."""

    DIRECTOR = "director", _("Director or owner")
    OPERATIONS = "operations", _("Production or operations")
    PERSONNEL = "personnel", _("Personnel")
    PURCHASE = "purchase", _("Purchase")
    SUSTAINABILITY = "sustainability", _("Sustainability or social policy")
    OTHER = "other", pgettext_lazy("function of a person", "Another function")


class RefusalReason(models.TextChoices):
    """Why a request to act for a partner is declined."""

    NOT_ENTITLED = "not_entitled", _("The person does not act for this organisation")
    NOT_REGULAR = "not_regular", _("This is no organisation of the regular economy")
    DUPLICATE = "duplicate", _("The organisation is known under another number")
    OTHER = "other", pgettext_lazy("reason for declining", "Another reason")


class SharePurpose(models.TextChoices):
    """What a partner can agree to show to companies, each apart."""

    SHOW = "show", _("Show the organisation to maatwerk companies")
    CONTACT = "contact", _("Show the contact person")


# What a partner can seek, in words for the partner itself.
NEED_LABELS: dict[Opportunity, Any] = {
    Opportunity.ENCLAVE: _("Places for a team of a maatwerk company (enclave)"),
    Opportunity.RESHORING: _("Work to outsource or to bring back"),
    Opportunity.EIGEN_PRODUCTEN: _("Develop a product together"),
    Opportunity.FVDT: _("Mentoring for a factory of the future"),
    Opportunity.SAMENWERKING: _("Buy together"),
}
NEED_HELP: dict[Opportunity, Any] = {
    Opportunity.ENCLAVE: _(
        "People of the maatwerk company come and work in your building, with their own guide."
    ),
    Opportunity.RESHORING: _(
        "A maatwerk company nearby does work that you do yourself, or have done abroad."
    ),
    Opportunity.EIGEN_PRODUCTEN: _(
        "You design, make or sell a product together with a maatwerk company."
    ),
    Opportunity.FVDT: _(
        "You show a maatwerk company how you changed your factory, and you think along with it."
    ),
    Opportunity.SAMENWERKING: _(
        "You buy goods or services together with a maatwerk company, for a better price."
    ),
}
