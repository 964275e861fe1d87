"""The pages of the cellar, seen from outside."""

from __future__ import annotations

import json

import pytest
from django.contrib import messages
from django.contrib.messages.storage.fallback import FallbackStorage
from django.shortcuts import render
from django.test import Client, RequestFactory
from django.urls import reverse
from django.views import defaults

from portal.common import language, navigation
from portal.common.domain import csp
from portal.common.models import CspReport

pytestmark = pytest.mark.django_db
REPORT = {"csp-report": {"document-uri": "https://p/", "effective-directive": "style-src"}}


@pytest.fixture
def someone(django_user_model):
    return django_user_model.objects.create_user("els@example.org", full_name="Els Peeters")


@pytest.mark.parametrize("code", ["nl", "en"])
def test_the_gallery_shows_every_component_to_whoever_is_logged_in(client, someone, code):
    client.force_login(someone)
    page = client.get(reverse("common:gallery"), headers={"accept-language": code})
    assert page.status_code == 200
    assert f'<html lang="{code}">' in page.text
    for part in ("verdict-hoog", "status-danger", "chart-radar", "chart-score", "error-summary"):
        assert part in page.text


def test_the_skeleton_costs_session_user_and_staff_roles(
    client, someone, monkeypatch, django_assert_num_queries
):
    monkeypatch.setattr(navigation, "_providers", [])
    client.force_login(someone)
    with django_assert_num_queries(3):
        client.get(reverse("common:gallery"))


def test_messages_stand_where_screen_readers_look(client, someone):
    request = RequestFactory().get("/")
    request.user, request.session = someone, client.session
    request._messages = FallbackStorage(request)
    messages.error(request, "Not <b>this</b> way")
    page = render(request, "common/privacy.html").content.decode()
    region = page.split('id="messages" role="alert"')[1].split("page-header")[0]
    assert "notice-danger" in region
    assert "Not &lt;b&gt;this&lt;/b&gt; way" in region


def test_numbers_in_pictures_have_points_in_dutch_too(client, someone):
    client.force_login(someone)
    page = client.get(reverse("common:gallery"), headers={"accept-language": "nl"}).text
    assert "1.234.567,9" in page  # the language is Dutch
    for attribute in (' x="', ' y="', ' width="', ' cx="', ' x1="'):
        values = [part.split('"')[0] for part in page.split(attribute)[1:]]
        assert values
        assert not [value for value in values if "," in value]


@pytest.mark.parametrize("name", ["accessibility", "privacy"])
def test_statements_are_open_to_everybody(client, name, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.get(reverse(f"common:{name}")).status_code == 200


def test_a_language_is_chosen_without_logging_in(client):
    answer = client.post(
        reverse("common:set_language"), {"language": "en", "next": reverse("common:privacy")}
    )
    assert answer["Location"] == reverse("common:privacy")
    page = client.get(reverse("common:privacy"), headers={"accept-language": "nl"})
    assert '<html lang="en">' in page.text


def test_the_choice_goes_to_whoever_wants_to_remember_it(client, monkeypatch):
    heard = []
    monkeypatch.setattr(language, "_hooks", [])
    language.on_change(lambda request, code: heard.append(code))
    for code in ("en", "fr", "", "nl"):  # Django knows French, this portal does not
        client.post(reverse("common:set_language"), {"language": code})
    assert heard == ["en", "nl"]


def test_a_hook_counts_once(monkeypatch):
    monkeypatch.setattr(language, "_hooks", [])
    language.on_change(print)
    language.on_change(print)
    assert language._hooks == [print]


def test_the_language_switch_sends_nobody_elsewhere(client):
    answer = client.post(
        reverse("common:set_language"), {"language": "en", "next": "https://elsewhere.example/"}
    )
    assert answer["Location"] == "/"


def send(client, body, content_type="application/csp-report"):
    return client.post(reverse("common:csp_report"), body, content_type=content_type)


def test_a_browser_can_report_without_a_token():
    client = Client(enforce_csrf_checks=True)
    assert send(client, json.dumps(REPORT)).status_code == 204
    assert CspReport.objects.get().directive == "style-src"


def test_what_is_no_report_is_refused(client):
    assert send(client, "hello").status_code == 400
    assert send(client, b"\x00" * (csp.MAXIMUM_BYTES + 1)).status_code == 413
    assert client.get(reverse("common:csp_report")).status_code == 405
    assert not CspReport.objects.exists()


def test_a_length_that_is_no_number_is_refused(rf):
    from portal.common.views import csp_report

    request = rf.post("/csp-report/", REPORT, content_type="application/json")
    request.META["CONTENT_LENGTH"] = "many"
    assert csp_report(request).status_code == 400


def test_the_title_is_also_the_heading(client):
    page = client.get(reverse("common:privacy"), headers={"accept-language": "en"}).text
    page = " ".join(page.split())
    assert "Privacy – Maatwerkportaal</title>" in page
    assert "<h1> Privacy </h1>" in page


@pytest.mark.parametrize("view", [defaults.server_error, defaults.bad_request])
def test_error_pages_need_neither_database_nor_context(view, django_assert_num_queries):
    request = RequestFactory().get("/")
    with django_assert_num_queries(0):
        page = view(request, None) if view is defaults.bad_request else view(request)
    assert b"portal/portal.css" in page.content
    assert b"<h1>" in page.content


def test_a_wrong_address_gets_our_page(client, someone):
    client.force_login(someone)
    page = client.get("/no/such/page/", headers={"accept-language": "en"})
    assert page.status_code == 404
    assert "This page is not here" in page.text


def test_a_form_without_token_gets_our_page():
    page = Client(enforce_csrf_checks=True).post(
        reverse("common:set_language"), {"language": "en"}, headers={"accept-language": "en"}
    )
    assert page.status_code == 403
    assert "We could not accept this form" in page.text


def test_the_admin_shows_reports_and_changes_none(client, django_user_model):
    admin = django_user_model.objects.create_superuser("admin@example.org")
    admin.is_demo = True  # no second factor in this test
    admin.save()
    send(client, json.dumps(REPORT))
    client.force_login(admin)
    page = client.get(reverse("admin:common_cspreport_changelist"))
    assert "style-src" in page.text
    assert client.get(reverse("admin:common_cspreport_add")).status_code == 403
    report = CspReport.objects.get()
    url = reverse("admin:common_cspreport_change", args=[report.pk])
    assert client.post(url, {"directive": "other"}).status_code == 403
