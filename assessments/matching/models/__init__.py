"""Matching policies as versioned data, runs, matches, opinions on them, introductions."""

from assessments.matching.models.interaction import Interaction
from assessments.matching.models.introduction import Introduction, IntroductionStep
from assessments.matching.models.match import CompanyState, Match
from assessments.matching.models.policy import MILLION, Affinity, Policy, PolicyOpportunity
from assessments.matching.models.run import MatchRun

__all__ = [
    "MILLION",
    "Affinity",
    "CompanyState",
    "Interaction",
    "Introduction",
    "IntroductionStep",
    "Match",
    "MatchRun",
    "Policy",
    "PolicyOpportunity",
]
