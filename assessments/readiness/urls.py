"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.readiness.views import (
    answering,
    discussing,
    files,
    moments,
    needs,
    respondents,
    results,
    review,
    roadmap,
    sector,
)

app_name = "readiness"
urlpatterns = [
    path("company/<int:company_id>/", moments.overview, name="overview"),
    path("company/<int:company_id>/start/", moments.start, name="start"),
    path("sector/", sector.sector, name="sector"),
    path("scan/<int:scan_id>/", results.result, name="result"),
    path("scan/<int:scan_id>/submit/", results.submit, name="submit"),
    path("scan/<int:scan_id>/transition/<slug:slug>/", answering.transition, name="transition"),
    path("scan/<int:scan_id>/my-view/", respondents.my_view, name="my_view"),
    path(
        "scan/<int:scan_id>/my-view/<slug:slug>/",
        respondents.my_view_transition,
        name="my_view_transition",
    ),
    path("scan/<int:scan_id>/discuss/", discussing.discuss, name="discuss"),
    path("scan/<int:scan_id>/settle/<int:statement_id>/", discussing.settle, name="settle"),
    path("scan/<int:scan_id>/take-over/", discussing.take_over, name="take_over"),
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
    path("scan/<int:scan_id>/support-needs/", needs.needs, name="needs"),
    path("scan/<int:scan_id>/comment/<int:statement_id>/", review.comment, name="comment"),
    path("scan/<int:scan_id>/reopen/", review.reopen, name="reopen"),
    path("scan/<int:scan_id>/reopening/<int:reopening_id>/", review.reopening, name="reopening"),
    path("scan/<int:scan_id>/workbook/", files.workbook, name="workbook"),
    path("scan/<int:scan_id>/print/", files.print_view, name="print"),
]
