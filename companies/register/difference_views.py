"""What imports changed: the list of imports, one report, and the report as a file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from companies.register import difference_selectors
from companies.register.access import import_viewer_or_404, may_see_trial_runs
from companies.register.difference_selectors import Differences
from companies.register.difference_words import Change, changes_of
from companies.register.domain.numbers import format_number
from companies.register.filters import DifferenceFilter
from companies.register.models import DifferenceKind, RegisterDifference, RegisterImport
from portal.accounts.roles import may_see_companies
from portal.common.choices import PROVINCE_CHOICES
from portal.common.exports import csv_response

CHUNK = 1000


def _counts(row: RegisterImport) -> list[tuple[DifferenceKind, int | None]]:
    """How many establishments met each kind of difference; None when it was not counted."""
    return [(kind, row.counts.get(f"establishments_{kind.value}")) for kind in DifferenceKind]


class ImportsView(ListView[RegisterImport]):
    """Imports that brought the register further, the newest first."""

    template_name = "register/imports.html"
    paginate_by = 25

    def get_queryset(self) -> Any:
        """For staff only."""
        import_viewer_or_404(self.request.user)
        return difference_selectors.imports_with_differences()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Each import with its counts."""
        context = super().get_context_data(**kwargs)
        rows = [(row, [count for _kind, count in _counts(row)]) for row in context["page_obj"]]
        return context | {"rows": rows, "kinds": [kind.label for kind in DifferenceKind]}


class DifferencesView(ListView[RegisterDifference]):
    """What one import changed, filtered by what stands in the address."""

    template_name = "register/differences.html"
    paginate_by = 50
    row: RegisterImport
    filter: DifferenceFilter

    def get_queryset(self) -> Differences:
        """The differences that were asked; none when the question is wrong."""
        import_viewer_or_404(self.request.user)
        self.row = _import_or_404(self.request, self.kwargs["pk"])
        self.filter = _filtered(self.request, self.row)
        return _asked(self.filter)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The page of differences, each with what changed."""
        context = super().get_context_data(**kwargs)
        shown = list(context["page_obj"])
        changes = changes_of(shown)
        return context | {
            "row": self.row,
            "counts": [(kind.label, count) for kind, count in _counts(self.row)],
            "filter": self.filter,
            "is_filtered": any(self.request.GET.get(name) for name in self.filter.filters),
            "may_see_companies": may_see_companies(self.request.user),
            "query": self.request.GET.urlencode(),
            "rows": [(one, format_number(one.number), changes[one.pk]) for one in shown],
        }


@require_safe
def differences_csv(request: HttpRequest, pk: int) -> StreamingHttpResponse:
    """The same list as a file, one line an establishment."""
    import_viewer_or_404(request.user)
    row = _import_or_404(request, pk)
    header = (
        _("What happened"), _("Establishment number"), _("Name"), _("Enterprise number"),
        _("Postcode"), _("Municipality"), _("Province"), _("What changed"),
    )  # fmt: skip
    name = _("register extract %(number)s differences") % {"number": row.extract_number or row.pk}
    return csv_response(name, header, _lines(_asked(_filtered(request, row))))


def _import_or_404(request: HttpRequest, pk: int) -> RegisterImport:
    found = difference_selectors.imports_with_differences()
    if may_see_trial_runs(request.user):
        found = difference_selectors.finished_imports()
    return get_object_or_404(found, pk=pk)


def _filtered(request: HttpRequest, row: RegisterImport) -> DifferenceFilter:
    listed = RegisterDifference.objects.filter(register_import=row).order_by("kind", "number")
    return DifferenceFilter(request.GET or None, queryset=difference_selectors.with_place(listed))


def _asked(chosen: DifferenceFilter) -> Differences:
    found: Differences = chosen.qs
    return found if chosen.is_valid() or not chosen.is_bound else found.none()


def _lines(differences: Differences) -> Iterator[tuple[Any, ...]]:
    """Read while they are sent, some at a time for the labels of activities."""
    provinces = dict(PROVINCE_CHOICES)
    rows = iter(differences.iterator(chunk_size=CHUNK))
    while chunk := list(islice(rows, CHUNK)):
        changes = changes_of(chunk)
        for one in chunk:
            yield (
                one.get_kind_display(),
                format_number(one.number),
                one.name,
                format_number(one.enterprise_number),
                getattr(one, "postcode", None),
                getattr(one, "municipality", None),
                provinces.get(getattr(one, "province", None) or "", ""),
                _in_one_cell(changes[one.pk]),
            )


def _in_one_cell(changes: Iterable[Change]) -> str:
    return "; ".join(
        f"{change.label}: {', '.join(change.before) or '–'} → {', '.join(change.after) or '–'}"
        for change in changes
    )
