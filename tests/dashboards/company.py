"""A company with a row in every table, for export and deletion."""

from __future__ import annotations

from hashlib import sha256
from typing import Any

from django.utils import timezone

from assessments.matching.models import CompanyState, MatchRun
from assessments.opportunities import services as opportunities
from assessments.opportunities.models import AssessmentSeen, RuleSet, VerdictOverride
from assessments.readiness import selectors as readiness_selectors
from assessments.readiness import services as readiness
from assessments.readiness.domain.answers import AnswerKind, Entry, Response, fingerprint
from assessments.readiness.models import (
    PlannedStep,
    Respondent,
    RespondentAnswer,
    StatementComment,
    SupportNeedShare,
)
from companies.profiles import services as profiles
from companies.profiles.enums import (
    ConsentPurpose,
    CooperationKind,
    DocumentKind,
    EquipmentKind,
    MemberRole,
)
from companies.profiles.models import (
    Company,
    Cooperation,
    Enclave,
    Equipment,
    Invitation,
    OwnProduct,
)
from companies.profiles.models.papers import Document, DocumentContent
from companies.profiles.models.parts import PartConfirmation, PartDraft
from companies.profiles.models.workbook import WorkbookUpload
from portal.accounts.models import User
from tests.dashboards.board_report.stored import stored_report
from tests.factories import (
    CompanyEstablishmentFactory,
    CustomerFactory,
    MembershipFactory,
    OpportunityOfferFactory,
    UserFactory,
    WorkforceCellFactory,
    WorkforceYearFactory,
)
from tests.matching.factories import introduction, matched_company, opinion, stored_match
from tests.opportunities.scenarios import kept


def full_company(**fields: Any) -> Company:
    """Verified, with members, facts, a submitted scan, assessments and matches."""
    company: Company = matched_company(**fields)
    owner = owner_of(company)
    CompanyEstablishmentFactory(company=company)
    CustomerFactory(company=company)
    year = WorkforceYearFactory(company=company, year=2024)
    WorkforceCellFactory(workforce_year=year)
    if not company.offers.exists():
        OpportunityOfferFactory(company=company)
    profiles.set_competences(company_id=company.pk, slugs=["haccp"])
    MembershipFactory(company=company, role=MemberRole.EDITOR)
    profiles.assign_adviser(company_id=company.pk, user=UserFactory())
    profiles.request_to_join(company_id=company.pk, user=UserFactory(), role=MemberRole.READER)
    profiles.invite(
        company_id=company.pk,
        email=f"gast{company.pk}@voorbeeld.test",
        role=MemberRole.READER,
        by=owner,
    )
    profiles.accept_terms(company_id=company.pk, by=owner)
    PartConfirmation.objects.create(
        company=company, part="activities", confirmed_at=timezone.now(), confirmed_by=owner
    )
    PartDraft.objects.create(
        company=company, key="offers", fields={}, saved_at=timezone.now(), saved_by=owner
    )
    WorkbookUpload.objects.create(
        company=company, facts_version=1, uploaded_at=timezone.now(), uploaded_by=owner
    )
    Equipment.objects.create(company=company, kind=EquipmentKind.values[0])
    Enclave.objects.create(company=company, host_name="Gastheer nv", nace_division="10", places=4)
    OwnProduct.objects.create(company=company, name="Houten speelgoed")
    Cooperation.objects.create(
        company=company, kind=CooperationKind.values[0], partner_name="Maatje bv"
    )
    data = b"%PDF-1.7 jaarverslag " + str(company.pk).encode()
    document = Document.objects.create(
        company=company,
        kind=DocumentKind.values[0],
        title="Jaarverslag",
        filename="../../jaar\\verslag.pdf",
        file_kind="pdf",
        size=len(data),
        sha256=sha256(data).hexdigest(),
        uploaded_by=owner,
    )
    DocumentContent.objects.create(document=document, data=data)
    profiles.give_consent(company_id=company.pk, purpose=ConsentPurpose.BENCHMARK, by=owner)
    _scan(company, owner)
    kept(company, by=owner, counts=True)
    opportunities.assess_behind(now=timezone.now())
    _judge(company, owner)
    match = stored_match(company)
    CompanyState.objects.create(
        company=company, facts_version=1, assessments_hash="x" * 64, run=match.run
    )
    introduction(company, "ask", "contact", match=match, establishment=match.establishment)
    opinion(company, "interested", establishment=match.establishment)
    opinion(company, "interested", side="partner", establishment=match.establishment)
    MatchRun.objects.create(company=company)
    stored_report(
        company, scan=company.scans.first(), match_run=match.run, rule_set=RuleSet.objects.first()
    )
    return company


def _judge(company: Company, owner: User) -> None:
    """An adviser judges otherwise, and the owner has seen it."""
    outcome = company.assessments.filter(is_current=True).first()
    assert outcome is not None
    override = VerdictOverride.objects.create(
        company=company,
        opportunity=outcome.opportunity,
        assessment=outcome,
        verdict="laag",
        reason="De gastheer stopt in maart",
        given_at=timezone.now(),
        given_by=UserFactory(),
    )
    AssessmentSeen.objects.create(
        user=owner,
        company=company,
        opportunity=outcome.opportunity,
        assessment=outcome,
        override=override,
        seen_at=timezone.now(),
    )


def _scan(company: Company, owner: User) -> None:
    """A submitted scan with everything that people add to one."""
    scan = readiness.start_scan(company=company, user=owner)
    nothing = fingerprint(None)
    answer = Entry(Response(AnswerKind.LEVEL, 3))
    statements = [
        statement
        for transition in readiness_selectors.transitions_in_full(scan.questionnaire_id)
        for statement in transition.statements.all()
    ]
    changes = {
        statement.pk: readiness.Change(seen=nothing, typed=answer) for statement in statements
    }
    readiness.save_answers(scan_id=scan.pk, user=owner, changes=changes)
    SupportNeedShare.objects.create(scan=scan, need="cognitive", share="some")
    guide = Respondent.objects.create(scan=scan, user=UserFactory(), function="guide")
    RespondentAnswer.objects.create(respondent=guide, statement=statements[0], kind="unknown")
    readiness.submit_scan(scan_id=scan.pk, user=owner)
    adviser = UserFactory()
    StatementComment.objects.create(
        scan=scan, statement=statements[0], text="Toon dit bij het bezoek", written_by=adviser
    )
    readiness.reopen_scan(
        scan_id=scan.pk, by=adviser, reason="Vergissing", now=timezone.now(), origin=""
    )
    readiness.submit_scan(scan_id=scan.pk, user=owner)
    PlannedStep.objects.create(
        company=company,
        scan=scan,
        statement=statements[0],
        target_level=4,
        owner=owner,
        due_on=timezone.localdate(),
        planned_by=owner,
    )


def owner_of(company: Company) -> User:
    """Who signed it up."""
    return company.memberships.get(role=MemberRole.OWNER).user


def secret_of(company: Company) -> str:
    """The hash of an invitation's secret."""
    return Invitation.objects.filter(company=company).first().token_hash  # type: ignore[union-attr]
