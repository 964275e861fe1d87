"""What proves that somebody may opt a number out without an account: a link, or a short code.

Both are made from the number and the secret key of the site, so nothing is stored and
nothing expires: who objects may do so for as long as the letter or mail exists. A new
secret key keeps old links alive while the old one stands in ``SECRET_KEY_FALLBACKS``.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.conf import settings
from django.core import signing
from django.urls import reverse
from django.utils.crypto import constant_time_compare, salted_hmac

from companies.register.domain.numbers import NumberError, parse_number

SALT = "partners.opt-out"
# Without letters and digits that are taken for each other (0 O, 1 I L, 2 Z, 5 S, 8 B, U V).
LETTERS = "34679ACDEFGHJKMNPQRTWXY"
CODE_LENGTH = 10


def _signer() -> signing.Signer:
    return signing.Signer(salt=SALT, sep=".")


def token_for(number: str) -> str:
    """The signed number, fit for an address."""
    return _signer().sign(number)


def number_of(token: str) -> str | None:
    """The ten digits that a token was made for; None when it is not one of ours."""
    try:
        return parse_number(_signer().unsign(token))
    except (signing.BadSignature, NumberError):
        return None


def path_for(number: str) -> str:
    """Address of the page behind the link, without scheme and host."""
    return reverse("partners:opt_out", args=[token_for(number)])


def code_for(number: str) -> str:
    """The code to print in a letter, in two groups of five: ``ACDEF-34679``.

    Ten of 23 letters are 45 bits; with ten tries an hour per number that is plenty.
    """
    return next(_codes(number))


def is_code(number: str, typed: str) -> bool:
    """Whether ``typed`` is the code of this number; case, blanks and dashes do not matter."""
    given = _bare(typed)
    return any(constant_time_compare(given, _bare(code)) for code in _codes(number))


def mail_headers(*, number: str, origin: str) -> dict[str, str]:
    """Headers by which a mail program offers to opt out (RFC 8058): one click, no page."""
    return {
        "List-Unsubscribe": f"<{origin}{path_for(number)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def _codes(number: str) -> Iterator[str]:
    for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        left = int.from_bytes(salted_hmac(f"{SALT}.code", number, secret=key).digest(), "big")
        letters = []
        for _ in range(CODE_LENGTH):
            left, place = divmod(left, len(LETTERS))
            letters.append(LETTERS[place])
        yield f"{''.join(letters[:5])}-{''.join(letters[5:])}"


def _bare(code: str) -> str:
    return "".join(letter for letter in code.upper() if letter.isalnum())
