"""The desk, as a WSGI application for granian."""

import logging
import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.utils.module_loading import import_string

from broadsheet.config import home

_LOG = logging.getLogger(__name__)

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "broadsheet.config.settings")

application = get_wsgi_application()

try:  # read the theme now, as the press does: what changes in it shows from the next start on
    import_string(settings.BROADSHEET_WIRING)()
except home.Unusable as error:  # the desk goes on, and says what it cannot show
    _LOG.warning("no preview and no search can be shown: %s", error)
