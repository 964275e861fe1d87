"""Writes on people, their roles and their choices."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from allauth.account.models import EmailAddress
from django.conf import settings
from django.contrib.auth.models import Group, Permission
from django.db import transaction

from portal.accounts.models import AdviserProvince, ExportLog, User
from portal.accounts.roles import Role
from portal.common.vocabulary import Province


@transaction.atomic
def load_reference() -> None:
    """Create the four groups; only administrators may change things in the Django admin.

    What the other roles may see or do is decided by predicates in the rooms, never by
    model permissions. Can be run again at any time.
    """
    for role in Role:
        group, _created = Group.objects.get_or_create(name=role.value)
        if role is Role.ADMINISTRATOR:
            group.permissions.set(Permission.objects.all())
        else:
            group.permissions.clear()


@transaction.atomic
def create_person(
    *,
    email: str,
    full_name: str = "",
    password: str | None = None,
    language: str = "",
    is_demo: bool = False,
) -> User:
    """Create a user with a verified address and no role.

    Without ``password`` the person asks for a link to choose one. Raises ValueError
    without an address or for an unknown language, IntegrityError for a known address.
    """
    _check_language(language)
    user = User.objects.create_user(
        email, password, full_name=full_name, language=language, is_demo=is_demo
    )
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    return user


@transaction.atomic
def create_staff_user(
    *,
    email: str,
    roles: Iterable[Role],
    full_name: str = "",
    password: str | None = None,
    language: str = "",
    provinces: Iterable[Province] = (),
    is_demo: bool = False,
) -> User:
    """Create a government user with roles and, for an adviser, provinces to follow."""
    user = create_person(
        email=email, full_name=full_name, password=password, language=language, is_demo=is_demo
    )
    set_staff_roles(user=user, roles=roles)
    set_adviser_provinces(user=user, provinces=provinces)
    return user


@transaction.atomic
def set_staff_roles(*, user: User, roles: Iterable[Role]) -> None:
    """Give exactly these roles; the administrator's role opens the Django admin, no other."""
    wanted = set(roles)
    user.groups.set([Group.objects.get_or_create(name=role.value)[0] for role in sorted(wanted)])
    user.is_staff = user.is_superuser = Role.ADMINISTRATOR in wanted
    user.save(update_fields=["is_staff", "is_superuser"])
    user.__dict__.pop("staff_roles", None)


@transaction.atomic
def set_adviser_provinces(*, user: User, provinces: Iterable[Province]) -> None:
    """Let an adviser follow every company in exactly these provinces."""
    wanted = {province.value for province in provinces}
    user.adviser_provinces.exclude(province__in=wanted).delete()
    AdviserProvince.objects.bulk_create(
        [AdviserProvince(user=user, province=province) for province in sorted(wanted)],
        ignore_conflicts=True,
    )
    user.__dict__.pop("staff_provinces", None)


@transaction.atomic
def set_language(*, user: User, language: str) -> None:
    """Store the language that the user reads; ValueError for one that we do not have."""
    _check_language(language)
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])


@transaction.atomic
def update_profile(*, user: User, full_name: str, language: str) -> None:
    """Store name and language; ValueError for a language that we do not have."""
    _check_language(language)
    user.full_name = full_name
    user.language = language
    user.save(update_fields=["full_name", "language"])


@transaction.atomic
def replace_address(*, user: User) -> None:
    """Make ``user.email`` the one verified address to log in with.

    For an administrator who corrects an address: whoever holds the old one must not be
    able to get in with it any more.
    """
    EmailAddress.objects.filter(user=user).exclude(email__iexact=user.email).delete()
    EmailAddress.objects.update_or_create(
        user=user, email=user.email, defaults={"primary": True, "verified": True}
    )


@transaction.atomic
def log_export(
    *,
    by: User,
    what: str,
    now: datetime,
    subject: str = "",
    reason: str = "",
    contents: Mapping[str, Any] | None = None,
    sha256: str = "",
) -> ExportLog:
    """Write down that ``by`` takes data out; do it before the first byte leaves."""
    return ExportLog.objects.create(
        exported_at=now,
        exported_by=by,
        what=what,
        subject=subject[:400],
        reason=reason,
        contents=dict(contents or {}),
        sha256=sha256,
    )


def _check_language(language: str) -> None:
    if language and language not in dict(settings.LANGUAGES):
        raise ValueError(f"Unknown language {language!r}")
