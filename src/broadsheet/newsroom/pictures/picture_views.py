"""A picture's own page: its texts and rights, where to look in it, where it is used."""

from typing import Any, NamedTuple

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.generic import View
from wagtail.admin import messages
from wagtail.images.views.images import EditView
from wagtail.permissions import policy_registry

from broadsheet.newsroom import acting, to_version
from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.models.sizes_wanted import SizesWanted
from broadsheet.newsroom.pictures import focus, making, rights, usage
from broadsheet.projections import addresses
from broadsheet.story.records import Rendition

# Of the form: what readers get, what only programs get, and what stays at the desk.
GROUPS = (
    (
        "What readers get",
        ("title", "alternative_text", "is_decorative", "caption", "credit", "no_credit_reason"),
    ),
    (
        "Rights",
        (
            "creator",
            "source",
            "copyright",
            "usage_terms",
            "license_url",
            "licensor_url",
            "digital_source_type",
            "embargo_until",
            "rights_end_at",
        ),
    ),
    ("From the agency, for the desk alone", ("agency_caption", "instructions", "collection")),
)
SHAPES = ("16:9", "4:3", "1:1")


class Group(NamedTuple):
    """Some fields of the form, under one heading."""

    heading: str
    fields: list[Any]


class PictureView(EditView):
    """The form of one picture."""

    template_name = "newsroom/pictures/picture.html"
    error_message = "The picture is not saved; see beside the fields."

    def get_success_message(self) -> str:
        """Say what was saved, and what becomes of it."""
        said = f"“{self.object.title}” is saved."
        if SizesWanted.objects.filter(picture=self.object, problem="").exists():
            said += " The press is making its sizes."
        return said

    def form_valid(self, form: Any) -> HttpResponse:
        """Save, and tell what the uploader should know of a new file."""
        response: HttpResponse = super().form_valid(form)
        for remark in form.remarks:
            messages.warning(self.request, f"“{self.object.title}”: {remark}")
        return response

    def get_success_url(self) -> str:
        """Stay with the picture, unless the editor came from elsewhere."""
        url: str = self.next_url or reverse("wagtailimages:edit", args=[self.object.pk])
        return url

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Return what the page shows."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        row = Picture.objects.get(pk=self.object.pk)  # as saved, whatever the form has now
        x, y = focus.percents(row)
        return context | {
            "groups": _groups(context["form"]),
            "row": row,
            "look": look_of(row),
            "wanted": SizesWanted.objects.filter(picture=row).first(),
            "uses": usage.uses_of(row),
            "shapes": SHAPES,
            "focus_x": x,
            "focus_y": y,
            "why_not": rights.why_not(row, at=acting.current().now),
        }


class MakeAgainView(View):
    """Has the press try once more what could not be made."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, image_id: int) -> HttpResponse:
        """
        Ask the press, and go back to the picture.

        Raises:
            PermissionDenied: the user may not change this picture.

        """
        picture = get_object_or_404(Picture, pk=image_id)
        policy = policy_registry.get_by_type(Picture)
        if not policy.user_has_permission_for_instance(request.user, "change", picture):
            raise PermissionDenied
        making.try_again(picture)
        messages.success(request, f"The press tries “{picture.title}” once more.")
        return redirect("wagtailimages:edit", picture.pk)


def look_of(picture: Picture) -> str:
    """Return where the desk gets the picture to look at, in a size readers get; "" for nowhere."""
    sizes = [Rendition(**size) for size in picture.sizes]
    plain = [size for size in sizes if size.format == "jpeg" and not size.shape]
    if not plain:
        return ""
    middle = min(plain, key=lambda size: abs(size.width_px - 800))
    name = addresses.rendition(to_version.picture_id(picture), middle).rpartition("/")[2]
    return reverse("preview_picture", args=[picture.uuid, name])


def _groups(form: Any) -> list[Group]:
    found = [
        Group(heading, [form[name] for name in names if name in form.fields])
        for heading, names in GROUPS
    ]
    named = {name for _, names in GROUPS for name in names} | {"file", *focus.FIELDS}
    others = [form[name] for name in form.fields if name not in named]
    return [*found, Group("Others", others)] if others else found
