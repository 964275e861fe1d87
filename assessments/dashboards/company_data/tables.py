"""Every table with rows of a company: what its export holds, and what not, and why.

Tables of all rooms are found by their foreign keys; a test wants each of them in one of
the two lists below, so that a new table cannot be forgotten. Deletion needs no list: it
takes them all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from django.apps import apps
from django.db import models

from companies.profiles.models import Company
from companies.profiles.selectors.belonging import is_event, path_to_company

# Secrets and internals, by the ending of their name; never exported from any table.
SECRET_ENDINGS = ("_hash", "token", "secret", "password", "_key")


@dataclass(frozen=True)
class Exported:
    """One kind of record: the name of its files, and columns left out with the reason.

    ``only`` keeps rows that are somebody else's out, by column and value.
    """

    name: str
    left_out: dict[str, str] = field(default_factory=dict)
    only: dict[str, str] = field(default_factory=dict)


_STATE = "internal state of the portal, no data of the company"

EXPORTED: dict[str, Exported] = {
    "profiles.Company": Exported("company", {"facts_version": _STATE}),
    "profiles.CompanyEstablishment": Exported("establishments"),
    "profiles.Activity": Exported("activities"),
    "profiles.Company_competences": Exported("competences"),
    "profiles.WorkforceYear": Exported("workforce_years"),
    "profiles.WorkforceCell": Exported("workforce"),
    "profiles.Customer": Exported("customers"),
    "profiles.OpportunityOffer": Exported("offers"),
    "profiles.Equipment": Exported("equipment"),
    "profiles.Enclave": Exported("enclaves"),
    "profiles.OwnProduct": Exported("own_products"),
    "profiles.Cooperation": Exported("cooperations"),
    "profiles.Document": Exported("documents"),
    "profiles.Consent": Exported("consents"),
    "profiles.Membership": Exported("members"),
    "profiles.Invitation": Exported("invitations"),
    "profiles.JoinRequest": Exported("join_requests"),
    "profiles.Acceptance": Exported("accepted_texts"),
    "profiles.CompanyAdviser": Exported("advisers"),
    "profiles.PartConfirmation": Exported("confirmations"),
    "readiness.Scan": Exported("scans"),
    "readiness.Answer": Exported("scan_answers"),
    "readiness.SupportNeedShare": Exported("scan_support_needs"),
    "readiness.Respondent": Exported("scan_respondents"),
    "readiness.RespondentAnswer": Exported("scan_respondent_answers"),
    "readiness.StatementComment": Exported("scan_comments"),
    "readiness.Reopening": Exported("scan_reopenings"),
    "readiness.PlannedStep": Exported("planned_steps"),
    "opportunities.Assessment": Exported("assessments"),
    "opportunities.VerdictOverride": Exported("verdicts_of_advisers"),
    "opportunities.Scenario": Exported("scenarios"),
    "matching.Match": Exported(
        "matches",
        {
            # What a partner asks (amounts, certificates) is the partner's own.
            "components": "holds what the partner seeks, which the partner may show to few",
            "evidence": "holds codes of the partner's activities as matching used them",
            "potential": _STATE,
            "equal_others": "says something about other candidates",
            "run": _STATE,
        },
    ),
    "matching.Introduction": Exported("introductions"),
    "matching.IntroductionStep": Exported("introduction_steps"),
    # What a partner thinks of the company is the partner's own.
    "matching.Interaction": Exported(
        "opinions_on_matches", {"policy": _STATE}, only={"side": "company"}
    ),
}

NOT_EXPORTED: dict[str, str] = {
    "profiles.PartDraft": "typed by one person and never saved: not the company's yet",
    "profiles.WorkbookUpload": "a file on its way: what was confirmed stands in the profile",
    "profiles.DocumentContent": "bytes: each is a file of its own in the folder documents",
    "opportunities.AssessmentSeen": "which notice one member put away: no data of the company",
    "dashboards.BoardReport": "log of the worker: when a report was asked and made",
    "dashboards.BoardReportContent": "made from what is exported, and kept for some weeks only",
    "matching.CompanyState": _STATE,
    "matching.MatchRun": "log of the machine: when matching ran, with figures over all companies",
}


def company_models() -> Iterator[tuple[type[models.Model], tuple[str, ...]]]:
    """Every stored table that leads to a company, history aside, with the way there."""
    for model in apps.get_models(include_auto_created=True):
        if model._meta.proxy or not model._meta.managed or is_event(model):
            continue
        path = path_to_company(model)
        if path is not None:
            yield model, path


def of_company(
    model: type[models.Model], path: tuple[str, ...], company_id: int
) -> models.QuerySet[models.Model]:
    """The rows of one company."""
    key = "pk" if model is Company else "__".join(path)
    return model._default_manager.filter(**{key: company_id}).order_by("pk")


def columns_of(model: type[models.Model]) -> list[models.Field[object, object]]:
    """The fields of a kind that leave the portal, in the order of the model."""
    left_out = EXPORTED[model._meta.label].left_out
    return [
        field
        for field in model._meta.concrete_fields
        if field.name not in left_out and not field.name.endswith(SECRET_ENDINGS)
    ]
