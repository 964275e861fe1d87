"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.dashboards import views

app_name = "dashboards"
urlpatterns = [
    path("", views.home, name="home"),
    path("government/", views.government, name="government"),
    path("government/companies/", views.company_list, name="company_list"),
]
