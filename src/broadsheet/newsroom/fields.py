"""
Columns of plain text that keep what was typed, and refuse what may not be written.

Django strips the ends of what a form sends, and browsers cut a paste at maxlength
without a word; here neither happens. A browser's two-character line ends become one.
"""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from wagtail.admin.widgets import AdminAutoHeightTextInput

from broadsheet.newsroom.texts import as_typed, text_problem

# Language, script, region: the parts of BCP 47 that newspapers use.
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?")


def may_be_written(text: str) -> None:
    """
    Do nothing if the text may be written.

    Raises:
        ValidationError: it may not; the message says where and what to write instead.

    """
    problem = text_problem(text, where="this text")
    if problem:
        raise ValidationError(problem)


def says_something(text: str) -> None:
    """
    Do nothing if the text has more than spaces.

    Raises:
        ValidationError: it has not.

    """
    if not text.strip():
        message = "there are no words here; write some"
        raise ValidationError(message)


def is_language(tag: str) -> None:
    """
    Do nothing if the text is a language tag as browsers know them.

    Raises:
        ValidationError: it is not.

    """
    if not _LANGUAGE.fullmatch(tag):
        message = f"“{tag}” is no language tag; write en, ar, pt-BR, zh-Hant …"
        raise ValidationError(message)


class TypedField(forms.CharField):
    """Takes text from a form exactly as it was typed."""

    def __init__(self, **kwargs: Any) -> None:
        """Keep the ends."""
        super().__init__(**{**kwargs, "strip": False})

    def to_python(self, value: Any) -> Any:
        """Return the text with one character for each line end, as was typed."""
        text = super().to_python(value)
        return as_typed(text) if isinstance(text, str) else text

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Let the browser send all of it: we refuse in words, it would cut in silence."""
        attrs = super().widget_attrs(widget)
        attrs.pop("maxlength", None)
        return attrs


class PlainLine(models.CharField):  # type: ignore[type-arg]  # only the checker knows parameters
    """One line of plain text."""

    # Django declares this list on the class; nothing ever changes it.
    default_validators = [may_be_written]  # noqa: RUF012

    def formfield(self, **kwargs: Any) -> Any:
        """Return the field of a form, one that keeps what was typed."""
        return super().formfield(**{"form_class": TypedField, **kwargs})


class PlainText(models.TextField):  # type: ignore[type-arg]  # only the checker knows parameters
    """Some lines of plain text."""

    # Django declares this list on the class; nothing ever changes it.
    default_validators = [may_be_written]  # noqa: RUF012

    def formfield(self, **kwargs: Any) -> Any:
        """Return the field of a form, one that keeps what was typed."""
        options = {"form_class": TypedField, "widget": AdminAutoHeightTextInput, **kwargs}
        return super().formfield(**options)
