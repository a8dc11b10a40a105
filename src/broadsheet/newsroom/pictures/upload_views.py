"""
The page many pictures are uploaded on, a request for each file.

A file is looked at before anything is kept: what is refused, or here already, leaves no
row and no file. What was uploaded is described in place, below its own progress.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.images.forms import get_image_form
from wagtail.permissions import policy_registry
from wagtail.utils.file import hash_filelike

from broadsheet.newsroom.models.picture import Picture
from broadsheet.newsroom.picture_form import ACCEPTED, KINDS

# What is asked for beside the upload; the rest stands on the picture's own page.
DESCRIBED = (
    "title",
    "alternative_text",
    "is_decorative",
    "caption",
    "credit",
    "no_credit_reason",
    "creator",
    "copyright",
)


class UploadView(WagtailAdminTemplateMixin, PermissionCheckedMixin, View):
    """Takes pictures, one a request, and answers with the form of their texts."""

    permission_required = "add"
    template_name = "newsroom/pictures/upload.html"
    page_title = "Upload pictures"
    header_icon = "image"

    @property
    def permission_policy(self) -> Any:
        """Return who may upload where."""
        return policy_registry.get_by_type(Picture)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show where to drop files."""
        collections = self._collections()
        return self.render_to_response(
            self.get_context_data(
                accepted=ACCEPTED,
                kinds=KINDS,
                collections=collections if len(collections) > 1 else (),
                collection_id=request.GET.get("collection_id", ""),
                largest=get_image_form(Picture)(user=request.user).fields["file"].max_upload_size,
            )
        )

    def post(self, request: HttpRequest) -> JsonResponse:
        """Take one file."""
        file = request.FILES.get("file")
        if file is None:
            return _refused(["no file arrived; choose it again"], status=400)
        collections = self._collections()
        chosen = request.POST.get("collection") or str(collections[0].pk)
        form = get_image_form(Picture)({"collection": chosen}, {"file": file}, user=request.user)
        if not form.is_valid():
            return _refused([m for found in form.errors.values() for m in found], status=422)
        known = self._known(form.cleaned_data["file"])
        if known and not request.POST.get("even_if_known"):
            return JsonResponse({"known": [_named(picture) for picture in known]}, status=409)
        picture = form.save(commit=False)
        picture.uploaded_by_user = request.user
        picture.save()
        remarks = list(form.remarks)
        return JsonResponse(
            {**_named(picture), "remarks": remarks, "form": _form(request, picture)}
        )

    def _collections(self) -> Any:
        collections = list(
            self.permission_policy.collections_user_has_permission_for(self.request.user, "add")
        )
        if not collections:
            raise PermissionDenied
        return collections

    def _known(self, file: Any) -> list[Picture]:
        file.seek(0)
        said = hash_filelike(file)
        file.seek(0)
        may_choose = self.permission_policy.instances_user_has_permission_for(
            self.request.user, "choose"
        )
        return list(may_choose.filter(file_hash=said).order_by("pk")[:3])


class DescribeView(View):
    """Takes the texts of one uploaded picture, without leaving the upload page."""

    http_method_names = ("post",)

    def post(self, request: HttpRequest, image_id: int) -> JsonResponse:
        """
        Save the texts, or say beside each field what is wrong.

        Raises:
            PermissionDenied: the user may not change this picture.

        """
        picture = get_object_or_404(Picture, pk=image_id)
        policy = policy_registry.get_by_type(Picture)
        if not policy.user_has_permission_for_instance(request.user, "change", picture):
            raise PermissionDenied
        form = _form_class()(
            request.POST, instance=picture, user=request.user, prefix=f"picture-{picture.pk}"
        )
        if form.is_valid():
            form.save()
            return JsonResponse({**_named(picture), "form": _form(request, picture)})
        return JsonResponse({"form": _form(request, picture, bound=form)}, status=422)


def _refused(reasons: list[str], *, status: int) -> JsonResponse:
    return JsonResponse({"reasons": reasons}, status=status)


def _named(picture: Picture) -> dict[str, Any]:
    edit_url = reverse("wagtailimages:edit", args=[picture.pk])
    return {"id": picture.pk, "title": picture.title, "edit_url": edit_url}


def _form(request: HttpRequest, picture: Picture, *, bound: Any = None) -> str:
    form = bound or _form_class()(
        instance=picture, user=request.user, prefix=f"picture-{picture.pk}"
    )
    said = {"form": form, "picture": picture}
    return render_to_string("newsroom/pictures/describe.html", said, request=request)


def _form_class() -> Any:
    return get_image_form(Picture, DESCRIBED)
