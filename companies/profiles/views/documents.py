"""Documents of a company: the list, uploads, downloads, the bin."""

from __future__ import annotations

from functools import partial
from typing import Any, cast

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from companies.profiles import access, selectors, services
from companies.profiles.current import may_edit
from companies.profiles.domain.files import CONTENT_TYPES, Kind
from companies.profiles.forms.documents import REFUSED, DocumentForm
from companies.profiles.models import Company, Document
from companies.profiles.services import DocumentError
from portal.accounts.models import User
from portal.common.downloads import file_response
from portal.common.uploads import upload_was_too_large

UNPROCESSABLE = 422


def _user(request: HttpRequest) -> User:
    return cast("User", request.user)


def _form(request: HttpRequest, document: Document | None = None) -> DocumentForm:
    if request.method != "POST":
        return DocumentForm(document=document)
    stopped = upload_was_too_large(request)
    return DocumentForm(request.POST, request.FILES, document=document, upload_stopped=stopped)


def _context(request: HttpRequest, company: Company, form: DocumentForm) -> dict[str, Any]:
    found = selectors.documents_of(company)
    now = timezone.now()
    current = [document for document in found if document.removed_at is None]
    waiting = [document for document in found if document.gone_at and document.gone_at > now]
    can_edit = may_edit(request, company)
    return {
        "company": company,
        "can_edit": can_edit,
        "step": 0,
        "documents": current,
        "removed": waiting if can_edit else [],
        "today": timezone.localdate(),
        "used": sum(document.size for document in current),
        "room": settings.DOCUMENT_TOTAL_BYTES,
        "form": form,
    }


@require_http_methods(["GET", "HEAD", "POST"])
def documents(request: HttpRequest, company_id: int) -> HttpResponse:
    """The list; owners and editors upload."""
    company = access.company_or_404(request.user, company_id)
    if request.method == "POST" and not may_edit(request, company):
        raise PermissionDenied
    form = _form(request)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _add(request, company, form):
            messages.success(request, _("The document is kept."))
            return redirect("profiles:documents", company_id=company.pk)
        status = UNPROCESSABLE
    context = _context(request, company, form)
    return render(request, "profiles/documents.html", context, status=status)


def _add(request: HttpRequest, company: Company, form: DocumentForm) -> bool:
    try:
        services.add_document(
            company_id=company.pk,
            by=_user(request),
            details=form.details(),
            file=form.cleaned_data["file"],
        )
    except DocumentError as error:
        form.refuse(error.reason)
        return False
    return True


@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, company_id: int, document_id: int) -> HttpResponse:
    """Other words about a document, or a new file in its place."""
    company = access.editable_company_or_403(request.user, company_id)
    document = get_object_or_404(
        Document.objects.current().select_related("competence"), pk=document_id, company=company
    )
    form = _form(request, document)
    status = 200
    if request.method == "POST":
        if form.is_valid() and _change(request, document, form):
            messages.success(request, _("Saved."))
            return redirect("profiles:documents", company_id=company.pk)
        status = UNPROCESSABLE
    context = {
        "company": company, "can_edit": True, "step": 0, "document": document, "form": form,
    }  # fmt: skip
    return render(request, "profiles/document.html", context, status=status)


def _change(request: HttpRequest, document: Document, form: DocumentForm) -> bool:
    try:
        services.change_document(
            company_id=document.company_id,
            document_id=document.pk,
            by=_user(request),
            details=form.details(),
            file=form.cleaned_data["file"],
        )
    except DocumentError as error:
        form.refuse(error.reason)
        return False
    except Document.DoesNotExist:
        raise Http404("Removed meanwhile") from None
    return True


@require_safe
def download(request: HttpRequest, company_id: int, document_id: int) -> HttpResponseBase:
    """The file, to who may see the company; from the bin only to who may put it back."""
    company = access.company_or_404(request.user, company_id)
    found = Document.objects.filter(company=company)
    if not may_edit(request, company):
        found = found.current()
    document = get_object_or_404(found, pk=document_id)
    return file_response(
        request,
        filename=document.filename,
        content_type=CONTENT_TYPES[Kind(document.file_kind)],
        size=document.size,
        etag=document.sha256,
        read=partial(selectors.document_piece, document.pk),
    )


@require_POST
def remove(request: HttpRequest, company_id: int, document_id: int) -> HttpResponse:
    """Move a document to the bin."""
    company = access.editable_company_or_403(request.user, company_id)
    try:
        removed = services.remove_document(
            company_id=company.pk, document_id=document_id, by=_user(request)
        )
    except Document.DoesNotExist:
        raise Http404("No such document") from None
    text = _("%(title)s is removed. You can put it back below.")
    messages.success(request, text % {"title": removed.title})
    return redirect("profiles:documents", company_id=company.pk)


@require_POST
def restore(request: HttpRequest, company_id: int, document_id: int) -> HttpResponse:
    """Put a document back from the bin."""
    company = access.editable_company_or_403(request.user, company_id)
    try:
        back = services.restore_document(
            company_id=company.pk, document_id=document_id, now=timezone.now()
        )
        messages.success(request, _("%(title)s is back.") % {"title": back.title})
    except Document.DoesNotExist:
        raise Http404("No such document") from None
    except DocumentError as error:
        messages.error(request, str(REFUSED[error.reason]))
    return redirect("profiles:documents", company_id=company.pk)
