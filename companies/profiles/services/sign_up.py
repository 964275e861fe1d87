"""Sign-up of a company from the register, and the decision of an adviser on it."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone

from companies.profiles.content.terms import TERMS_VERSION
from companies.profiles.enums import DeclineReason, MemberRole, PointSource, VerificationStatus
from companies.profiles.models import Company, CompanyEstablishment, Membership
from companies.profiles.services.acceptances import accept_texts
from companies.profiles.services.facts import lock_company
from companies.profiles.services.mails import company_path, tell_owners
from companies.register.domain.numbers import parse_enterprise_number
from companies.register.models import Enterprise, PostalPoint
from companies.register.selectors import find_enterprise, find_postal_point
from companies.register.services import remember_number
from portal.accounts.models import User
from portal.common.text import name_key


class NotDeclinedError(Exception):
    """Only a declined company can ask again."""


class SignUpError(Exception):
    """A company cannot be signed up; ``code`` says why, for the message.

    ``already_signed_up``, ``struck_off``, ``name_needed`` (not in the register and no
    name given) or ``postcode_unknown`` (no Belgian postcode).
    """

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def check_sign_up(number: str) -> Enterprise | None:
    """The register's entry for a number that may sign up; None when it has none.

    ``number`` has ten digits. Raises SignUpError ``already_signed_up`` or ``struck_off``.
    """
    if Company.objects.filter(enterprise_number=number).exists():
        raise SignUpError("already_signed_up")
    enterprise = find_enterprise(number)
    if enterprise is not None and not enterprise.is_active:
        raise SignUpError("struck_off")
    return enterprise


def _add_establishments(
    company: Company, enterprise: Enterprise | None, point: PostalPoint
) -> None:
    """The register's active establishments, or the seat when there is none."""
    listed = list(enterprise.establishments.all()) if enterprise else []
    CompanyEstablishment.objects.bulk_create(
        CompanyEstablishment(
            company=company,
            number=place.number,
            name=place.name,
            street=place.street,
            house_number=place.house_number,
            postcode=place.postcode,
            municipality=place.municipality,
            x_m=place.x_m,
            y_m=place.y_m,
            point_source=PointSource.POSTAL if place.x_m is None else PointSource.REGISTER,
        )
        for place in listed
        if len(place.postcode) == 4  # a place abroad has no Belgian postcode
    )
    if not company.establishments.exists():
        CompanyEstablishment.objects.create(
            company=company,
            street=company.street,
            house_number=company.house_number,
            postcode=company.postcode,
            municipality=company.municipality,
            x_m=point.x_m,
            y_m=point.y_m,
        )


@transaction.atomic
def sign_up_company(
    *,
    user: User,
    enterprise_number: str,
    name: str = "",
    postcode: str = "",
    terms_version: str = TERMS_VERSION,
    is_demo: bool = False,
) -> Company:
    """Sign a company up, waiting for verification, with ``user`` as its owner.

    ``enterprise_number`` in any notation (NumberError otherwise). Name, legal form,
    seat and establishments come from the register; ``name`` and ``postcode`` count
    only for what the register does not know. Every later import of the register keeps
    this number. Raises SignUpError.
    """
    number = parse_enterprise_number(enterprise_number)
    enterprise = check_sign_up(number)
    shown_name = enterprise.name if enterprise and enterprise.name else name.strip()
    if not shown_name:
        raise SignUpError("name_needed")
    seat = find_postal_point(enterprise.postcode) if enterprise else None
    point = seat or find_postal_point(postcode)
    if point is None:
        raise SignUpError("postcode_unknown")
    address = enterprise if seat else None
    try:
        with transaction.atomic():
            company = Company.objects.create(
                enterprise_number=number,
                in_register=enterprise is not None,
                name=shown_name,
                name_key=name_key(shown_name),
                legal_form=enterprise.legal_form if enterprise else "",
                street=address.street if address else "",
                house_number=address.house_number if address else "",
                postcode=point.postcode,
                municipality=(address.municipality if address else "") or point.name,
                province=point.province,
                created_by=user,
                terms_version=terms_version,
                is_demo=is_demo,
            )
    except IntegrityError:
        # Somebody else signed the same number up in between.
        raise SignUpError("already_signed_up") from None
    remember_number(number=number)
    Membership.objects.create(company=company, user=user, role=MemberRole.OWNER)
    accept_texts(user=user, company_ids=[company.pk], terms_version=terms_version)
    _add_establishments(company, enterprise, point)
    return company


def _decide(company: Company, by: User, status: VerificationStatus, origin: str) -> None:
    is_news = company.status != status
    company.status = status
    company.decided_by = by
    company.decided_at = timezone.now()
    company.save(
        update_fields=["status", "decided_by", "decided_at", "decline_reason", "decline_note"]
    )
    if is_news:
        tell_owners(
            company=company, template=status.value, origin=origin, path=company_path(company)
        )


@transaction.atomic
def verify_company(*, company_id: int, by: User, origin: str = "") -> None:
    """Confirm that this is a maatwerk company: from now on its data count.

    The owners get a mail, with links that start with ``origin``; nobody without it.
    """
    company = lock_company(company_id)
    company.decline_reason = ""
    company.decline_note = ""
    _decide(company, by, VerificationStatus.VERIFIED, origin)


@transaction.atomic
def decline_company(
    *, company_id: int, by: User, reason: DeclineReason, note: str = "", origin: str = ""
) -> None:
    """Decline a sign-up with a typed reason; its data do not count (any more).

    The owners get a mail, as in ``verify_company``.
    """
    company = lock_company(company_id)
    company.decline_reason = reason
    company.decline_note = note
    _decide(company, by, VerificationStatus.DECLINED, origin)


@transaction.atomic
def apply_again(*, company_id: int, by: User, note: str) -> None:
    """An owner contests that the company was declined; it waits for an adviser again.

    The earlier decision and its reason stay in sight of the adviser. Raises
    NotDeclinedError.
    """
    company = lock_company(company_id)
    if company.status != VerificationStatus.DECLINED:
        raise NotDeclinedError
    company.status = VerificationStatus.PENDING
    company.appealed_at = timezone.now()
    company.appealed_by = by
    company.appeal_note = note
    company.save(update_fields=["status", "appealed_at", "appealed_by", "appeal_note"])
