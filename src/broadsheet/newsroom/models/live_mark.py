"""What readers have seen stays: a row that refuses its deletion."""

from django.db import models

from broadsheet.newsroom.models.author import Author
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.section import SectionPage
from broadsheet.newsroom.models.story import Story


class LiveMark(models.Model):
    """Says that one row was made public at a time; the database protects it from then on."""

    story = models.OneToOneField(Story, null=True, on_delete=models.PROTECT, related_name="+")
    section = models.OneToOneField(
        SectionPage, null=True, on_delete=models.PROTECT, related_name="+"
    )
    author = models.OneToOneField(Author, null=True, on_delete=models.PROTECT, related_name="+")
    picture = models.OneToOneField(Picture, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
