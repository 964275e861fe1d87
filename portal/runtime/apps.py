"""Everything that runs the portal on one machine."""

from django.apps import AppConfig


class RuntimeConfig(AppConfig):
    """Everything that runs the portal on one machine."""

    name = "portal.runtime"
    label = "runtime"
