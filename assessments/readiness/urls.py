"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.readiness import views

app_name = "readiness"
urlpatterns = [
    path("company/<int:company_id>/", views.overview, name="overview"),
    path("company/<int:company_id>/start/", views.start, name="start"),
    path("scan/<int:scan_id>/", views.result, name="result"),
    path("scan/<int:scan_id>/submit/", views.submit, name="submit"),
    path("scan/<int:scan_id>/transition/<slug:slug>/", views.transition, name="transition"),
]
