"""Merging two entries in the Django admin: look at both, choose, confirm; and the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from companies.partners.merging import wording
from companies.partners.merging.forms import MergeForm, PairForm
from companies.partners.merging.models import EstablishmentMerge
from companies.partners.merging.plan import Plan
from companies.partners.merging.services import MergeRefusedError, merge, plan_of
from portal.accounts.models import User

if TYPE_CHECKING:
    Admin = admin.ModelAdmin[Any]
else:
    Admin = admin.ModelAdmin


@admin.register(EstablishmentMerge)
class EstablishmentMergeAdmin(Admin):
    """What was merged; "add" is the page that merges."""

    list_display = ("loser", "survivor", "merged_at", "merged_by", "note")
    search_fields = ("loser", "survivor", "note")
    list_select_related = ("merged_by",)
    date_hierarchy = "merged_at"
    exclude = ("moved",)
    readonly_fields = ("what_moved",)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A merge is kept as it was made."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The old number would come back as a partner of its own."""
        return False

    @admin.display(description=_("what moved"))
    def what_moved(self, row: EstablishmentMerge) -> str:
        """One line per row, as the log has it."""
        return "\n".join(_in_words(entry) for entry in row.moved) or wording.EMPTY

    def add_view(
        self,
        request: HttpRequest,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Two numbers; then both side by side with what will move; then the merge itself."""
        if not self.has_add_permission(request):
            raise PermissionDenied
        pair = PairForm(request.GET if "survivor" in request.GET else None)
        plan, form = None, None
        if pair.is_bound and pair.is_valid():
            try:
                plan = plan_of(
                    survivor=pair.cleaned_data["survivor"], loser=pair.cleaned_data["loser"]
                )
            except MergeRefusedError as error:
                pair.add_error(None, _refusal(error))
        if plan is not None:
            form = MergeForm(request.POST if request.method == "POST" else None, plan=plan)
            if request.method == "POST" and form.is_valid():
                answer = self._merge(request, plan, form)
                if answer is not None:
                    return answer
                # What is shown and asked again is what holds now.
                return HttpResponseRedirect(request.get_full_path())
        return self._page(request, pair, plan, form)

    def _merge(self, request: HttpRequest, plan: Plan, form: MergeForm) -> HttpResponse | None:
        try:
            done = merge(
                survivor=plan.survivor.pk,
                loser=plan.loser.pk,
                chosen=form.chosen,
                seen=form.cleaned_data["seen"],
                note=form.cleaned_data["note"],
                by=cast("User", request.user),
                now=timezone.now(),
            )
        except MergeRefusedError as error:
            messages.error(request, _refusal(error))
            return None
        messages.success(
            request,
            _("%(loser)s continues as %(survivor)s.")
            % {"loser": plan.loser.name, "survivor": plan.survivor.name},
        )
        return HttpResponseRedirect(
            reverse("admin:partners_establishmentmerge_change", args=[done.pk])
        )

    def _page(
        self, request: HttpRequest, pair: PairForm, plan: Plan | None, form: MergeForm | None
    ) -> HttpResponse:
        context = {
            **self.admin_site.each_context(request),
            "title": _("Merge two establishments"),
            "opts": self.opts,
            "pair": pair,
            "plan": plan,
            "form": form,
        }
        if plan is not None:
            context |= {
                "sides": wording.sides_of(plan),
                "lines": wording.lines_of(plan),
                "standing": wording.listed(plan.standing),
                "obstacles": wording.listed(plan.obstacles),
                "staying": wording.staying_of(plan),
            }
        return TemplateResponse(request, "admin/partners/establishmentmerge/merge.html", context)


def _refusal(error: MergeRefusedError) -> str:
    text = str(wording.REFUSALS[error.code])
    return text % {"reason": error.detail} if error.detail else text


def _in_words(entry: dict[str, Any]) -> str:
    """``matching.Match.establishment 12: moved (…)``, with the values of a choice."""
    line = f"{entry['relation']} {entry['pk']}: {entry['did']} ({entry['name']})"
    if "twin" in entry:
        line += f" – {entry['twin']}"
    for field in entry.get("fields", ()):
        line += f"; {field['field']}: {field['stands']!r}, {field['ends']!r}"
    return line
