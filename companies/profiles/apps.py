"""Maatwerk companies: members, activities, workforce."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ProfilesConfig(AppConfig):
    """Maatwerk companies: members, activities, workforce."""

    name = "companies.profiles"
    label = "profiles"
    verbose_name = _("Companies")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Offer the company's pages in the header, and its places to measure from."""
        from companies.profiles.navigation import provide  # noqa: PLC0415 - models are ready now
        from companies.profiles.origins import CompanyOrigins  # noqa: PLC0415
        from companies.register.searching import origins  # noqa: PLC0415
        from portal.common import navigation  # noqa: PLC0415

        navigation.register(provide)
        origins.register(CompanyOrigins())
