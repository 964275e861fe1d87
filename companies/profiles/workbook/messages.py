"""What is said about a file that is not read, and about a cell that cannot be."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from companies.profiles.domain.workbook.cells import Trouble
from companies.profiles.domain.workbook.package import Refusal
from companies.profiles.forms.workbook import TOO_BIG

EXPLANATION = _("Explanation")
LISTS = _("Lists")
_BROKEN = _("The file is damaged and cannot be read. Save it again in Excel as .xlsx.")

REFUSALS = {
    Refusal.EMPTY: _("The file is empty."),
    Refusal.TOO_BIG: TOO_BIG,
    Refusal.OLD_OR_LOCKED: _(
        "This is an old Excel file (.xls) or a file with a password. Save it as .xlsx without "
        "a password."
    ),
    Refusal.NOT_A_WORKBOOK: _("This is not an Excel file (.xlsx)."),
    Refusal.BROKEN: _BROKEN,
    Refusal.BOMB: _("The file unpacks to far more than it should. It was not read."),
    Refusal.MACROS: _("The file holds macros. Save it as .xlsx, without macros."),
    Refusal.EMBEDDED: _("The file holds embedded objects. Take them out and save it again."),
    Refusal.LINKS: _("The file holds links to other files. Break the links and save it again."),
    Refusal.UNSAFE_XML: _("The file holds parts that Excel does not make. It was not read."),
    Refusal.TOO_MUCH: _("The file holds far more cells or sheets than a profile needs."),
    Refusal.NO_SHEETS: _(
        "None of the sheets of the profile is in this file. Start from the file that you "
        "download here, and leave the names of its sheets as they are."
    ),
}
TROUBLES = {
    Trouble.FORMULA: _("This cell holds a formula. Type the value itself."),
    Trouble.ERROR_VALUE: _("This cell holds an error of Excel. Type the value itself."),
    Trouble.DATE: _("This cell holds a date or a time. Type the value itself."),
    Trouble.NOT_A_DATE: _("This is not a date."),
    Trouble.NOT_A_NUMBER: _("This is not a number that can be read."),
    Trouble.NOT_IN_LIST: _("Choose a value from the list of this column."),
}
