"""
Checks what editors type, and says where and what to do instead.

One message form for every field of the desk and every row saved by other means.
"""

from collections.abc import Iterable, Iterator

from django.core.exceptions import ValidationError

from broadsheet.newsroom.rich_text import MarkupUnknown, paragraphs
from broadsheet.projections.links import is_followable, is_profile
from broadsheet.story.body import runs_of, text_of
from broadsheet.story.text import TextRefused, refuse_flaws


def as_typed(text: str) -> str:
    """Return what the writer typed: a browser sends each line end as two characters."""
    return text.replace("\r\n", "\n")


def text_problem(text: str, *, where: str) -> str:
    """Return why a text may not be written, "" if it may."""
    try:
        refuse_flaws(text, where=where)
    except TextRefused as refused:
        return str(refused)
    return ""


def must_be_writable(text: str, *, where: str) -> None:
    """
    Do nothing if the text may be written.

    Raises:
        ValidationError: it may not; the message says where and what to write instead.

    """
    problem = text_problem(text, where=where)
    if problem:
        raise ValidationError(problem)


def has_words(html: str) -> bool:
    """Return whether a stretch of the editor's text, which is well formed, says anything."""
    blocks = paragraphs(html, page_href=lambda _: "/")
    return any(run.text.strip() for block in blocks for run in runs_of(block))


def rich_text_problems(html: str) -> Iterator[str]:
    """Yield what is wrong with a stretch of the editor's text, in words for the editor."""
    try:
        blocks = paragraphs(html, page_href=lambda _: "/")
    except MarkupUnknown as unknown:
        yield str(unknown)
        return
    for number, block in enumerate(blocks, start=1):
        # As a whole: what begins before a bold word may end after it.
        problem = text_problem(text_of(block), where=f"paragraph {number}")
        if problem:
            yield problem
        for run in runs_of(block):
            if run.href and not is_followable(run.href):
                yield (
                    f"paragraph {number}: “{run.text}” links to {run.href}; link to a web page "
                    "(https://…), a mail address or a page of this paper"
                )


def link_problems(links: Iterable[str]) -> Iterator[str]:
    """Yield what is wrong with a list of profile addresses."""
    for link in links:
        if not (link.startswith("https://") and is_profile(link)):
            yield f"“{link}” is not an https address; write it in full: https://…"
