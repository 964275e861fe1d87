"""Industry 4.0 self-assessment."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReadinessConfig(AppConfig):
    """Industry 4.0 self-assessment."""

    name = "assessments.readiness"
    label = "readiness"
    verbose_name = _("Readiness")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer this room's pages in the header."""
        from assessments.readiness.navigation import provide  # noqa: PLC0415 - models are ready now
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
