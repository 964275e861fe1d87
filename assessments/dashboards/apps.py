"""What is put together from several rooms."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DashboardsConfig(AppConfig):
    """What is put together from several rooms."""

    name = "assessments.dashboards"
    label = "dashboards"
    verbose_name = _("Dashboards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer this room's pages in the header."""
        from assessments.dashboards.navigation import provide  # noqa: PLC0415 - after the models
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
