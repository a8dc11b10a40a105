"""Maps an embed's block to its record."""

from typing import Any

from broadsheet.story.body import Embed


def embed_of(value: Any) -> Embed:
    """Return what an embed's block says."""
    return Embed(
        url=value["url"],
        provider=value.get("provider") or "",
        title=value.get("title") or "",
        author=value.get("author") or "",
    )
