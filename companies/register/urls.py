"""Addresses of this room."""

from __future__ import annotations

from django.urls import URLPattern, path

from companies.register import views

app_name = "register"
urlpatterns: list[URLPattern] = [
    path("", views.search, name="search"),
    path("establishments/<str:number>/", views.establishment, name="establishment"),
]
