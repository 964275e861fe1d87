"""Importing from the admin: choose an extract of the folder, see how it goes, stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from companies.register import intake, selectors, services
from companies.register.domain.numbers import format_number
from companies.register.import_models import IncompleteReason
from companies.register.importing.folder import FolderError, Standing
from companies.register.labels import COUNT_LABELS, STANDING_LABELS
from companies.register.models import RegisterImport
from companies.register.tasks import run_import
from portal.accounts.models import User

if TYPE_CHECKING:
    Base = admin.ModelAdmin[Any]
else:
    Base = object

START = "register_registerimport_start"
CANCEL = "register_registerimport_cancel"
DRY_RUN, FOR_REAL = "dry", "import"


class StartForm(forms.Form):
    """Which extract of the folder, and whether it is only tried."""

    name = forms.ChoiceField(
        error_messages={
            "required": gettext_lazy("Choose an extract."),
            "invalid_choice": gettext_lazy("This extract is not in the folder any more."),
        },
    )
    mode = forms.ChoiceField(choices=((DRY_RUN, DRY_RUN), (FOR_REAL, FOR_REAL)))

    def __init__(self, *args: Any, names: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast("forms.ChoiceField", self.fields["name"]).choices = [(one, one) for one in names]


def page_of(row: RegisterImport) -> str:
    """The address of the page that shows how an import goes."""
    return reverse("admin:register_registerimport_change", args=[row.pk])


def may_import(request: HttpRequest) -> bool:
    """The right to add an import, which administrators have."""
    return request.user.has_perm("register.add_registerimport")


class ImportPagesMixin(Base):
    """Adds a page to start an import; the page of an import shows its progress."""

    change_list_template = "register/admin_imports.html"

    def get_urls(self) -> list[URLPattern]:
        """Before the addresses of Django, whose last one takes everything."""
        own = [
            path("start/", self.admin_site.admin_view(self.start_view), name=START),
            path(
                "<int:pk>/cancel/",
                self.admin_site.admin_view(require_POST(self.cancel_view)),
                name=CANCEL,
            ),
        ]
        return [*own, *super().get_urls()]

    def start_view(self, request: HttpRequest) -> HttpResponse:
        """What lies in the folder; POST queues one of them."""
        if not may_import(request):
            raise PermissionDenied
        problem = ""
        try:
            found = intake.ready()
        except FolderError as error:
            found, problem = [], str(error)
        names = [one.extract.name for one in found if one.standing != Standing.UNREADABLE]
        following = next((one for one in found if one.standing == Standing.NEXT), None)
        form = StartForm(request.POST if request.method == "POST" else None, names=names)
        if request.method == "POST" and form.is_valid():
            return self._start(request, form)
        chosen = form.data.get("name") or (following.extract.name if following else "")
        under_way = selectors.import_under_way()
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import the register"),
            "subtitle": None,
            "opts": self.opts,
            "folder": settings.KBO_FOLDER,
            "problem": problem,
            "rows": [(one, STANDING_LABELS[one.standing]) for one in found],
            "following": following,
            "chosen": chosen,
            "form": form,
            "current_import": selectors.current_import(),
            "under_way": under_way,
            "under_way_url": page_of(under_way) if under_way else "",
        }
        status = 422 if form.errors else 200
        return TemplateResponse(request, "register/admin_start.html", context, status=status)

    def _start(self, request: HttpRequest, form: StartForm) -> HttpResponse:
        is_dry_run = form.cleaned_data["mode"] == DRY_RUN
        try:
            row = intake.start(
                name=form.cleaned_data["name"], is_dry_run=is_dry_run, by=cast("User", request.user)
            )
        except FolderError:
            messages.error(request, _("This extract is not in the folder any more."))
            return HttpResponseRedirect(reverse(f"admin:{START}"))
        except intake.ImportUnderWayError as error:
            text = _(
                "Nothing was started: another import waits or goes on. This is that one;"
                " start yours when it has ended."
            )
            messages.error(request, text)
            return HttpResponseRedirect(page_of(error.row))
        run_import.delay_on_commit(row.pk)
        self.log_addition(request, row, _("Trial run asked.") if is_dry_run else _("Import asked."))
        return HttpResponseRedirect(page_of(row))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """How an import goes or went; on htmx its state only, which asks again until the end."""
        row = self.get_object(request, unquote(object_id))
        if row is None or request.method not in ("GET", "HEAD"):
            return super().change_view(request, object_id, form_url, extra_context)
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        if getattr(request, "htmx", False):
            response = render(request, "register/_import_state.html", {"row": row})
            if row.is_final:
                response["HX-Refresh"] = "true"
            return response
        known = [(label, row.counts.get(kind)) for kind, label in COUNT_LABELS.items()]
        context = {
            **self.admin_site.each_context(request),
            "title": _("Import %(number)s of the register") % {"number": row.pk},
            "subtitle": None,
            "opts": self.opts,
            "original": row,
            "row": row,
            "counts": [(label, count) for label, count in known if count is not None],
            "incomplete": [
                (format_number(one["number"]), IncompleteReason(one["reason"]).label)
                for one in row.incomplete
            ],
            "rejected": row.counts.get("rejected", len(row.rejects)),
            "name_in_folder": intake.name_in_folder(row.source_name),
            "may_import": may_import(request),
        }
        return TemplateResponse(request, "register/admin_import.html", context)

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Stop an import that waits or goes on."""
        if not may_import(request):
            raise PermissionDenied
        row = RegisterImport.objects.filter(pk=pk).defer("counts", "rejects", "incomplete").first()
        if row is None:
            raise Http404
        if services.cancel_import(pk=pk):
            messages.success(request, _("The import is cancelled. The register is as it was."))
            self.log_change(request, row, _("Cancelled."))
        else:
            messages.info(request, _("This import had ended already."))
        return HttpResponseRedirect(page_of(row))
