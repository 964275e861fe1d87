"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from companies.register import difference_views, views

app_name = "register"
urlpatterns: list[URLPattern] = [
    path("", views.search, name="search"),
    path("establishments/<str:number>/", views.establishment, name="establishment"),
    path("imports/", difference_views.ImportsView.as_view(), name="imports"),
    path("imports/<int:pk>/", difference_views.DifferencesView.as_view(), name="differences"),
    path("imports/<int:pk>/csv/", difference_views.differences_csv, name="differences_csv"),
]
