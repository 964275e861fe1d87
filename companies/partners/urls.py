"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from companies.partners import views
from companies.partners.opt_out import views as opt_out

app_name = "partners"
urlpatterns = [
    path("", views.partner_list, name="partner_list"),
    path("opt-out/", opt_out.by_code, name="opt_out_code"),
    path("opt-out/confirm/", opt_out.confirm, name="opt_out_confirm"),
    path("opt-out/undo/", opt_out.undo, name="opt_out_undo"),
    path("opt-out/<str:token>/", opt_out.by_link, name="opt_out"),
    path("number/<str:number>/opt-out/", opt_out.manage, name="opt_out_manage"),
    path("number/<str:number>/opt-out/undo/", opt_out.manage_undo, name="opt_out_manage_undo"),
    path("<int:pk>/", views.partner, name="partner"),
    path("<int:pk>/edit/", views.partner_edit, name="partner_edit"),
    path("<int:pk>/contacts/", views.contacts, name="contacts"),
    path("<int:pk>/contacts/<int:contact_id>/remove/", views.contact_remove, name="contact_remove"),
]
