"""What the result page needs of a scan beside its answers; one query."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import JSONObject

from assessments.readiness.domain.parts import SupportNeed, TeamShare
from assessments.readiness.models import Scan, SupportNeedShare
from companies.profiles.enums import ConsentPurpose
from companies.profiles.models import Consent


@dataclass(frozen=True, slots=True)
class Beside:
    """The support needs that were told, and whether the company takes part in the benchmark."""

    needs: Mapping[SupportNeed, TeamShare]
    takes_part: bool


def beside(scan: Scan) -> Beside:
    """Look it up; needs that were not told are absent."""
    needs = SupportNeedShare.objects.filter(scan=OuterRef("pk")).order_by("need", "pk")
    consent = Consent.objects.in_force(ConsentPurpose.BENCHMARK).filter(company=OuterRef("company"))
    found = (
        Scan.objects.filter(pk=scan.pk)
        .annotate(
            told=ArraySubquery(needs.values(told=JSONObject(need=F("need"), share=F("share")))),
            takes_part=Exists(consent),
        )
        .values("told", "takes_part")
        .get()
    )
    return Beside(
        {SupportNeed(row["need"]): TeamShare(row["share"]) for row in found["told"]},
        found["takes_part"],
    )
