"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.readiness.views import answering, files, moments, results, review

app_name = "readiness"
urlpatterns = [
    path("company/<int:company_id>/", moments.overview, name="overview"),
    path("company/<int:company_id>/start/", moments.start, name="start"),
    path("scan/<int:scan_id>/", results.result, name="result"),
    path("scan/<int:scan_id>/submit/", results.submit, name="submit"),
    path("scan/<int:scan_id>/transition/<slug:slug>/", answering.transition, name="transition"),
    path("scan/<int:scan_id>/comment/<int:statement_id>/", review.comment, name="comment"),
    path("scan/<int:scan_id>/reopen/", review.reopen, name="reopen"),
    path("scan/<int:scan_id>/reopening/<int:reopening_id>/", review.reopening, name="reopening"),
    path("scan/<int:scan_id>/workbook/", files.workbook, name="workbook"),
    path("scan/<int:scan_id>/print/", files.print_view, name="print"),
]
