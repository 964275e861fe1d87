"""Home page per role."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def home(request: HttpRequest) -> HttpResponse:
    """Where we stand, what changed, what is next."""
    return render(request, "dashboards/home.html")
