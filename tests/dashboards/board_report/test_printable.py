"""Nothing that people type can stop the printing."""

from __future__ import annotations

import typst
from hypothesis import given
from hypothesis import strategies as st

from assessments.dashboards.board_report.printable import (
    KNOWN,
    PIECE,
    SOFT_HYPHEN,
    printable,
    with_known_signs,
)
from assessments.dashboards.board_report.printing import STANDARD, fonts


@given(st.text())
def test_only_known_signs_are_left(text: str) -> None:
    shown = printable(text)
    assert set(shown) <= KNOWN | {SOFT_HYPHEN}
    assert all(len(piece) <= 30 for word in shown.split() for piece in word.split(SOFT_HYPHEN))
    assert printable(with_known_signs(text)) == shown


def test_both_fonts_have_every_known_sign() -> None:
    """A PDF/UA cannot be made with a missing letter, so that this fails when one is missing."""
    signs = "".join(sorted(KNOWN))
    source = """
        #set document(title: "x")
        #set text(font: "Atkinson Hyperlegible Next", fallback: false)
        #sys.inputs.signs #strong(sys.inputs.signs)
    """
    pdf = typst.compile(
        source.encode(),
        font_paths=fonts(),
        ignore_system_fonts=True,
        format="pdf",
        pdf_standards=STANDARD,
        sys_inputs={"signs": signs},
    )
    assert pdf.startswith(b"%PDF-1.7")


def test_letters_that_are_not_there_leave_a_trace_and_pictures_do_not() -> None:
    assert printable("Atelier 🎉 Ж & Zoon") == "Atelier ? & Zoon"
    assert printable("e\u0301cole\u200d\ufe0f") == "école"
    assert printable("ﬁets\tＡ\n½") == "fiets A ½"
    assert printable("Bosphore Çağrı İş Łódź") == "Bosphore Çağrı İş Łódź"


def test_a_word_longer_than_a_column_can_break() -> None:
    assert printable("kort woord") == "kort woord"
    word = printable("w" * 100)
    assert word.replace(SOFT_HYPHEN, "") == "w" * 100
    assert max(map(len, word.split(SOFT_HYPHEN))) == PIECE
