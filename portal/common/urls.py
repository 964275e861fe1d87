"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from portal.common import views

app_name = "common"
urlpatterns = [
    path("language/", views.set_language, name="set_language"),
    path("components/", views.gallery, name="gallery"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("privacy/", views.privacy, name="privacy"),
    path("csp-report/", views.csp_report, name="csp_report"),
]
