"""What a partner agrees to show, word by word, by version.

A version that somebody agreed to never changes (a test holds its fingerprint); a change
is a new version, put first. ``still_enough`` says that a consent to an older text also
covers what the newest one asks.
"""

from __future__ import annotations

from collections.abc import Mapping

from companies.partners.enums import SharePurpose
from companies.profiles.content.consents import ConsentText

# What partners agreed to before texts were kept by version: one choice on the edit page,
# "Verified maatwerk companies may see this page".
BEFORE_TEXTS = "2026-01"

TEXTS: Mapping[SharePurpose, tuple[ConsentText, ...]] = {
    SharePurpose.SHOW: (
        ConsentText(
            version="2026-11",
            ask_nl=(
                "Maatwerkbedrijven die een adviseur heeft geverifieerd, mogen de naam van uw "
                "organisatie zien, samen met uw beschrijving en met wat u zoekt."
            ),
            ask_en=(
                "Maatwerk companies that an adviser has verified may see the name of your "
                "organisation, with your description and what you seek."
            ),
            with_nl=(
                "Geverifieerde maatwerkbedrijven vinden uw pagina. Gesloten en verlopen vragen "
                "zien ze niet, en uw contactpersoon alleen als u dat ook toestaat."
            ),
            with_en=(
                "Verified maatwerk companies find your page. They do not see closed or expired "
                "needs, and your contact person only if you allow that too."
            ),
            without_nl=(
                "Geen enkel maatwerkbedrijf ziet uw pagina. Wat u zoekt, telt wel mee in de "
                "voorstellen, en adviseurs zien het. Wat in het ondernemingsregister staat, "
                "blijft openbaar."
            ),
            without_en=(
                "No maatwerk company sees your page. What you seek does count in proposals, and "
                "advisers see it. What stands in the business register stays public."
            ),
        ),
        ConsentText(
            version=BEFORE_TEXTS,
            ask_nl="Geverifieerde maatwerkbedrijven mogen deze pagina zien.",
            ask_en="Verified maatwerk companies may see this page.",
            with_nl="Leden van een geverifieerd maatwerkbedrijf zien de pagina.",
            with_en="Members of a verified maatwerk company see the page.",
            without_nl="Alleen adviseurs zien de pagina.",
            without_en="Only advisers see the page.",
        ),
    ),
    SharePurpose.CONTACT: (
        ConsentText(
            version="2026-11",
            ask_nl=(
                "Wie uw pagina ziet, mag ook de contactpersoon zien die u bij een vraag opgeeft: "
                "naam, functie, telefoonnummer en e-mailadres."
            ),
            ask_en=(
                "Whoever sees your page may also see the contact person whom you name with a "
                "need: name, function, telephone number and e-mail address."
            ),
            with_nl=(
                "Een geverifieerd maatwerkbedrijf dat uw pagina ziet, kan de contactpersoon zelf "
                "bellen of mailen. Vraag de contactpersoon eerst of dat mag."
            ),
            with_en=(
                "A verified maatwerk company that sees your page can call or mail the contact "
                "person itself. Ask the contact person first whether that is all right."
            ),
            without_nl="Alleen u en de adviseurs zien de contactpersoon.",
            without_en="Only you and the advisers see the contact person.",
        ),
    ),
}


def text_of(purpose: SharePurpose, version: str) -> ConsentText | None:
    """The text of a version; None for a version that we do not know."""
    return next((text for text in TEXTS[purpose] if text.version == version), None)


def current_text(purpose: SharePurpose) -> ConsentText:
    """What is asked today."""
    return TEXTS[purpose][0]


def versions_in_force(purpose: SharePurpose) -> tuple[str, ...]:
    """Versions a consent to which counts today: the newest, and older ones that are enough."""
    newest, *older = TEXTS[purpose]
    return (newest.version, *(text.version for text in older if text.still_enough))
