"""Matching policies as versioned data, runs, and the matches that they found."""

from assessments.matching.models.match import CompanyState, Match
from assessments.matching.models.policy import MILLION, Affinity, Policy, PolicyOpportunity
from assessments.matching.models.run import MatchRun

__all__ = [
    "MILLION",
    "Affinity",
    "CompanyState",
    "Match",
    "MatchRun",
    "Policy",
    "PolicyOpportunity",
]
