"""
The form pictures are uploaded and described in; settings name it.

Apart from the other forms, since Wagtail's own picture form asks for the database as it
is imported, when the rows are not known yet.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from broadsheet.newsroom.models.picture import Picture


class PictureFile(WagtailImageField):
    """
    Takes a file of which readers' sizes can be made, and makes them as it checks.

    Wagtail's own field answers a file that is cut short with a server error, so ours
    looks first.
    """

    sizes: list[Any] | None = None

    def to_python(self, data: Any) -> Any:
        """
        Return the file.

        Raises:
            ValidationError: it cannot be used; the message says why.

        """
        if data not in self.empty_values:
            try:
                self.sizes = Picture.sizes_of(data)
            except ValidationError as unusable:
                raise ValidationError(unusable.messages) from unusable
        return super().to_python(data)


class PictureForm(BaseImageForm):
    """Takes a picture and its texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take files by our own field, which looks like Wagtail's."""
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFile(
                label=given.label, required=given.required, widget=given.widget
            )

    def clean_file(self) -> Any:
        """Return the file, and hand its sizes to the row."""
        self.instance.made_sizes = self.fields["file"].sizes
        return self.cleaned_data.get("file")
