"""Partners in the regular economy, on top of the register."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PartnersConfig(AppConfig):
    """Partners in the regular economy, on top of the register."""

    name = "companies.partners"
    label = "partners"
    verbose_name = _("Partners")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the partners' pages in the header; say what belongs to whom in a merge."""
        # Models are ready only now.
        from companies.partners.merging import relations  # noqa: PLC0415
        from companies.partners.navigation import provide  # noqa: PLC0415
        from companies.partners.remarks import remark  # noqa: PLC0415
        from companies.register import remarks  # noqa: PLC0415
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
        remarks.register(remark)
        # What the register says of an entry stays the entry's own.
        relations.register("register.EstablishmentActivity.establishment", relations.Rule.STAYS)
        relations.register("register.ContactChannel.establishment", relations.Rule.STAYS)
        relations.register("register.SearchEntry.establishment", relations.Rule.STAYS)
        relations.register("partners.Partner.establishment", relations.Rule.CHOOSE)
        relations.register("partners.PartnerNeed.partner", relations.Rule.CHOOSE)
        relations.register("partners.PartnerNeed_competences.partnerneed", relations.Rule.CARRY)
        relations.register("partners.PartnerContact.partner", relations.Rule.CARRY)
        relations.register("partners.Conversation.partner", relations.Rule.CARRY)
        relations.register("partners.PartnerConsent.partner", relations.Rule.CARRY)
        relations.register("partners.PartnerConsent.conversation", relations.Rule.CARRY)
        relations.register("partners.ContactRequest.partner", relations.Rule.CARRY)
