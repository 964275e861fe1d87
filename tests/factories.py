"""Factories for models of every room: small, valid, with a story-friendly default."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import factory
from django.contrib.auth.models import Group
from django.db import transaction
from django.utils import timezone
from factory.django import DjangoModelFactory

from companies.partners.content.consents import current_text
from companies.partners.content.terms import PARTNER_TERMS_VERSION
from companies.partners.enums import Capacity, SharePurpose
from companies.partners.models import (
    ContactRequest,
    Conversation,
    OptOut,
    Partner,
    PartnerConsent,
    PartnerContact,
    PartnerNeed,
)
from companies.partners.opt_out.models import Way
from companies.profiles.enums import MemberRole, VerificationStatus
from companies.profiles.models import (
    Activity,
    Company,
    CompanyEstablishment,
    Customer,
    Invitation,
    JoinRequest,
    Membership,
    OpportunityOffer,
    WorkforceCell,
    WorkforceYear,
)
from companies.register.models import (
    Classification,
    Enterprise,
    Establishment,
    EstablishmentActivity,
)
from portal.accounts.models import AdviserProvince, User
from portal.accounts.roles import Role
from portal.common.text import name_key
from portal.common.vocabulary import Cell, NaceVersion, Opportunity, Province

PASSWORD = "een-lang-wachtwoord-1"


def checked(eight_digits: int) -> str:
    """A ten-digit register number with its check digits (97 minus the remainder by 97)."""
    return f"{eight_digits:08d}{97 - eight_digits % 97:02d}"


class UserFactory(DjangoModelFactory[User]):
    """A person with a known password and a verified address."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    email = factory.Sequence(lambda n: f"persoon{n}@voorbeeld.test")
    full_name = factory.Sequence(lambda n: f"Persoon {n}")
    language = "nl"

    @factory.post_generation
    def password(self, create: bool, extracted: str | None, **_: Any) -> None:
        if not create:
            return
        self.set_password(extracted or PASSWORD)
        self.save(update_fields=["password"])
        from allauth.account.models import EmailAddress

        EmailAddress.objects.create(user=self, email=self.email, primary=True, verified=True)


def staff(role: Role, *provinces: Province, **fields: Any) -> User:
    """A government user in one role, following the given provinces."""
    if role is Role.ADMINISTRATOR:
        fields = {"is_staff": True, "is_superuser": True} | fields
    user = UserFactory(is_demo=True, **fields)
    user.groups.add(Group.objects.get_or_create(name=role.value)[0])
    AdviserProvince.objects.bulk_create(
        AdviserProvince(user=user, province=province.value) for province in provinces
    )
    return user


class EnterpriseFactory(DjangoModelFactory[Enterprise]):
    """A company of the regular economy in the register."""

    class Meta:
        model = Enterprise

    number = factory.Sequence(lambda n: checked(19_000_000 + n))
    name = factory.Sequence(lambda n: f"Onderneming {n}")
    name_key = factory.LazyAttribute(lambda obj: name_key(obj.name))
    legal_form = "610"
    postcode = "2000"
    municipality = "Antwerpen"


class EstablishmentFactory(DjangoModelFactory[Establishment]):
    """A place of work near the middle of Antwerp."""

    class Meta:
        model = Establishment

    number = factory.Sequence(lambda n: checked(89_000_000 + n))
    enterprise = factory.SubFactory(EnterpriseFactory)
    name = factory.LazyAttribute(lambda obj: obj.enterprise.name)
    name_key = factory.LazyAttribute(lambda obj: name_key(obj.name))
    postcode = "2000"
    municipality = "Antwerpen"
    province = Province.ANTWERPEN.value
    x_m = 652_000
    y_m = 712_000


class EstablishmentActivityFactory(DjangoModelFactory[EstablishmentActivity]):
    """Chocolate making, the study's own example of a host."""

    class Meta:
        model = EstablishmentActivity

    establishment = factory.SubFactory(EstablishmentFactory)
    version = NaceVersion.NACE_2025.value
    code = "10820"
    classification = Classification.MAIN


class CompanyFactory(DjangoModelFactory[Company]):
    """A verified maatwerk company in Antwerp, owned by whoever signed it up.

    The database wants an owner from the start; ``owner=`` names another one.
    """

    class Meta:
        model = Company
        skip_postgeneration_save = True

    enterprise_number = factory.Sequence(lambda n: checked(18_000_000 + n))
    in_register = True
    name = factory.Sequence(lambda n: f"Maatwerk {n} vzw")
    name_key = factory.LazyAttribute(lambda obj: name_key(obj.name))
    legal_form = "017"
    postcode = "2000"
    municipality = "Antwerpen"
    province = Province.ANTWERPEN.value
    status = VerificationStatus.VERIFIED
    decided_by = factory.SubFactory(UserFactory)
    decided_at = factory.LazyFunction(timezone.now)
    created_by = factory.SubFactory(UserFactory)
    terms_version = "2026-11"

    @classmethod
    def _generate(cls, strategy: Any, params: Any) -> Any:
        """Company and owner in one transaction, so that live-server tests can make one too."""
        if strategy != factory.enums.CREATE_STRATEGY:
            return super()._generate(strategy, params)
        with transaction.atomic():
            return super()._generate(strategy, params)

    @factory.post_generation
    def owner(self, create: bool, extracted: User | None, **_: Any) -> None:
        if create:
            Membership.objects.create(
                company=self, user=extracted or self.created_by, role=MemberRole.OWNER
            )


class CompanyEstablishmentFactory(DjangoModelFactory[CompanyEstablishment]):
    """The company's workplace in Antwerp."""

    class Meta:
        model = CompanyEstablishment

    company = factory.SubFactory(CompanyFactory)
    name = "Hoofdzetel"
    postcode = "2000"
    municipality = "Antwerpen"
    x_m = 652_000
    y_m = 712_000


class MembershipFactory(DjangoModelFactory[Membership]):
    """An owner."""

    class Meta:
        model = Membership

    company = factory.SubFactory(CompanyFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.OWNER


class InvitationFactory(DjangoModelFactory[Invitation]):
    """An editor is invited by the person who signed the company up."""

    class Meta:
        model = Invitation

    company = factory.SubFactory(CompanyFactory)
    email = factory.Sequence(lambda n: f"genodigd{n}@voorbeeld.test")
    role = MemberRole.EDITOR
    token_hash = factory.Sequence(lambda n: f"{n:064d}")
    invited_by = factory.LazyAttribute(lambda obj: obj.company.created_by)
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=14))


class JoinRequestFactory(DjangoModelFactory[JoinRequest]):
    """Somebody asks to edit."""

    class Meta:
        model = JoinRequest

    company = factory.SubFactory(CompanyFactory)
    user = factory.SubFactory(UserFactory)
    role = MemberRole.EDITOR
    expires_at = factory.LazyFunction(lambda: timezone.now() + timedelta(days=30))


class ActivityFactory(DjangoModelFactory[Activity]):
    """Packing, all of the turnover."""

    class Meta:
        model = Activity

    company = factory.SubFactory(CompanyFactory)
    cell = Cell.HANDLING_VERPAKKING.value
    turnover_share = 100


class WorkforceYearFactory(DjangoModelFactory[WorkforceYear]):
    """A year with five guides."""

    class Meta:
        model = WorkforceYear

    company = factory.SubFactory(CompanyFactory)
    year = 2025
    guides_fte = 5
    guides_qualified_fte = 4


class WorkforceCellFactory(DjangoModelFactory[WorkforceCell]):
    """Thirty people with a work disability at middle guidance."""

    class Meta:
        model = WorkforceCell

    workforce_year = factory.SubFactory(WorkforceYearFactory)
    target_group = "arbeidshandicap"
    guidance_level = "midden"
    heads = 30
    fte = 25


class CustomerFactory(DjangoModelFactory[Customer]):
    """A food company that takes a third of the turnover."""

    class Meta:
        model = Customer

    company = factory.SubFactory(CompanyFactory)
    name = factory.Sequence(lambda n: f"Klant {n}")
    nace_division = "10"
    turnover_share = 30


class OpportunityOfferFactory(DjangoModelFactory[OpportunityOffer]):
    """Six places in an enclave within 25 km."""

    class Meta:
        model = OpportunityOffer

    company = factory.SubFactory(CompanyFactory)
    opportunity = Opportunity.ENCLAVE.value
    radius_km = 25
    amount = 6
    unit = "places"


class PartnerFactory(DjangoModelFactory[Partner]):
    """A partner who agreed to be shown; without it when ``consented_at`` is None."""

    class Meta:
        model = Partner
        skip_postgeneration_save = True

    establishment = factory.SubFactory(EstablishmentFactory)
    consented_by = factory.SubFactory(UserFactory)
    consented_at = factory.LazyFunction(timezone.now)

    @factory.post_generation
    def agreed(self, create: bool, extracted: Any, **kwargs: Any) -> None:
        """The consent that the two columns repeat."""
        if create and self.consented_at is not None:
            PartnerConsent.objects.create(
                partner=self,
                purpose=SharePurpose.SHOW,
                version=current_text(SharePurpose.SHOW).version,
                given_at=self.consented_at,
                given_by=self.consented_by,
            )


class PartnerNeedFactory(DjangoModelFactory[PartnerNeed]):
    """Eight places in an enclave."""

    class Meta:
        model = PartnerNeed

    partner = factory.SubFactory(PartnerFactory)
    opportunity = Opportunity.ENCLAVE.value
    amount = 8
    unit = "places"


class ContactRequestFactory(DjangoModelFactory[ContactRequest]):
    """Somebody asks to join the contacts of a partner."""

    class Meta:
        model = ContactRequest

    partner = factory.SubFactory(PartnerFactory)
    user = factory.SubFactory(UserFactory)
    is_sign_up = False
    capacity = Capacity.PERSONNEL
    terms_version = PARTNER_TERMS_VERSION


class ConversationFactory(DjangoModelFactory[Conversation]):
    """An adviser called a partner."""

    class Meta:
        model = Conversation

    partner = factory.SubFactory(PartnerFactory)
    held_on = date(2026, 11, 2)
    with_whom = "Jo Janssens, zaakvoerder"
    agreed = "De partner wil getoond worden."
    recorded_by = factory.SubFactory(UserFactory)


class PartnerContactFactory(DjangoModelFactory[PartnerContact]):
    """Somebody who acts for a partner."""

    class Meta:
        model = PartnerContact

    partner = factory.SubFactory(PartnerFactory)
    user = factory.SubFactory(UserFactory)


class OptOutFactory(DjangoModelFactory[OptOut]):
    """Somebody opted out through the link; ``number`` of an establishment or enterprise."""

    class Meta:
        model = OptOut

    number = factory.Sequence(lambda n: checked(88_000_000 + n))
    opted_out_at = factory.LazyFunction(timezone.now)
    way = Way.LINK
