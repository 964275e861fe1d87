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
        """Offer the partners' pages in the header."""
        from companies.partners.navigation import provide  # noqa: PLC0415 - models are ready now
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
