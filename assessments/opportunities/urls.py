"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.opportunities import override_views, views

app_name = "opportunities"
urlpatterns = [
    path("<int:company_id>/", views.overview, name="overview"),
    path("<int:company_id>/understood/", override_views.understood, name="understood"),
    path("<int:company_id>/<slug:opportunity>/", views.detail, name="detail"),
    path(
        "<int:company_id>/<slug:opportunity>/judge/",
        override_views.override,
        name="override",
    ),
    path(
        "<int:company_id>/<slug:opportunity>/judge/end/",
        override_views.end_override,
        name="end_override",
    ),
]
