"""What the desk answers: Wagtail's admin and nothing public. Readers have broadsheet.web."""

from django.urls import include, path
from wagtail.admin import urls as desk

from broadsheet.accounts import urls as signing_in
from broadsheet.newsroom.roles import closed

urlpatterns = [
    path("desk/", include(signing_in)),
    path("desk/", include(closed)),
    path("desk/", include(desk)),
]
