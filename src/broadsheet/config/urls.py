"""
What the desk answers: Wagtail's admin, and preview links. Readers have broadsheet.web.

Preview links are for people without an account, so they stand before what asks to sign in.
"""

from django.urls import include, path
from wagtail.admin import urls as desk

from broadsheet.newsroom.previewing import opening

urlpatterns = [
    path("desk/preview/", include(opening.urlpatterns)),
    path("desk/", include(desk)),
]
