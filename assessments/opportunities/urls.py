"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.opportunities import views

app_name = "opportunities"
urlpatterns = [
    path("<int:company_id>/", views.overview, name="overview"),
    path("<int:company_id>/<slug:opportunity>/", views.detail, name="detail"),
]
