"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.dashboards import company_views, report_views, touched_views, views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("government/", views.government, name="government"),
    path("government/companies/", views.company_list, name="company_list"),
    path("government/register/<int:import_id>/", touched_views.touched, name="touched"),
    path("company/<int:company_id>/reports/", report_views.reports, name="reports"),
    path("company/<int:company_id>/reports/<int:report_id>/", report_views.report, name="report"),
    path(
        "company/<int:company_id>/reports/<int:report_id>/file/",
        report_views.report_file,
        name="report_file",
    ),
    path("company/<int:company_id>/export/", company_views.company_export, name="company_export"),
    path("company/<int:company_id>/close/", company_views.company_close, name="company_close"),
    path("company/<int:company_id>/reopen/", company_views.company_reopen, name="company_reopen"),
]
