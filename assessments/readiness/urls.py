"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.readiness.views import answering, moments, needs, results

app_name = "readiness"
urlpatterns = [
    path("company/<int:company_id>/", moments.overview, name="overview"),
    path("company/<int:company_id>/start/", moments.start, name="start"),
    path("scan/<int:scan_id>/", results.result, name="result"),
    path("scan/<int:scan_id>/submit/", results.submit, name="submit"),
    path("scan/<int:scan_id>/transition/<slug:slug>/", answering.transition, name="transition"),
    path("scan/<int:scan_id>/support-needs/", needs.needs, name="needs"),
]
