"""
Answers every search at the desk from the database: lists, choosers, the search of all pages.

Wagtail's own backends keep an index whose upkeep costs each save two scans of it, and rank
in quadratic time. Here pages are found by their words (newsroom.wordings) and their authors'
names, other rows by their own fields; what changed last stands first. Settings name it.
"""

from typing import Any

from django.db.models import F, Q
from modelsearch.backends.base import BaseIndex
from modelsearch.backends.database.fallback import (
    DatabaseSearchBackend,
    DatabaseSearchQueryCompiler,
)
from modelsearch.query import Phrase, PlainText
from wagtail.models import Page

from broadsheet.newsroom import wordings
from broadsheet.newsroom.models.story_lines import Byline
from broadsheet.newsroom.models.wording import Wording


class _Question(DatabaseSearchQueryCompiler):
    """What was typed, as a condition on rows: each word of it must be there."""

    def __init__(self, queryset: Any, *args: Any, **kwargs: Any) -> None:
        self._is_about_pages = issubclass(queryset.model, Page)
        if self._is_about_pages and kwargs.get("order_by_relevance", True):
            newest = F("latest_revision_created_at").desc(nulls_last=True)
            queryset = queryset.order_by(newest, "-pk")
        super().__init__(queryset, *args, **kwargs)

    def build_database_filter(self, query: Any, boost: float = 1.0) -> Any:
        """Return the condition; words in quotation marks are words like others."""
        if isinstance(query, Phrase):
            query = PlainText(query.query_string, operator="and")
        return super().build_database_filter(query, boost=boost)

    def build_single_term_filter(self, term: str) -> Q:
        """Return the condition for one word."""
        if self._is_about_pages:
            by = Byline.objects.filter(author__name__icontains=term)
            return Q(pk__in=wordings.pages_with(term)) | Q(pk__in=by.values("story_id"))
        # SQLite knows upper from lower case in ASCII only.
        forms = {term, term.lower(), term.upper(), term.title()}
        fields = self.fields_names
        return Q(
            *((f"{field}__icontains", form) for field in fields for form in sorted(forms)),
            _connector=Q.OR,
        )


class _Words(BaseIndex):
    """The words of pages, for whoever rebuilds or erases through Wagtail."""

    def add_items(self, model: Any, items: Any) -> None:
        """Read the words of pages."""
        if issubclass(model, Page):
            for item in items:
                wordings.read_page(item.pk)

    def delete_item(self, item: Any) -> None:
        """Forget the words of a page."""
        if isinstance(item, Page):
            Wording.objects.filter(page_id=item.pk).delete()


class SearchBackend(DatabaseSearchBackend):
    """The desk's search, as Wagtail asks for it."""

    query_compiler_class = _Question
    autocomplete_query_compiler_class = _Question
    index_class = _Words
