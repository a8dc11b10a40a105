"""What the desk answers: Wagtail's admin and nothing public. Readers have broadsheet.web."""

from django.urls import include, path
from wagtail.admin import urls as desk

urlpatterns = [path("desk/", include(desk))]
