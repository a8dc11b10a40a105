"""Tells Django about the newsroom."""

from django.apps import AppConfig

from broadsheet.newsroom import wagtails_words


class NewsroomConfig(AppConfig):
    """The editor's rows and desk."""

    name = "broadsheet.newsroom"
    label = "newsroom"
    verbose_name = "Newsroom"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Put our words in the place of Wagtail's."""
        wagtails_words.speak()
