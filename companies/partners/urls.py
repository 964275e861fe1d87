"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from companies.partners.opt_out import views as opt_out
from companies.partners.views import consents, conversations, needs, partner, requests, sign_up

app_name = "partners"
urlpatterns = [
    path("", partner.partner_list, name="partner_list"),
    path("sign-up/", sign_up.sign_up, name="sign_up"),
    path("sign-up/<str:number>/", sign_up.confirm, name="sign_up_confirm"),
    path("join/<str:number>/", sign_up.join, name="join"),
    path("queue/", requests.queue, name="queue"),
    path("requests/<int:request_id>/accept/", requests.accept, name="request_accept"),
    path("requests/<int:request_id>/decline/", requests.decline, name="request_decline"),
    path("requests/<int:request_id>/withdraw/", requests.withdraw, name="request_withdraw"),
    path("opt-out/", opt_out.by_code, name="opt_out_code"),
    path("opt-out/confirm/", opt_out.confirm, name="opt_out_confirm"),
    path("opt-out/undo/", opt_out.undo, name="opt_out_undo"),
    path("opt-out/<str:token>/", opt_out.by_link, name="opt_out"),
    path("number/<str:number>/opt-out/", opt_out.manage, name="opt_out_manage"),
    path("number/<str:number>/opt-out/undo/", opt_out.manage_undo, name="opt_out_manage_undo"),
    path("<int:pk>/", partner.partner, name="partner"),
    path("<int:pk>/as-company/", partner.as_company, name="as_company"),
    path("<int:pk>/edit/", partner.partner_edit, name="partner_edit"),
    path("<int:pk>/needs/add/<str:opportunity>/", needs.add, name="need_add"),
    path("<int:pk>/needs/<int:need_id>/", needs.change, name="need_change"),
    path("<int:pk>/needs/<int:need_id>/close/", needs.close, name="need_close"),
    path("<int:pk>/needs/<int:need_id>/reopen/", needs.reopen, name="need_reopen"),
    path("<int:pk>/consents/", consents.consents, name="consents"),
    path("<int:pk>/consents/<str:purpose>/give/", consents.give, name="consent_give"),
    path("<int:pk>/consents/<str:purpose>/withdraw/", consents.withdraw, name="consent_withdraw"),
    path("<int:pk>/conversations/", conversations.conversations, name="conversations"),
    path(
        "<int:pk>/conversations/<int:conversation_id>/confirm/",
        conversations.confirm,
        name="conversation_confirm",
    ),
    path("<int:pk>/contacts/", partner.contacts, name="contacts"),
    path(
        "<int:pk>/contacts/<int:contact_id>/remove/", partner.contact_remove, name="contact_remove"
    ),
]
