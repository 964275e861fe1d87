"""Short mails about what happened in the portal, sent once the transaction is through."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils import translation


def origin_of(request: HttpRequest) -> str:
    """Scheme and host of this request, for links in mails; ALLOWED_HOSTS guards the host."""
    return request.build_absolute_uri("/").rstrip("/")


def tell(
    *,
    to: str,
    language: str,
    template: str,
    context: Mapping[str, Any],
    headers: Mapping[str, str] | None = None,
) -> None:
    """Mail ``<template>_subject.txt`` and ``<template>_message.txt`` after the commit.

    Rendered in ``language`` (the default when empty), with further ``headers``. A mail
    server that is away costs the mail, never what the person did: the failure is logged.
    """
    send = partial(_send, to, language, template, dict(context), dict(headers or {}))
    transaction.on_commit(send, robust=True)


def _send(
    to: str, language: str, template: str, context: dict[str, Any], headers: dict[str, str]
) -> None:
    with translation.override(language or settings.LANGUAGE_CODE):
        subject = " ".join(render_to_string(f"{template}_subject.txt", context).split())
        body = render_to_string(f"{template}_message.txt", context).strip() + "\n"
    subject = f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}{subject}"
    EmailMessage(subject, body, to=[to], headers=headers).send()
