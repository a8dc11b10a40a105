"""
The form pictures are uploaded and described in; settings name it.

Apart from the other forms, since Wagtail's own picture form asks for the database as it
is imported, when the rows are not known yet.
"""

from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import filesizeformat
from wagtail.images.forms import BaseImageForm

from broadsheet.newsroom.pictures import files

# No `capture`: a phone shall offer its pictures as well as its camera.
ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/avif,image/heic,image/heif,.heic"
KINDS = "JPEG, PNG, WebP, GIF, AVIF or HEIC"


class PictureFile(forms.FileField):
    """
    Takes a file of which readers' sizes can be made, by what it is and not by its name.

    Wagtail's own field decodes the file in the desk's process, and answers one that is cut
    short with a server error.
    """

    noted: files.Noted | None = None

    def __init__(self, **kwargs: Any) -> None:
        """Say what is taken."""
        self.max_upload_size: int = settings.WAGTAILIMAGES_MAX_UPLOAD_SIZE
        limit = filesizeformat(self.max_upload_size)
        super().__init__(help_text=f"{KINDS}, at most {limit}.", **kwargs)
        self.error_messages |= {
            "file_too_large": f"the file is larger than {limit}; export it again, smaller",
            # Wagtail's upload page asks for these by name.
            "file_too_large_unknown_size": f"the file is larger than {limit}",
            "invalid_image_extension": f"the file is none of {KINDS}",
        }

    def to_python(self, data: Any) -> Any:
        """
        Return the file, under a name that says what it is.

        Raises:
            ValidationError: it cannot be used; the message says why and what to do.

        """
        file = super().to_python(data)
        if file is None:
            return None
        if file.size > self.max_upload_size:
            raise ValidationError(self.error_messages["file_too_large"])
        try:
            self.noted = files.look_at(file)
        except ValidationError as unusable:
            raise ValidationError(unusable.messages) from unusable
        file.name = files.name_as_it_is(file.name or "", self.noted.looked.format)
        return file

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Have the browser offer pictures."""
        return super().widget_attrs(widget) | {"accept": ACCEPTED}


class PictureForm(BaseImageForm):
    """Takes a picture and its texts."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Take files by our own field, and a title from the file where nobody writes one."""
        super().__init__(*args, **kwargs)
        if "file" in self.fields:
            given = self.fields["file"]
            self.fields["file"] = PictureFile(
                label=given.label,
                required=given.required,
                widget=forms.FileInput(),  # Wagtail's would write the file's name into the title
            )
            self.fields["title"].required = False
            self.fields[
                "title"
            ].help_text = (
                "The desk’s name for it. Left empty: the headline in the file, or the file’s name."
            )

    @property
    def remarks(self) -> tuple[str, ...]:
        """Return what whoever uploaded the file should know of it."""
        field = self.fields.get("file")
        return field.noted.remarks if isinstance(field, PictureFile) and field.noted else ()

    def clean_file(self) -> Any:
        """Return the file, and hand what was found in it to the row."""
        noted = self.fields["file"].noted
        self.instance.looked_at = noted.looked if noted else None
        return self.cleaned_data.get("file")
