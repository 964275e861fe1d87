"""Which support measures belong to which criterion, by the topics of the catalogue.

The study names investment calls as what softens the investment that factories of the
future ask, and support, mentoring and training as levers of policy; the rest is our
reading of the same criteria. Local tie asks for no support.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from assessments.readiness.domain.parts import Topic
from portal.common.vocabulary import Criterion, Opportunity

SUPPORT_TOPICS: Final[Mapping[tuple[Opportunity, Criterion], tuple[Topic, ...]]] = {
    (Opportunity.RESHORING, Criterion.VRAAG): (Topic.SUPPLY,),
    (Opportunity.RESHORING, Criterion.INVESTERING): (Topic.TECHNOLOGY, Topic.ENGINEERING),
    (Opportunity.RESHORING, Criterion.FIT): (Topic.TRAINING,),
    (Opportunity.FVDT, Criterion.VRAAG): (Topic.DIGITAL,),
    (Opportunity.FVDT, Criterion.INVESTERING): (
        Topic.TECHNOLOGY,
        Topic.ERGONOMICS,
        Topic.INSTRUCTIONS,
        Topic.DIGITAL,
    ),
    (Opportunity.FVDT, Criterion.FIT): (Topic.INSTRUCTIONS, Topic.TRAINING),
    (Opportunity.EIGEN_PRODUCTEN, Criterion.INVESTERING): (Topic.INNOVATION, Topic.ENGINEERING),
    (Opportunity.EIGEN_PRODUCTEN, Criterion.FIT): (Topic.LEADERSHIP, Topic.TRAINING),
    (Opportunity.SAMENWERKING, Criterion.VRAAG): (Topic.NETWORK,),
    (Opportunity.SAMENWERKING, Criterion.INVESTERING): (Topic.TECHNOLOGY,),
    (Opportunity.SAMENWERKING, Criterion.FIT): (Topic.NETWORK, Topic.LEADERSHIP),
    (Opportunity.ENCLAVE, Criterion.INVESTERING): (Topic.TRAINING,),
    (Opportunity.ENCLAVE, Criterion.FIT): (Topic.TRAINING, Topic.INSTRUCTIONS),
}
