"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from portal.runtime import views

app_name = "runtime"
urlpatterns = [
    path("healthz", views.healthz, name="healthz"),
    path("readyz", views.readyz, name="readyz"),
]
