"""Five opportunities judged on four criteria."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class OpportunitiesConfig(AppConfig):
    """Five opportunities judged on four criteria."""

    name = "assessments.opportunities"
    label = "opportunities"
    verbose_name = _("Opportunities")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the opportunities in the header."""
        # Models are ready only now.
        from assessments.opportunities.navigation import provide  # noqa: PLC0415
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
