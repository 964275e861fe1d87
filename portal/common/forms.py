"""Forms that look and fail alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any, ClassVar

from crispy_forms.helper import FormHelper
from crispy_forms.layout import Submit
from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from portal.common.typed_numbers import (
    ForeignMarkError,
    NotANumberError,
    Reading,
    plain_text,
    read_number,
)

if TYPE_CHECKING:
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


def _mark() -> str:
    """The decimal mark of the page's language."""
    return str(formats.get_format("DECIMAL_SEPARATOR"))


class TypedNumberField(forms.Field):
    """A number as people type or paste it (``portal.common.typed_numbers``); gives a Decimal.

    ``minimum`` and ``maximum`` are both allowed. ``own_marks`` may stand beside the number;
    one of ``other_marks`` tells that something else was meant. ``unit`` is for the message.
    """

    widget = forms.TextInput

    def __init__(
        self,
        *,
        minimum: Decimal,
        maximum: Decimal,
        decimals: int,
        unit: str = "",
        own_marks: Sequence[str] = (),
        other_marks: Sequence[str] = (),
        **kwargs: Any,
    ) -> None:
        self.minimum, self.maximum, self.decimals = minimum, maximum, decimals
        self.unit, self.own_marks, self.other_marks = unit, own_marks, other_marks
        super().__init__(**kwargs)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """The keypad of a telephone: the one for decimals has no minus on some."""
        kind = "text" if self.minimum < 0 else "decimal"
        return {**super().widget_attrs(widget), "inputmode": kind, "autocomplete": "off"}

    def prepare_value(self, value: Any) -> Any:
        """A stored number as one would type it; what was typed as it was typed."""
        return plain_text(value, decimal_mark=_mark()) if isinstance(value, Decimal) else value

    def read(self, value: Any) -> Reading | None:
        """What stands in the field; None when it is empty. NotANumberError otherwise."""
        if value is None or isinstance(value, Decimal):
            return None if value is None else Reading(value)
        return read_number(
            str(value),
            decimal_mark=_mark(),
            own_marks=self.own_marks,
            other_marks=self.other_marks,
        )

    def to_python(self, value: Any) -> Decimal | None:
        """The number, or None; ValidationError says what to type."""
        try:
            reading = self.read(value)
        except ForeignMarkError as error:
            raise ValidationError(self._of_other_kind(error.mark), code="other_unit") from None
        except NotANumberError:
            example = plain_text(
                Decimal(1234) if self.decimals == 0 else Decimal("12.5"), decimal_mark=_mark()
            )
            text = gettext("This is not a number. Type digits only, for example %(example)s.")
            raise ValidationError(text % {"example": example}, code="invalid") from None
        if reading is None:
            return None
        self._check(reading, str(value))
        return reading.value

    def _of_other_kind(self, mark: str) -> str:
        text = (
            gettext("“%(mark)s” does not belong here: this field is in %(unit)s.")
            if self.unit
            else gettext("“%(mark)s” does not belong here: type the number alone.")
        )
        return text % {"mark": mark, "unit": self.unit}

    def _check(self, reading: Reading, typed: str) -> None:
        value = reading.value
        if len(plain_text(value, decimal_mark=".").partition(".")[2]) > self.decimals:
            raise ValidationError(self._too_many_decimals(reading, typed), code="decimals")
        if value < self.minimum:
            text = (
                gettext("A number below 0 cannot be right here. Type 0 or more.")
                if self.minimum == 0
                else gettext("Type %(limit)s or more.")
            )
            limit = plain_text(self.minimum, decimal_mark=_mark())
            raise ValidationError(text % {"limit": limit}, code="too_low")
        if value > self.maximum:
            limit = formats.number_format(self.maximum, use_l10n=True, force_grouping=True)
            text = gettext("Type %(limit)s or less. Is there a digit too many?")
            raise ValidationError(text % {"limit": limit}, code="too_high")

    def _too_many_decimals(self, reading: Reading, typed: str) -> str:
        if self.decimals == 0:
            text = gettext("Type a whole number, without decimals.")
        else:
            text = ngettext(
                "Type at most %(count)s decimal.", "Type at most %(count)s decimals.", self.decimals
            ) % {"count": self.decimals}
        if reading.is_doubtful:
            plain = "".join(character for character in typed if character in "0123456789")
            hint = gettext("Do you mean thousands? Then type %(plain)s.")
            text = f"{text} {hint % {'plain': plain}}"
        return text

    def understood(self, value: Any) -> str:
        """How a doubtful number was read, for beside the field; empty when nobody can doubt it."""
        try:
            reading = self.read(value)
        except NotANumberError:
            return ""
        if reading is None or not reading.is_doubtful:
            return ""
        number = plain_text(reading.value, decimal_mark=_mark())
        text = (
            gettext("Read as %(number)s, a number with decimals.")
            if reading.value % 1
            else gettext("Read as %(number)s, a whole number.")
        )
        return text % {"number": number}

    def has_changed(self, initial: Any, data: Any) -> bool:
        """Another number, however it is written."""
        try:
            before, after = self.read(initial), self.read(data)
        except NotANumberError:
            return str(initial or "") != str(data or "")
        return (before and before.value) != (after and after.value)
