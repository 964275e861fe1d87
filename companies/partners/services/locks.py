"""One partner at a time: every write that looks at a partner locks it first."""

from __future__ import annotations

from companies.partners.models import Partner


def lock_partner(partner_id: int) -> Partner:
    """The partner, locked until the transaction ends; Partner.DoesNotExist without it."""
    return Partner.objects.select_for_update(of=("self",), no_key=True).get(pk=partner_id)
