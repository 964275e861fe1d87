"""Forms that look and fail alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django import forms

    Base = forms.BaseForm
else:
    Base = object


class PortalFormHelper(FormHelper):  # type: ignore[misc]
    """One form tag with a button; errors stand in a summary on top and at their field."""

    def __init__(self, form: Any = None, *, submit: Any = None, method: str = "post") -> None:
        super().__init__(form)
        self.form_method = method
        self.form_show_errors = True
        # The server's messages are in the user's language and linked from the summary.
        self.attrs = {"novalidate": True}
        if submit is not None:
            self.add_input(Submit("", submit))


class PortalFormMixin(Base):
    """Give a form ``helper`` for ``{% crispy form %}`` and autocomplete tokens.

    ``autocomplete`` maps field names to tokens of the HTML standard; a field about
    the user needs one (WCAG 1.3.5). ``submit_label`` is the button.
    """

    submit_label: ClassVar[Any] = _("Save")
    form_method: ClassVar[str] = "post"
    autocomplete: ClassVar[Mapping[str, str]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, token in self.autocomplete.items():
            if name in self.fields:
                self.fields[name].widget.attrs.setdefault("autocomplete", token)

    @property
    def helper(self) -> PortalFormHelper:
        """How crispy draws this form."""
        return PortalFormHelper(self, submit=self.submit_label, method=self.form_method)
