"""The cellar: what every room may use."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class CommonConfig(AppConfig):
    """The cellar: what every room may use."""

    name = "portal.common"
    label = "common"
    verbose_name = _("Portal")
    default_auto_field = "django.db.models.BigAutoField"
