"""Rows of the URL × role table for pages of libraries (allauth).

Nobody meets a company here: these pages are about the visitor's own account.
"""

from __future__ import annotations

from tests.access.rows import EVERYONE, LOGGED_IN, Access
from tests.access.world import World

PUBLIC = Access(allow=EVERYONE)
PERSONAL = Access(allow=LOGGED_IN)


def _mail_key(world: World) -> dict[str, str]:
    return {"key": "not-a-key"}


def _reset_key(world: World) -> dict[str, str]:
    return {"uidb36": "1", "key": "not-a-key"}


def _provider(world: World) -> dict[str, str]:
    return {"provider_id": "acm-idm"}


NOBODY_HALF_WAY = Access(allow=frozenset(), to_log_in=True)
# None of the personas has a second factor.
WITH_SECOND_FACTOR = Access(allow=frozenset())

LIBRARY_ACCESS: dict[str, Access] = {
    "account_login": PUBLIC,
    "account_signup": PUBLIC,
    "account_logout": PERSONAL,
    "account_inactive": PUBLIC,
    "account_email_verification_sent": PUBLIC,
    "account_confirm_email": Access(allow=EVERYONE, arguments=_mail_key),
    "account_confirm_login_code": PERSONAL,
    "account_reset_password": PUBLIC,
    "account_reset_password_done": PUBLIC,
    "account_reset_password_from_key": Access(allow=EVERYONE, arguments=_reset_key),
    "account_reset_password_from_key_done": PUBLIC,
    "account_change_password": PERSONAL,
    "account_set_password": PERSONAL,
    "account_email": PERSONAL,
    "account_reauthenticate": PERSONAL,
    "mfa_authenticate": PERSONAL,
    "mfa_index": PERSONAL,
    "mfa_activate_totp": PERSONAL,
    "mfa_deactivate_totp": WITH_SECOND_FACTOR,
    "mfa_reauthenticate": PERSONAL,
    "mfa_view_recovery_codes": WITH_SECOND_FACTOR,
    "mfa_generate_recovery_codes": PERSONAL,
    "mfa_download_recovery_codes": WITH_SECOND_FACTOR,
    "socialaccount_connections": PERSONAL,
    "socialaccount_login_cancelled": PUBLIC,
    "socialaccount_login_error": Access(allow=LOGGED_IN, also_fine=frozenset({401})),
    "socialaccount_signup": NOBODY_HALF_WAY,
    # No provider is set up in the tests, so there is nothing behind these addresses.
    "openid_connect_login": Access(allow=frozenset(), arguments=_provider, public=True),
    "openid_connect_callback": Access(allow=frozenset(), arguments=_provider, public=True),
}
