"""Tells Django about the newsroom."""

from django.apps import AppConfig


class NewsroomConfig(AppConfig):
    """The editor's rows and desk."""

    name = "broadsheet.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"
