"""
The form pictures are uploaded and described in; settings name it.

Apart from the other forms, since Wagtail's own picture form asks for the database as it
is imported, when the rows are not known yet.
"""

from typing import Any

from django.core.exceptions import ValidationError
from wagtail.images.forms import BaseImageForm


class PictureForm(BaseImageForm):
    """Takes a picture and its texts. Readers' sizes are made while it checks."""

    def clean_file(self) -> Any:
        """
        Return the file, if readers' sizes can be made of it.

        Raises:
            ValidationError: they cannot; the message says why.

        """
        file = self.cleaned_data.get("file")
        if file and "file" in self.changed_data:
            try:
                self.instance.made_sizes = self.instance.sizes_of(file)
            except ValidationError as unusable:
                raise ValidationError(unusable.messages) from unusable
        return file
