"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.matching import views

app_name = "matching"
urlpatterns = [
    path("company/<int:company_id>/", views.matches, name="matches"),
    path("company/<int:company_id>/why-not/", views.why_not, name="why_not"),
    path("match/<int:pk>/", views.match, name="match"),
    path("match/<int:pk>/seen/", views.seen, name="seen"),
    path("match/<int:pk>/interested/", views.interested, name="interested"),
    path("match/<int:pk>/not-relevant/", views.not_relevant, name="not_relevant"),
    path("match/<int:pk>/take-back/", views.take_back, name="take_back"),
    path("match/<int:pk>/introduce/", views.introduce, name="introduce"),
    path(
        "company/<int:company_id>/introductions/",
        views.company_introductions,
        name="company_introductions",
    ),
    path("introductions/", views.introductions, name="introductions"),
    path("introductions/<int:pk>/", views.introduction, name="introduction"),
    path("introductions/<int:pk>/step/<slug:step>/", views.step, name="step"),
    path("precision/", views.precision, name="precision"),
    path("runs/", views.runs, name="runs"),
    path("runs/start/", views.start, name="start"),
    path("runs/<int:pk>/", views.run, name="run"),
    path("runs/<int:pk>/cancel/", views.cancel, name="cancel"),
]
