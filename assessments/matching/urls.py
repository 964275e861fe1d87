"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.matching import views

app_name = "matching"
urlpatterns = [
    path("company/<int:company_id>/", views.matches, name="matches"),
    path("company/<int:company_id>/why-not/", views.why_not, name="why_not"),
    path("match/<int:pk>/", views.match, name="match"),
    path("runs/", views.runs, name="runs"),
    path("runs/start/", views.start, name="start"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/cancel/", views.cancel, name="cancel"),
]
