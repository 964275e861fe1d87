"""Addresses: each room brings its own; rooms are named by string only."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("assessments.dashboards.urls")),
    path("companies/", include("companies.profiles.urls")),
    path("partners/", include("companies.partners.urls")),
    path("register/", include("companies.register.urls")),
    path("readiness/", include("assessments.readiness.urls")),
    path("opportunities/", include("assessments.opportunities.urls")),
    path("matching/", include("assessments.matching.urls")),
    path("account/", include("portal.accounts.urls")),
    path("account/", include("allauth.urls")),
    path("", include("portal.common.urls")),
    path("", include("portal.runtime.urls")),
    path("admin/", admin.site.urls),
]
