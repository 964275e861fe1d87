"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from companies.profiles.views import (
    company,
    consents,
    documents,
    facts,
    history,
    invitations,
    join_requests,
    members,
    queue,
    resources,
    sign_up,
    texts,
    workbook,
)

app_name = "profiles"
urlpatterns = [
    path("sign-up/", sign_up.sign_up, name="sign_up"),
    path("sign-up/<str:number>/", sign_up.confirm, name="sign_up_confirm"),
    path("switch/", company.switch, name="switch"),
    path("queue/", queue.queue, name="queue"),
    path("join/<str:number>/", join_requests.join, name="join"),
    path("join-requests/<int:request_id>/withdraw/", join_requests.withdraw, name="join_withdraw"),
    path("invitation/<str:token>/", invitations.by_link, name="invitation"),
    path("invitations/<int:invitation_id>/", invitations.own, name="invitation_own"),
    path("texts/<str:text>/", texts.read, name="text"),
    path("texts/<str:text>/<str:version>/", texts.read, name="text_version"),
    path("accept-texts/", texts.accept, name="accept_texts"),
    path("<int:company_id>/", company.company, name="company"),
    path("<int:company_id>/verify/", company.verify, name="verify"),
    path("<int:company_id>/decline/", company.decline, name="decline"),
    path("<int:company_id>/establishments/", resources.establishments, name="establishments"),
    path("<int:company_id>/equipment/", resources.equipment, name="equipment"),
    path("<int:company_id>/current-work/", resources.current_work, name="current_work"),
    path("<int:company_id>/activities/", facts.activities, name="activities"),
    path("<int:company_id>/workforce/", facts.workforce, name="workforce"),
    path("<int:company_id>/workforce/<int:year>/", facts.workforce, name="workforce_year"),
    path("<int:company_id>/customers/", facts.customers, name="customers"),
    path("<int:company_id>/offers/", facts.offers, name="offers"),
    path("<int:company_id>/competences/", facts.competences, name="competences"),
    path("<int:company_id>/documents/", documents.documents, name="documents"),
    path("<int:company_id>/documents/<int:document_id>/", documents.change, name="document_change"),
    path(
        "<int:company_id>/documents/<int:document_id>/download/",
        documents.download,
        name="document_download",
    ),
    path(
        "<int:company_id>/documents/<int:document_id>/remove/",
        documents.remove,
        name="document_remove",
    ),
    path(
        "<int:company_id>/documents/<int:document_id>/restore/",
        documents.restore,
        name="document_restore",
    ),
    path("<int:company_id>/consents/", consents.consents, name="consents"),
    path("<int:company_id>/consents/<str:purpose>/give/", consents.give, name="consent_give"),
    path(
        "<int:company_id>/consents/<str:purpose>/withdraw/",
        consents.withdraw,
        name="consent_withdraw",
    ),
    path("<int:company_id>/workbook/", workbook.workbook, name="workbook"),
    path("<int:company_id>/workbook/download/", workbook.download, name="workbook_download"),
    path("<int:company_id>/workbook/<int:upload_id>/", workbook.preview, name="workbook_preview"),
    path("<int:company_id>/history/", history.history, name="history"),
    path("<int:company_id>/confirm/<str:part>/", facts.confirm, name="confirm"),
    path("<int:company_id>/members/", members.members, name="members"),
    path(
        "<int:company_id>/members/<int:membership_id>/role/",
        members.change_role,
        name="member_role",
    ),
    path(
        "<int:company_id>/members/<int:membership_id>/remove/",
        members.remove,
        name="member_remove",
    ),
    path(
        "<int:company_id>/members/<int:membership_id>/appoint/",
        members.appoint,
        name="member_appoint",
    ),
    path("<int:company_id>/leave/", members.leave, name="leave"),
    path("<int:company_id>/apply-again/", company.apply_again, name="apply_again"),
    path(
        "<int:company_id>/invitations/<int:invitation_id>/resend/",
        invitations.resend,
        name="invitation_resend",
    ),
    path(
        "<int:company_id>/invitations/<int:invitation_id>/withdraw/",
        invitations.withdraw,
        name="invitation_withdraw",
    ),
    path(
        "<int:company_id>/join-requests/<int:request_id>/accept/",
        join_requests.accept,
        name="join_accept",
    ),
    path(
        "<int:company_id>/join-requests/<int:request_id>/refuse/",
        join_requests.refuse,
        name="join_refuse",
    ),
]
