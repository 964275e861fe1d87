"""Users log in with their e-mail address; staff roles are groups."""

from __future__ import annotations

from typing import Any, ClassVar

import pgtrigger
from django.conf import settings
from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractBaseUser, PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from portal.accounts.roles import Role
from portal.common.choices import PROVINCE_CHOICES
from portal.common.constraints import one_of
from portal.common.vocabulary import Province


class UserManager(BaseUserManager["User"]):
    """Creates users by e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create an ordinary user; ValueError without an e-mail address."""
        if not email:
            raise ValueError("A user needs an e-mail address")
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        """Create a user who may do everything in the Django admin."""
        return self.create_user(
            email, password, **{"is_staff": True, "is_superuser": True} | fields
        )

    def get_by_natural_key(self, username: str | None) -> User:
        """Log-in ignores the case of the address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser, PermissionsMixin):
    """A person with an account: company user, partner contact or government staff."""

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=120, blank=True)
    language = models.CharField(
        _("language"), max_length=2, blank=True, choices=[("nl", "Nederlands"), ("en", "English")]
    )
    is_staff = models.BooleanField(_("may open the admin"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo account"), default=False)
    date_joined = models.DateTimeField(_("joined"), default=timezone.now, editable=False)

    objects = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")
        ordering = ("email", "pk")
        constraints = (
            models.UniqueConstraint(
                Lower("email"),
                name="user_email_unique",
                violation_error_message=_("There is already an account with this address."),
            ),
            models.CheckConstraint(
                condition=models.Q(language__in=("", "nl", "en")),
                name="user_language_known",
                violation_error_message=_("The portal does not speak this language."),
            ),
        )

    def __str__(self) -> str:
        return self.full_name or self.email

    @cached_property
    def staff_roles(self) -> set[Role]:
        """Staff roles; one query per request object, then remembered."""
        names = set(self.groups.values_list("name", flat=True))
        return {role for role in Role if role.value in names}

    @cached_property
    def staff_provinces(self) -> set[str]:
        """Provinces in which an adviser follows every company."""
        return set(self.adviser_provinces.values_list("province", flat=True))


class AdviserProvince(models.Model):
    """An adviser follows every company with its seat in this province."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="adviser_provinces"
    )
    province = models.CharField(_("province"), max_length=20, choices=PROVINCE_CHOICES)

    class Meta:
        verbose_name = _("province of an adviser")
        verbose_name_plural = _("provinces of advisers")
        ordering = ("user", "province", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "province"),
                name="adviser_province_once",
                violation_error_message=_("This adviser already follows this province."),
            ),
            one_of(
                "province",
                Province,
                name="adviser_province_known",
                message=_("This is not a known province."),
            ),
        )

    def __str__(self) -> str:
        return str(self.get_province_display())


class ExportLog(models.Model):
    """Somebody took data out of the portal: who, what, when, and why where it is asked.

    ``what`` names the kind of export, ``subject`` whose data (as a person would say it)
    and ``contents`` what was in it, such as rows by kind. Rows never change.
    """

    exported_at = models.DateTimeField(_("exported at"))
    exported_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("exported by"),
        on_delete=models.PROTECT,
        related_name="+",
    )
    what = models.CharField(_("what"), max_length=60)
    subject = models.CharField(_("whose data"), max_length=400, blank=True)
    reason = models.CharField(_("reason"), max_length=300, blank=True)
    contents = models.JSONField(_("contents"), default=dict)
    sha256 = models.CharField(_("SHA-256 of the file"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("export")
        verbose_name_plural = _("exports")
        ordering = ("-exported_at", "-pk")
        constraints = (
            models.CheckConstraint(
                condition=~models.Q(what=""),
                name="export_log_what",
                violation_error_message=_("Say what was exported."),
            ),
        )
        triggers = (pgtrigger.Protect(name="stays", operation=pgtrigger.Update | pgtrigger.Delete),)

    def __str__(self) -> str:
        return f"{self.what}: {self.subject}"
