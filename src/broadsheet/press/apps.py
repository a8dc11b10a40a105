"""Registers the press with Django."""

from django.apps import AppConfig


class PressConfig(AppConfig):
    """The press: log, ledger, attempts, facts index."""

    name = "broadsheet.press"
    label = "press"
    default_auto_field = "django.db.models.BigAutoField"
