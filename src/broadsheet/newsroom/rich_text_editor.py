"""
Hands text to the editor in the browser, and takes it back, without losing a space.

Wagtail reads stored text as HTML, where runs of spaces collapse and those at the ends
vanish: opening a story and saving it would change words nobody touched. Spaces travel
through that reading as noncharacters, which no text can hold, and come back after it.
"""

import json
import re
from typing import Any

from wagtail.admin.rich_text.converters.contentstate import ContentstateConverter
from wagtail.admin.rich_text.editors.draftail import DraftailRichTextArea

from broadsheet.newsroom.writing.pasting import cleaned

# All that Unicode calls white space and a text may hold, but the line end, which is stored
# as <br/>. A Chinese paragraph begins with two of them. Carriage return and form feed may not be
# written: a text that was refused for them is shown with them.
_SPACES = (
    " \t\r\x0c\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000"
)
_STAND_INS = {space: chr(0xFDD0 + number) for number, space in enumerate(_SPACES)}
_HIDE = str.maketrans(_STAND_INS)
_SHOW = str.maketrans({stand_in: space for space, stand_in in _STAND_INS.items()})
# What reading a form that was not sent by the editor can end in.
_NOT_OURS = (ValueError, LookupError, TypeError, AttributeError)
_TAG = re.compile(r"(<[^>]*>)")


class FaithfulConverter(ContentstateConverter):
    """Wagtail's converter between stored text and the browser's editor, keeping spaces."""

    def from_database_format(self, html: str) -> str:
        """Return what the browser's editor opens."""
        parts = _TAG.split(html)
        hidden = "".join(p if p.startswith("<") else p.translate(_HIDE) for p in parts)
        state = json.loads(super().from_database_format(hidden))
        for block in state["blocks"]:
            block["text"] = block["text"].translate(_SHOW)
        return json.dumps(state)


class FaithfulTextArea(DraftailRichTextArea):
    """The browser's editor for a stretch of a story's text. Settings name it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """Keep spaces both ways, and give who cannot see it the name it has in the form."""
        super().__init__(*args, **kwargs)
        self.options["ariaLabel"] = "Text"
        self.converter = FaithfulConverter(self.features)

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Return the text that was sent; what no editor of ours makes is cleaned to one."""
        try:
            return super().value_from_datadict(data, files, name)
        except _NOT_OURS:
            return cleaned(str(data.get(name, ""))).html
