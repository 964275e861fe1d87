"""Mirror of the Belgian business register (KBO)."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class RegisterConfig(AppConfig):
    """Mirror of the Belgian business register (KBO)."""

    name = "companies.register"
    label = "register"
    verbose_name = _("Business register")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer this room's pages in the header."""
        from companies.register.navigation import provide  # noqa: PLC0415 - models are ready now
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
