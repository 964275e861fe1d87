"""Addresses of this room."""

from __future__ import annotations

from django.urls import path

from assessments.opportunities.views import calculators, opportunities, overrides, scenarios

app_name = "opportunities"
urlpatterns = [
    path("<int:company_id>/", opportunities.overview, name="overview"),
    path("<int:company_id>/understood/", overrides.understood, name="understood"),
    path("<int:company_id>/calculators/", calculators.overview, name="calculators"),
    path(
        "<int:company_id>/calculators/scenario/<int:scenario_id>/",
        calculators.scenario,
        name="scenario",
    ),
    path(
        "<int:company_id>/calculators/scenario/<int:scenario_id>/choose/",
        scenarios.choose,
        name="scenario_choose",
    ),
    path(
        "<int:company_id>/calculators/scenario/<int:scenario_id>/unchoose/",
        scenarios.unchoose,
        name="scenario_unchoose",
    ),
    path(
        "<int:company_id>/calculators/scenario/<int:scenario_id>/copy/",
        scenarios.copy,
        name="scenario_copy",
    ),
    path(
        "<int:company_id>/calculators/scenario/<int:scenario_id>/delete/",
        scenarios.delete,
        name="scenario_delete",
    ),
    path(
        "<int:company_id>/calculators/<slug:calculator>/",
        calculators.calculator,
        name="calculator",
    ),
    path(
        "<int:company_id>/calculators/<slug:calculator>/compare/",
        calculators.compare,
        name="scenario_compare",
    ),
    path("<int:company_id>/<slug:opportunity>/", opportunities.detail, name="detail"),
    path(
        "<int:company_id>/<slug:opportunity>/judge/",
        overrides.override,
        name="override",
    ),
    path(
        "<int:company_id>/<slug:opportunity>/judge/end/",
        overrides.end_override,
        name="end_override",
    ),
]
