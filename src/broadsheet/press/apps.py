"""Registers the press with Django."""

from django.apps import AppConfig
from django.db.backends.signals import connection_created

from broadsheet.press import slow_writes


class PressConfig(AppConfig):
    """The press: log, ledger, attempts, facts index."""

    name = "broadsheet.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Have the write transactions of every connection timed, the first one's too."""
        connection_created.connect(slow_writes.watch_new, dispatch_uid="press.slow_writes")
