"""The preview of a version, and publishing from it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from assessments.readiness.content.differences import fingerprint
from assessments.readiness.models import Questionnaire
from assessments.readiness.pages.preview import LANGUAGE_LABELS, preview_page
from assessments.readiness.selectors import Shown, version_beside_published
from assessments.readiness.services import (
    ChangedSinceSeenError,
    IncompleteQuestionnaireError,
    NotADraftError,
    Seen,
    publish_questionnaire,
)
from portal.accounts.models import User

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

PREVIEW = "readiness_questionnaire_preview"


def preview_address(questionnaire_id: int, anchor: str = "") -> str:
    """The address of the preview of a version, at a part or statement of it."""
    address = reverse(f"admin:{PREVIEW}", args=[questionnaire_id])
    return f"{address}#{anchor}" if anchor else address


class PublishForm(forms.Form):
    """What the page showed comes back with the decision to publish it."""

    text = forms.CharField(widget=forms.HiddenInput, required=False)
    published = forms.IntegerField(widget=forms.HiddenInput, required=False)
    confirmed = forms.BooleanField(
        label=gettext_lazy("I have read this version and want to publish it now."),
        error_messages={"required": gettext_lazy("Tick this to publish.")},
    )

    @classmethod
    def of(cls, shown: Shown) -> PublishForm:
        """An empty form for what is shown."""
        published = shown.published.pk if shown.published else None
        return cls(initial={"text": fingerprint(shown.text), "published": published})

    @property
    def seen(self) -> Seen:
        """What was on the page; after ``is_valid``."""
        return Seen(self.cleaned_data["text"], self.cleaned_data["published"])


def when_and_by_whom(version: Questionnaire) -> str:
    """Who published a version and when."""
    assert version.published_at is not None  # noqa: S101 - the database wants it
    moment = date_format(localtime(version.published_at), "DATETIME_FORMAT")
    if version.published_by is None:
        return _("It came with the portal on %(moment)s.") % {"moment": moment}
    return _("%(name)s published it on %(moment)s.") % {
        "name": str(version.published_by),
        "moment": moment,
    }


class PreviewMixin(Base):
    """Adds the page to the admin of questionnaires."""

    def get_urls(self) -> list[URLPattern]:
        """Before the addresses of Django, whose last one takes everything."""
        view = self.admin_site.admin_view(self.preview_view)
        return [path("<int:questionnaire_id>/preview/", view, name=PREVIEW), *super().get_urls()]

    def preview_view(self, request: HttpRequest, questionnaire_id: int) -> HttpResponse:
        """Look at a version; POST publishes the one that was looked at."""
        shown = version_beside_published(questionnaire_id)
        if shown is None:
            raise Http404
        if not self.has_view_permission(request, shown.version):
            raise PermissionDenied
        if request.method == "POST":
            return self._publish(request, shown)
        return self._page(request, shown, PublishForm.of(shown))

    def _publish(self, request: HttpRequest, shown: Shown) -> HttpResponse:
        if not super().has_change_permission(request):
            raise PermissionDenied
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self._page(request, shown, form, status=422)
        try:
            version = publish_questionnaire(
                questionnaire_id=shown.version.pk, user=cast("User", request.user), seen=form.seen
            )
        except NotADraftError:
            text = _("This version was published already, so nothing was done.")
            messages.error(request, text)
        except ChangedSinceSeenError:
            return self._again(request, shown.version.pk)
        except IncompleteQuestionnaireError:
            text = _("Nothing was published: texts are missing. They are listed below.")
            messages.error(request, text)
            return self._page(request, shown, PublishForm.of(shown), status=422)
        else:
            self.log_change(request, version, _("Published."))
            text = _("Version %(version)s is published. Scans that are open keep their version.")
            messages.success(request, text % {"version": version.version})
        return HttpResponseRedirect(preview_address(shown.version.pk))

    def _again(self, request: HttpRequest, questionnaire_id: int) -> HttpResponse:
        """The page as it is now, for whoever looked at an older one."""
        shown = version_beside_published(questionnaire_id)
        if shown is None:
            raise Http404
        messages.error(
            request,
            _(
                "Nothing was published: since you opened this page, somebody changed this draft"
                " or published another version. This is how it is now. Please look again."
            ),
        )
        return self._page(request, shown, PublishForm.of(shown), status=409)

    def _page(
        self, request: HttpRequest, shown: Shown, form: PublishForm, status: int = 200
    ) -> HttpResponse:
        page = preview_page(shown, request.GET.get("language", ""))
        version = shown.version
        context = {
            **self.admin_site.each_context(request),
            "title": _("Preview of version %(version)s") % {"version": version.version},
            "subtitle": None,
            "opts": self.opts,
            "version": version,
            "published": shown.published,
            "history": "" if version.is_draft else when_and_by_whom(version),
            "page": page,
            "choices": LANGUAGE_LABELS.items(),
            "form": form,
        }
        return TemplateResponse(request, "readiness/admin_preview.html", context, status=status)
