"""Forms say what is wrong on top, at the field, and keep what was typed."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.utils import translation

from portal.common.forms import PortalFormMixin


class Contact(PortalFormMixin, forms.Form):
    """Two fields and a rule for both."""

    autocomplete = {"name": "name", "gone": "off"}

    name = forms.CharField(label="Name", help_text="As on your card")
    age = forms.IntegerField(label="Age", required=False)

    def clean(self):
        if self.cleaned_data.get("age") == 13:
            raise forms.ValidationError("Not today")
        return self.cleaned_data


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def show(form, source="{% crispy form %}"):
    context = Context({"form": form, "csrf_token": "x"})
    return Template("{% load crispy_forms_tags %}" + source).render(context)


def test_a_new_form_has_no_summary_and_one_button():
    html = show(Contact())
    assert "error-summary" not in html
    assert 'value="Save"' in html
    assert 'method="post"' in html
    assert 'autocomplete="name"' in html


@pytest.mark.parametrize("source", ["{% crispy form %}", "{{ form|crispy }}"])
def test_the_summary_links_to_the_field(source):
    html = show(Contact({"name": "", "age": "x"}), source)
    assert 'role="alert"' in html
    assert '<a href="#id_name">Name</a>' in html
    assert '<a href="#id_age">Age</a>' in html
    assert 'value="x"' in html
    assert 'aria-invalid="true"' in html


def test_what_concerns_the_whole_form_stands_in_the_summary():
    html = show(Contact({"name": "Els", "age": "13"}))
    assert "<li>Not today</li>" in html


def test_a_field_points_to_its_help_and_its_error():
    html = show(Contact({"name": ""}))
    field = (
        html.split('id="id_name"')[0].rsplit("<input", 1)[1]
        + html.split('id="id_name"')[1].split(">")[0]
    )
    for name in field.split('aria-describedby="')[1].split('"')[0].split():
        assert f'id="{name}"' in html
