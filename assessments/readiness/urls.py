"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.readiness.views import answering, moments, results, roadmap

app_name = "readiness"
urlpatterns = [
    path("company/<int:company_id>/", moments.overview, name="overview"),
    path("company/<int:company_id>/start/", moments.start, name="start"),
    path("scan/<int:scan_id>/", results.result, name="result"),
    path("scan/<int:scan_id>/submit/", results.submit, name="submit"),
    path("scan/<int:scan_id>/transition/<slug:slug>/", answering.transition, name="transition"),
    path("scan/<int:scan_id>/roadmap/", roadmap.roadmap, name="roadmap"),
    path(
        "scan/<int:scan_id>/roadmap/plan/<int:statement_id>/", roadmap.plan_step, name="plan_step"
    ),
    path(
        "scan/<int:scan_id>/roadmap/step/<int:step_id>/", roadmap.planned_step, name="planned_step"
    ),
    path(
        "scan/<int:scan_id>/roadmap/step/<int:step_id>/move/", roadmap.move_step, name="move_step"
    ),
]
