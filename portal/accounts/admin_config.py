"""Which admin site is the default one; read before any model is loaded."""

from __future__ import annotations

from django.contrib.admin.apps import AdminConfig


class PortalAdminConfig(AdminConfig):
    """``django.contrib.admin`` with our site as the default one."""

    default_site = "portal.accounts.admin_site.PortalAdminSite"
