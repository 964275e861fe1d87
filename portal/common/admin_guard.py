"""The Django admin answers a broken database rule with a message, not with a crash."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _

from portal.common.refusals import reason_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin[Any]
else:
    Base = object


class RuleMessagesMixin(Base):
    """For admins of models with rules that only the database checks, such as deferred ones."""

    def _guarded(self, request: HttpRequest, view: Any, *args: Any) -> HttpResponse:
        try:
            answer: HttpResponse = view(request, *args)
        except IntegrityError as error:
            text = _("The database refused this: %(reason)s") % {"reason": reason_of(error)}
            messages.error(request, text)
            return HttpResponseRedirect(request.get_full_path())
        return answer

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """Adding and changing."""
        view = super().changeform_view
        return self._guarded(request, view, object_id, form_url, extra_context)

    def delete_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Deleting one row."""
        return self._guarded(request, super().delete_view, object_id, extra_context)

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> Any:
        """Actions on several rows."""
        return self._guarded(request, super().changelist_view, extra_context)
