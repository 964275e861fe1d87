"""Pages of the calculators: the five, one to fill in, a kept one, and some side by side."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from assessments.opportunities import access, selectors, services, words
from assessments.opportunities.calculator_comparison import comparison, input_differences
from assessments.opportunities.calculator_layout import Layout
from assessments.opportunities.calculator_overview import cards
from assessments.opportunities.calculator_results import Results, ResultView
from assessments.opportunities.calculator_words import Words
from assessments.opportunities.domain.calculators.catalogue import Calculator
from assessments.opportunities.domain.calculators.running import NoNormError, figures, run
from assessments.opportunities.domain.calculators.stored import UnreadableError
from assessments.opportunities.forms.calculators import (
    MORE_ROWS,
    NAME,
    CalculatorForms,
    as_typed,
)
from assessments.opportunities.models import Scenario
from companies.profiles.access import company_or_404
from companies.profiles.current import may_edit
from companies.profiles.models import Company
from portal.accounts.models import User
from portal.common import refusals
from portal.common.autosave import TOKEN_FIELD, Difference, token_given

CONFLICT, UNPROCESSABLE = 409, 422
FEWEST_COMPARED, MOST_COMPARED = 2, 4
SAVE, SAVE_AS_NEW, CALCULATOR = "save", "save_as_new", "calculator"

page = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def overview(request: HttpRequest, company_id: int) -> HttpResponse:
    """The five calculators with what is kept of them."""
    company = company_or_404(request.user, company_id)
    around = selectors.surroundings(timezone.localdate())
    context = {
        "company": company,
        "can_edit": may_edit(request, company),
        "cards": cards(selectors.scenarios_of(company), around),
    }
    return render(request, "opportunities/calculators.html", context)


@page
def calculator(request: HttpRequest, company_id: int, calculator: str) -> HttpResponse:
    """A new calculation: fill in, work out, keep."""
    company = company_or_404(request.user, company_id)
    return CalculatorPage(request, company, access.calculator_or_404(calculator)).answer()


@page
def scenario(request: HttpRequest, company_id: int, scenario_id: int) -> HttpResponse:
    """A kept calculation: its outcome, and its figures to change."""
    company = company_or_404(request.user, company_id)
    if request.method == "POST" and not company.scenarios.filter(pk=scenario_id).exists():
        # Deleted while somebody typed: what was typed is not lost.
        of = access.calculator_or_404(request.POST.get(CALCULATOR, ""))
        return CalculatorPage(request, company, of, is_gone=True).answer()
    found = access.scenario_or_404(company, scenario_id)
    return CalculatorPage(request, company, Calculator(found.calculator), found).answer()


@dataclass
class CalculatorPage:
    """One calculator while it is asked for; ``scenario`` is the kept one, None for a new one."""

    request: HttpRequest
    company: Company
    calculator: Calculator
    scenario: Scenario | None = None
    differences: list[Difference] = field(default_factory=list)
    token: str = ""
    is_unreadable: bool = False
    is_gone: bool = False
    lacks_norm: bool = False
    status: int = 200

    def __post_init__(self) -> None:
        self.can_edit = may_edit(self.request, self.company)
        self.words = Words(self.calculator)
        self.token = selectors.token_of(self.scenario)

    def answer(self) -> HttpResponse:
        """The page, or on to the page of what was kept."""
        if self.request.method != "POST":
            return self._stored()
        data = self.request.POST
        self.token = token_given(data)
        is_kept = SAVE in data or SAVE_AS_NEW in data
        if is_kept and not self.can_edit:
            raise PermissionDenied
        language = words.language()
        forms = CalculatorForms(self.calculator, data, named=is_kept, language=language)
        if MORE_ROWS in data:
            return self._show(forms, None)
        if not forms.is_valid():
            self.status = UNPROCESSABLE
        elif self.is_gone:
            self.status = CONFLICT
        elif is_kept and (kept := self._keep(forms, as_new=SAVE_AS_NEW in data)):
            return self._kept(forms, kept)
        return self._show(forms, self._result(forms.inputs), is_sent=True)

    def _stored(self) -> HttpResponse:
        language, scenario = words.language(), self.scenario
        if scenario is None:
            return self._show(CalculatorForms(self.calculator, language=language), None)
        try:
            inputs = selectors.inputs_of(scenario)
        except UnreadableError:
            self.is_unreadable = True
            sent = as_typed(self.calculator, scenario.inputs, scenario.name)
            return self._show(CalculatorForms(self.calculator, sent, language=language), None)
        forms = CalculatorForms(
            self.calculator, inputs=inputs, name=scenario.name, language=language
        )
        return self._show(forms, self._result(inputs))

    def _result(self, inputs: Any) -> ResultView | None:
        if inputs is None:
            return None
        around = selectors.surroundings(timezone.localdate())
        sees = access.sees_subsidy(self.request.user, self.company)
        try:
            return Results(self.words, sees).view(run(self.calculator, inputs, around))
        except NoNormError:
            self.lacks_norm = True
            return None

    # --- keeping ----------------------------------------------------------------------------

    def _keep(self, forms: CalculatorForms, *, as_new: bool) -> Scenario | None:
        """What was kept; None when the page tells why it was not."""
        try:
            if self.scenario is None or as_new:
                return self._create(forms)
            return self._save(forms, self.scenario)
        except services.TooManyScenariosError:
            text = _("There are %(count)s scenarios of this calculator. Delete one first.")
            forms.naming.add_error(None, text % {"count": services.MOST_SCENARIOS})
        except IntegrityError as error:
            message = refusals.message_of(refusals.broken_rule(error))
            forms.naming.add_error(NAME, message or _("This was not saved. Save again."))
        self.status = UNPROCESSABLE
        return None

    def _create(self, forms: CalculatorForms) -> Scenario:
        return services.create_scenario(
            company_id=self.company.pk,
            calculator=self.calculator,
            name=forms.name,
            inputs=forms.inputs,
            by=cast("User", self.request.user),
            now=timezone.now(),
        )

    def _save(self, forms: CalculatorForms, scenario: Scenario) -> Scenario | None:
        try:
            return services.save_scenario(
                company_id=self.company.pk,
                scenario_id=scenario.pk,
                name=forms.name,
                inputs=forms.inputs,
                expected=self.token,
                by=cast("User", self.request.user),
                now=timezone.now(),
            )
        except services.ChangedMeanwhileError:
            return self._changed(forms, scenario.pk)
        except Scenario.DoesNotExist:
            # Deleted between reading and writing.
            self.scenario, self.is_gone, self.status = None, True, CONFLICT
            return None

    def _changed(self, forms: CalculatorForms, scenario_id: int) -> Scenario | None:
        """Somebody was first: what is typed stays, and what differs is shown."""
        self.scenario = access.scenario_or_404(self.company, scenario_id)
        try:
            stored = selectors.inputs_of(self.scenario)
        except UnreadableError:
            stored = None
        self.differences = input_differences(
            self.words, stored=stored, typed=forms.inputs, names=(self.scenario.name, forms.name)
        )
        # Whoever saves now has seen this state.
        self.token = selectors.token_of(self.scenario)
        self.status = CONFLICT
        return None

    def _kept(self, forms: CalculatorForms, kept: Scenario) -> HttpResponse:
        messages.success(self.request, _("“%(name)s” is kept.") % {"name": kept.name})
        for doubt in forms.doubts():
            messages.info(self.request, doubt)
        return redirect("opportunities:scenario", self.company.pk, kept.pk)

    # --- showing ----------------------------------------------------------------------------

    def _show(
        self, forms: CalculatorForms, result: ResultView | None, *, is_sent: bool = False
    ) -> HttpResponse:
        layout = Layout(forms)
        tells = self.is_unreadable or self.status == UNPROCESSABLE
        context = {
            "company": self.company,
            "calculator": self.calculator,
            "opportunity": forms.definition.opportunity,
            "text": self.words.text,
            "scenario": self.scenario,
            "can_edit": self.can_edit,
            "first_fields": layout.first_fields(),
            "groups": layout.groups(),
            "name_field": layout.name_field(),
            "mistakes": forms.mistakes() if tells else [],
            "result": result,
            "is_sent": is_sent,
            "differences": self.differences,
            "token_field": TOKEN_FIELD,
            "token": self.token,
            "is_unreadable": self.is_unreadable,
            "is_gone": self.is_gone,
            "lacks_norm": self.lacks_norm,
        }
        template = "opportunities/calculator.html"
        return render(self.request, template, context, status=self.status)


@require_safe
def compare(request: HttpRequest, company_id: int, calculator: str) -> HttpResponse:
    """Two to four scenarios of one calculator side by side."""
    company = company_or_404(request.user, company_id)
    chosen = access.calculator_or_404(calculator)
    kept = selectors.scenarios_of(company, chosen)
    asked = set(request.GET.getlist("with"))
    # The one that counts is what the others are held against.
    kept.sort(key=lambda scenario: not scenario.is_chosen)
    picked = [scenario for scenario in kept if str(scenario.pk) in asked]
    context: dict[str, Any] = {
        "company": company,
        "calculator": chosen,
        "text": Words(chosen).text,
        "kept": kept,
        "picked": picked,
        # One ticked scenario is what a link brings along: then the others are still to choose.
        "is_wrong": bool(asked) and len(picked) not in range(1, MOST_COMPARED + 1),
        "comparison": None,
        "unreadable": [],
    }
    if FEWEST_COMPARED <= len(picked) <= MOST_COMPARED:
        context |= _compared(request, company, chosen, picked)
    return render(request, "opportunities/compare.html", context)


def _compared(
    request: HttpRequest, company: Company, calculator: Calculator, picked: list[Scenario]
) -> dict[str, Any]:
    """The comparison, or the scenarios that cannot be calculated."""
    around = selectors.surroundings(timezone.localdate())
    inputs, sheets, unreadable = [], [], []
    for scenario in picked:
        try:
            given = selectors.inputs_of(scenario)
            sheets.append(figures(calculator, given, around).sheet)
            inputs.append(given)
        except (UnreadableError, NoNormError):
            unreadable.append(scenario)
    if unreadable:
        return {"unreadable": unreadable}
    results = Results(Words(calculator), access.sees_subsidy(request.user, company))
    found = comparison(results, sheets, inputs)
    return {"comparison": found, "hides_subsidy": bool(results.hidden)}
