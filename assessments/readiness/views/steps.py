"""Where a page stands in the scan: what is before and after it, and how far the whole is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from assessments.readiness import selectors
from assessments.readiness.models import Scan
from assessments.readiness.selectors import Step


def url_of(scan: Scan, step: Step) -> str:
    """The address of a page of the scan."""
    if step.is_needs:
        return reverse("readiness:needs", args=[scan.pk])
    return reverse("readiness:transition", args=[scan.pk, step.slug])


@dataclass(frozen=True)
class Place:
    """One page among the pages of its scan."""

    scan: Scan
    steps: Sequence[Step]
    index: int

    @property
    def step(self) -> Step:
        """The page itself."""
        return self.steps[self.index]

    @property
    def _before(self) -> Step | None:
        return self.steps[self.index - 1] if self.index else None

    @property
    def _after(self) -> Step | None:
        return self.steps[self.index + 1] if self.index + 1 < len(self.steps) else None

    @property
    def _answered(self) -> int:
        return sum(step.answered for step in self.steps)

    @property
    def _total(self) -> int:
        return sum(step.total for step in self.steps)

    @property
    def context(self) -> dict[str, Any]:
        """What the templates of a page need."""
        before, after = self._before, self._after
        return {
            "company": self.scan.company,
            "scan": self.scan,
            "steps": self.steps,
            "current": self.step.slug,
            "position": self.index + 1,
            "answered": self._answered,
            "total": self._total,
            "before": url_of(self.scan, before) if before else "",
            "after": url_of(self.scan, after) if after else "",
        }

    @property
    def shown(self) -> dict[str, str | int]:
        """What an open page shows after an autosave (``autosave.PageChange``)."""
        words = _("%(answered)s of %(total)s answered")
        here = _("%(answered)s of %(total)s")
        step = self.step
        return {
            "answered": words % {"answered": self._answered, "total": self._total},
            "answered-bar": self._answered,
            f"step-{step.slug}": here % {"answered": step.answered, "total": step.total},
        }

    def go(self, direction: str) -> HttpResponse:
        """To the page that the pressed button names; past the last one comes the result."""
        if direction == "next":
            step = self._after
            return redirect(url_of(self.scan, step) if step else self._result)
        before = self._before if direction == "previous" else None
        return redirect(url_of(self.scan, before or self.step))

    @property
    def _result(self) -> str:
        return reverse("readiness:result", args=[self.scan.pk])


def place_of(scan: Scan, slug: str) -> Place | None:
    """The page with this slug; None when this scan does not have it. Two queries."""
    steps = selectors.steps(scan)
    index = next((index for index, step in enumerate(steps) if step.slug == slug), None)
    return None if index is None else Place(scan, steps, index)
