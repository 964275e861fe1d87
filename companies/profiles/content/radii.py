"""The radius that counts while a company names none, as the portal is delivered (km).

Matching has its own, versioned values, which an administrator may change; a test holds
that both start equal.
"""

from __future__ import annotations

from portal.common.vocabulary import Opportunity

USUAL_RADIUS_KM: dict[Opportunity, int] = {
    Opportunity.ENCLAVE: 25,
    Opportunity.SAMENWERKING: 40,
    Opportunity.RESHORING: 60,
    Opportunity.EIGEN_PRODUCTEN: 100,
    Opportunity.FVDT: 150,
}
