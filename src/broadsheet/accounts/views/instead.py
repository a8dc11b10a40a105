"""Leads from Wagtail's own lists of users and groups to ours, whatever was asked of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.csrf import csrf_exempt


@csrf_exempt  # nothing is done here
def people(request: HttpRequest) -> HttpResponse:
    """Lead to the people of the desk."""
    del request
    return redirect("accounts_people")
