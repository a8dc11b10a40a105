"""Tells Django about the accounts."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """Who may come in at the desk."""

    name = "broadsheet.accounts"
    label = "accounts"
    verbose_name = "Accounts"
    default_auto_field = "django.db.models.BigAutoField"
