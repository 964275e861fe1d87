"""Writes of this room: keyword-only and atomic."""

from companies.partners.services.consents import (
    give_consent,
    repeat_consent,
    withdraw_consent,
)
from companies.partners.services.conversations import confirm_conversation, record_conversation
from companies.partners.services.needs import (
    NeedClosedError,
    NeedExistsError,
    NeedInput,
    close_need,
    reopen_need,
    state_need,
)
from companies.partners.services.partner import (
    add_contact,
    describe_partner,
    record_partner,
    remove_contact,
)
from companies.partners.services.requests import (
    RequestError,
    accept_request,
    decline_request,
    request_to_join,
    withdraw_request,
)
from companies.partners.services.sign_up import SignUpError, check_sign_up, sign_up_partner

__all__ = [
    "NeedClosedError",
    "NeedExistsError",
    "NeedInput",
    "RequestError",
    "SignUpError",
    "accept_request",
    "add_contact",
    "check_sign_up",
    "close_need",
    "confirm_conversation",
    "decline_request",
    "describe_partner",
    "give_consent",
    "record_conversation",
    "record_partner",
    "remove_contact",
    "reopen_need",
    "repeat_consent",
    "request_to_join",
    "sign_up_partner",
    "state_need",
    "withdraw_consent",
    "withdraw_request",
]
