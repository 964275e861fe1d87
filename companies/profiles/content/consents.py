"""What a company agrees to, word by word, by version.

A version that somebody agreed to never changes (a test holds its fingerprint); a change
is a new version, put first. ``still_enough`` says that a consent to an older text also
covers what the newest one asks, so that better wording does not cost anybody a consent.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import get_language

from companies.profiles.enums import ConsentPurpose


def _in_english() -> bool:
    return (get_language() or "nl").startswith("en")


@dataclass(frozen=True)
class ConsentText:
    """One version in both languages: what is asked, and what happens with and without it."""

    version: str
    ask_nl: str
    ask_en: str
    with_nl: str
    with_en: str
    without_nl: str
    without_en: str
    still_enough: bool = True

    @property
    def ask(self) -> str:
        """What is asked, in the language of the page."""
        return self.ask_en if _in_english() else self.ask_nl

    @property
    def with_it(self) -> str:
        """What happens with this consent."""
        return self.with_en if _in_english() else self.with_nl

    @property
    def without_it(self) -> str:
        """What happens without it."""
        return self.without_en if _in_english() else self.without_nl


TEXTS: Mapping[ConsentPurpose, tuple[ConsentText, ...]] = {
    ConsentPurpose.SHARE_WITH_PARTNERS: (
        ConsentText(
            version="2026-11",
            ask_nl=(
                "Contactpersonen van een partner waaraan u gekoppeld bent, mogen de naam, de "
                "gemeente, de activiteiten, de certificaten en het aanbod van uw bedrijf zien."
            ),
            ask_en=(
                "Contacts of a partner that you are matched with may see the name, the "
                "municipality, the activities, the certificates and the offers of your company."
            ),
            with_nl=(
                "Een partner ziet wie u bent en wat u aanbiedt. Uw cijfers over personeel en "
                "klanten en uw documenten ziet een partner nooit."
            ),
            with_en=(
                "A partner sees who you are and what you offer. A partner never sees your "
                "figures on workforce and customers, or your documents."
            ),
            without_nl=(
                "Geen enkele partner ziet iets van uw bedrijf. U ziet zelf nog altijd met welke "
                "partners u gekoppeld bent."
            ),
            without_en=(
                "No partner sees anything of your company. You still see yourself with which "
                "partners you are matched."
            ),
        ),
    ),
    ConsentPurpose.BENCHMARK: (
        ConsentText(
            version="2026-11",
            ask_nl=(
                "De resultaten van uw zelfevaluatie mogen meetellen in een vergelijking met "
                "andere maatwerkbedrijven. Een cijfer wordt alleen getoond als het over genoeg "
                "bedrijven gaat om niemand te herkennen."
            ),
            ask_en=(
                "The results of your self-assessment may count in a comparison with other "
                "maatwerk companies. A figure is shown only when it is about enough companies "
                "to recognise nobody."
            ),
            with_nl="Uw resultaten tellen zonder naam mee in de vergelijking.",
            with_en="Your results count in the comparison, without your name.",
            without_nl="Uw resultaten tellen niet mee in de vergelijking.",
            without_en="Your results do not count in the comparison.",
        ),
    ),
}


def text_of(purpose: ConsentPurpose, version: str) -> ConsentText | None:
    """The text of a version; None for a version that we do not know."""
    return next((text for text in TEXTS[purpose] if text.version == version), None)


def current_text(purpose: ConsentPurpose) -> ConsentText:
    """What is asked today."""
    return TEXTS[purpose][0]


def versions_in_force(purpose: ConsentPurpose) -> tuple[str, ...]:
    """Versions a consent to which counts today: the newest, and older ones that are enough."""
    newest, *older = TEXTS[purpose]
    return (newest.version, *(text.version for text in older if text.still_enough))
