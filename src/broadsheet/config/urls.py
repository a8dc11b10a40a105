"""
What the desk's process answers: Wagtail's admin, preview links, and what readers search for.

Preview links are for people without an account, so they stand before what asks to sign in.
"""

from django.urls import include, path
from django.views.decorators.cache import never_cache
from wagtail.admin import urls as desk
from wagtail.admin.auth import require_admin_access

from broadsheet.accounts import urls as signing_in
from broadsheet.newsroom.desk.dashboard_views import Dashboard
from broadsheet.newsroom.previewing import opening
from broadsheet.newsroom.roles import closed
from broadsheet.readership.search_views import search

# Ours comes first; Wagtail goes on calling the same address its home.
first_page = never_cache(require_admin_access(Dashboard.as_view()))

urlpatterns = [
    path("search/", search),
    path("desk/preview/", include(opening.urlpatterns)),
    path("desk/", include(signing_in)),
    path("desk/", include(closed)),
    path("desk/", first_page),
    path("desk/", include(desk)),
]
