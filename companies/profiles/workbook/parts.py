"""The sheets: which form checks their rows, and what each row stands for.

Values that are stored come from the forms' own ``initial``, values that are typed go
through the forms' own ``clean``: a field that a form gains is a column at once.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from companies.profiles.domain.workbook.cells import Kind
from companies.profiles.domain.workbook.changes import Line
from companies.profiles.forms.activities import CELLS, ActivityForm, activity_formset
from companies.profiles.forms.activities import MOST_ROWS as MOST_ACTIVITIES
from companies.profiles.forms.customers import MOST_ROWS as MOST_CUSTOMERS
from companies.profiles.forms.customers import CustomerForm, customer_formset
from companies.profiles.forms.offers import CompetencesForm, OffersForm
from companies.profiles.forms.workforce import WorkforceForm
from companies.profiles.models import Company
from companies.profiles.selectors import StoredFacts
from companies.profiles.services import WorkbookParts
from companies.profiles.workbook.columns import (
    NO,
    YES,
    Column,
    column,
    columns_of,
    in_every_language,
    words,
    yes_no,
)
from companies.profiles.workbook.lists import (
    Cooperations,
    Enclaves,
    EquipmentRows,
    Establishments,
    OwnProducts,
)
from companies.profiles.workbook.part import Checked, Fault, Part, Row, faults_of, formset_data
from portal.common.choices import CELL_LABELS, OPPORTUNITY_LABELS
from portal.common.vocabulary import Opportunity

FIRST_YEAR = 2000
MOST_YEARS = 60


class Activities(Part):
    """A row per activity: one of the study, or one that is described."""

    key = "activities"
    title = gettext_lazy("Activities")
    hint = gettext_lazy(
        "One row per activity. Choose an activity of the list, or leave that cell empty and "
        "describe other work."
    )
    most_rows = MOST_ACTIVITIES

    def __init__(self, facts: StoredFacts) -> None:
        labels = tuple((cell.value, words(CELL_LABELS[cell])) for cell in CELLS)
        cell = Column("cell", words(gettext_lazy("Activity")), Kind.CHOICE, labels)
        self.columns = (cell, *columns_of(lambda: ActivityForm(cell=None).fields))
        self.stored = []
        for form in activity_formset(facts.activities).forms:
            if form.initial:
                values = {**form.initial, "cell": form.cell and form.cell.value}
                self.stored.append(self._identified(self.canonical(values)))

    @staticmethod
    def _identified(values: dict[str, str]) -> tuple[Hashable, dict[str, str]]:
        return values["cell"] or f"other {values['description']}", values

    def check(self, rows: Sequence[Row]) -> Checked:
        """The ten fixed rows of the form, then the rows for other work."""
        double = self.twice(rows, "cell", _("This activity is already listed."))
        if double:
            return Checked(faults=double)
        index = {cell.value: place for place, cell in enumerate(CELLS)}
        free = iter(range(len(CELLS), MOST_ACTIVITIES + len(rows)))
        places = {index[row.get("cell")] if row.get("cell") else next(free): row for row in rows}
        if max(places, default=0) >= MOST_ACTIVITIES:
            return Checked(faults=[Fault(_("There are too many activities outside the study."))])
        data = {
            place: dict(row.values) | ({"is_done": "on"} if row.get("cell") else {})
            for place, row in places.items()
        }
        total = max(len(CELLS) + 2, max(places, default=0) + 1)
        formset = activity_formset((), formset_data("activity", data, total))
        checked = Checked()
        valid = formset.is_valid()
        for place, row in places.items():
            form = formset.forms[place]
            checked.faults += faults_of(form, row.number, rename={"is_done": "cell"})
            if form.is_valid():
                values = self.canonical(form.cleaned_data | {"cell": row.get("cell")})
                checked.lines.append(Line(row.number, *self._identified(values)))
        checked.faults += [Fault(str(message)) for message in formset.non_form_errors()]
        if valid:
            checked.parts = WorkbookParts(activities=[form.to_input() for form in formset.kept])
        return checked

    def name_of(self, identity: Any) -> str:
        """The cell by its label, other work by its description."""
        text = str(identity)
        return (
            text.removeprefix("other ")
            if text.startswith("other ")
            else self.columns[0].label_of(text)
        )


class Customers(Part):
    """A row per customer."""

    key = "customers"
    title = gettext_lazy("Customers")
    hint = gettext_lazy("One row per customer: organisations only, no private persons.")
    most_rows = MOST_CUSTOMERS

    def __init__(self, company: Company, facts: StoredFacts) -> None:
        self.own_number = company.enterprise_number
        self.columns = columns_of(lambda: CustomerForm().fields, without=("is_removed",))
        initials = (form.initial for form in customer_formset(facts.customers).forms)
        self.stored = [self._identified(self.canonical(initial)) for initial in initials if initial]

    @staticmethod
    def _identified(values: dict[str, str]) -> tuple[Hashable, dict[str, str]]:
        return values["enterprise_number"] or values["name"], values

    def check(self, rows: Sequence[Row]) -> Checked:
        """Row by row through the form of the page."""
        data = formset_data("customer", dict(enumerate(row.values for row in rows)), len(rows))
        formset = customer_formset((), data, self.own_number)
        checked = Checked()
        valid = formset.is_valid()
        for row, form in zip(rows, formset.forms, strict=True):
            checked.faults += faults_of(form, row.number)
            if form.is_valid():
                values = self.canonical(form.cleaned_data)
                checked.lines.append(Line(row.number, *self._identified(values)))
        checked.faults += [Fault(str(message)) for message in formset.non_form_errors()]
        if valid:
            checked.parts = WorkbookParts(customers=[form.to_input() for form in formset.kept])
        return checked

    def name_of(self, identity: Any) -> str:
        """By name where a stored row has it, else by number."""
        return next((row["name"] for key, row in self.stored if key == identity), str(identity))


class Workforce(Part):
    """A row per year; numbers only."""

    key = "workforce"
    title = gettext_lazy("Workforce")
    hint = gettext_lazy(
        "One row per year, totals only: never anything about one person. A year that you leave "
        "out stays as it is."
    )
    most_rows = MOST_YEARS
    only_adds = True

    def __init__(self, facts: StoredFacts, *, this_year: int) -> None:
        self.this_year = this_year
        year = Column("year", words(gettext_lazy("Year")), Kind.WHOLE)
        figures = columns_of(lambda: WorkforceForm().fields)
        self.columns = (
            year,
            *(replace(one, empty="0") for one in figures),
        )
        self.stored = [
            (
                str(row.year),
                self.canonical({"year": row.year, **WorkforceForm(workforce=row).initial}),
            )
            for row in facts.workforces
        ]

    def check(self, rows: Sequence[Row]) -> Checked:
        """Each year through the form of its page."""
        checked = Checked(
            faults=self.twice(rows, "year", _("There are already figures for this year."))
        )
        years = {}
        for row in rows:
            text = row.get("year")
            year = int(text) if text.isdecimal() and len(text) == 4 else 0
            if not FIRST_YEAR <= year <= self.this_year:
                message = _("The year lies between %(first)s and %(last)s.")
                limits = {"first": FIRST_YEAR, "last": self.this_year}
                checked.faults.append(Fault(message % limits, row.number, "year"))
            form = WorkforceForm(dict(row.values))
            checked.faults += faults_of(form, row.number)
            if form.is_valid():
                values = self.canonical(form.cleaned_data | {"year": year})
                checked.lines.append(Line(row.number, str(year), values))
                years[year] = form.to_input()
        if not checked.faults:
            checked.parts = WorkbookParts(workforce=years)
        return checked

    def name_of(self, identity: Any) -> str:
        """The year."""
        return str(identity)


class Offers(Part):
    """A row per opportunity; the form has a set of fields for each."""

    key = "offers"
    title = gettext_lazy("Offers")
    hint = gettext_lazy("One row per opportunity. Leave empty what you do not offer.")
    most_rows = len(Opportunity)

    def __init__(self, facts: StoredFacts) -> None:
        self.columns = (
            Column(
                "opportunity",
                words(gettext_lazy("Opportunity")),
                Kind.CHOICE,
                tuple((one.value, words(OPPORTUNITY_LABELS[one])) for one in Opportunity),
            ),
            *self._offer_columns(),
        )
        initial = OffersForm(offers=facts.offers).initial
        self.stored = [
            (
                one.value,
                self.canonical(
                    {"opportunity": one.value}
                    | {c.key: initial.get(f"{c.key}_{one.value}") for c in self.columns[1:]}
                ),
            )
            for one in Opportunity
        ]

    @staticmethod
    def _offer_columns() -> Iterable[Column]:
        made = in_every_language(lambda: OffersForm().fields)
        some = Opportunity.RESHORING.value
        any_language = next(iter(made.values()))
        for name in any_language:
            if name.endswith(f"_{some}"):
                key = name.removesuffix(f"_{some}")
                alike = [
                    {language: fields[f"{key}_{one.value}"] for language, fields in made.items()}
                    for one in Opportunity
                ]
                # Its label on the page names the unit, which differs by opportunity.
                heading = words(gettext_lazy("Amount offered")) if key == "amount" else None
                yield column(key, alike, heading=heading)

    def check(self, rows: Sequence[Row]) -> Checked:
        """All opportunities at once; one without a row offers nothing."""
        listed = [row for row in rows if row.get("opportunity")]
        double = self.twice(
            rows, "opportunity", _("There is already an offer for this opportunity.")
        )
        nameless = [
            Fault(_("Choose an opportunity from the list."), row.number, "opportunity")
            for row in rows
            if not row.get("opportunity")
        ]
        if double or nameless:
            return Checked(faults=double + nameless)
        data = {
            f"{key}_{row.get('opportunity')}": value
            for row in listed
            for key, value in row.values.items()
            if key != "opportunity"
        }
        form = OffersForm(data)
        checked = Checked()
        by_slug = {row.get("opportunity"): row for row in listed}
        for name, messages in form.errors.items():
            slug = next((one for one in by_slug if name.endswith(f"_{one}")), "")
            row = by_slug.get(slug)
            key = name.removesuffix(f"_{slug}") if row else None
            checked.faults += [
                Fault(str(text), row.number if row else None, key) for text in messages
            ]
        if form.is_valid():
            for slug, row in by_slug.items():
                values = {c.key: form.cleaned_data[f"{c.key}_{slug}"] for c in self.columns[1:]}
                line = self.canonical(values | {"opportunity": slug})
                checked.lines.append(Line(row.number, slug, line))
            checked.lines += [
                Line(None, one.value, self.canonical({"opportunity": one.value}))
                for one in Opportunity
                if one.value not in by_slug
            ]
            checked.parts = WorkbookParts(offers=form.to_input())
        return checked

    def name_of(self, identity: Any) -> str:
        """The opportunity by its label."""
        return self.columns[0].label_of(str(identity))


class Competences(Part):
    """A row per competence of the list, with yes or no."""

    key = "competences"
    title = gettext_lazy("Competences")
    hint = gettext_lazy("Fill in yes for what your company has. What is not in the sheet is a no.")
    most_rows = 200

    def __init__(self, company: Company, facts: StoredFacts) -> None:
        form = self.form = CompetencesForm(company=company)
        self.fields = {
            str(slug): name
            for name in ("certificates", "skills")
            for slug, _label in getattr(form.fields[name], "choices", ())
        }
        had = {slug for name in ("certificates", "skills") for slug in form.initial.get(name, ())}
        names = {row.slug: row for row in facts.listed_competences}
        labels = tuple(
            (slug, {"nl": names[slug].name_nl, "en": names[slug].name_en}) for slug in self.fields
        )
        self.columns = (
            Column(
                "competence",
                words(gettext_lazy("Competence or certificate")),
                Kind.CHOICE,
                labels,
            ),
            Column(
                "has", words(gettext_lazy("Your company has it")), Kind.CHOICE, yes_no(), empty=NO
            ),
        )
        self.stored = [
            (slug, {"competence": slug, "has": YES if slug in had else NO}) for slug in self.fields
        ]

    def check(self, rows: Sequence[Row]) -> Checked:
        """Ticks from the rows that say yes."""
        checked = Checked(
            faults=self.twice(rows, "competence", _("This competence is already listed."))
        )
        said = {row.get("competence"): row.get("has") or NO for row in rows}
        for row in rows:
            if not row.get("competence"):
                message = _("Choose a competence from the list.")
                checked.faults.append(Fault(message, row.number, "competence"))
        data: dict[str, Any] = {"certificates": [], "skills": []}
        for slug, answer in said.items():
            if answer == YES and slug in self.fields:
                data[self.fields[slug]].append(slug)
        form = self.form  # bound only now: making another would ask the database again
        form.data, form.is_bound = data, True
        if not form.is_valid():
            checked.faults += [Fault(str(text)) for texts in form.errors.values() for text in texts]
        if not checked.faults:
            number = {row.get("competence"): row.number for row in rows}
            checked.lines = [
                Line(number.get(slug), slug, {"competence": slug, "has": said.get(slug, NO)})
                for slug in self.fields
            ]
            checked.parts = WorkbookParts(competences=form.slugs)
        return checked

    def name_of(self, identity: Any) -> str:
        """By its name."""
        return self.columns[0].label_of(str(identity))


def parts_of(company: Company, facts: StoredFacts, *, this_year: int) -> tuple[Part, ...]:
    """The sheets of a company, filled with what is stored."""
    return (
        Establishments(company, facts),
        Activities(facts),
        Workforce(facts, this_year=this_year),
        Customers(company, facts),
        Offers(facts),
        Competences(company, facts),
        EquipmentRows(facts.equipment),
        Enclaves(facts.enclaves),
        OwnProducts(facts.own_products),
        Cooperations(facts.cooperations),
    )
