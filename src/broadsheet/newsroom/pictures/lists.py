"""The desk's list of pictures, which can be asked for those that need a person."""

from typing import Any, ClassVar

import django_filters  # type: ignore[import-untyped]  # Wagtail's, without types
from django.db.models import QuerySet
from wagtail.images.views.images import ImagesFilterSet, IndexView

from broadsheet.newsroom import acting
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.pictures import standing


class PictureFilters(ImagesFilterSet):
    """Wagtail's filters, and what keeps a picture from readers."""

    standing = django_filters.ChoiceFilter(
        label="Needs a look", choices=list(standing.WORDS.items()), method="filter_standing"
    )

    class Meta(ImagesFilterSet.Meta):
        """Of our own pictures."""

        model = Picture
        fields: ClassVar[list[str]] = []

    def filter_standing(self, pictures: Any, name: str, value: str) -> "QuerySet[Picture]":
        """Return the pictures of which this is so now."""
        del name
        return standing.those(pictures, value, now=acting.current().now)


class PictureList(IndexView):
    """All pictures, newest first."""

    filterset_class = PictureFilters
    page_title = "Pictures"
    add_item_label = "Upload pictures"

    def get_base_queryset(self) -> "QuerySet[Picture]":
        """Return the pictures, each with what is wanted of it, which its line tells."""
        pictures: QuerySet[Picture] = super().get_base_queryset()
        return pictures.select_related("sizes_wanted")
