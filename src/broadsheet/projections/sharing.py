"""
Makes the links by which readers share a story: plain addresses, that work without any script.

Source: each network's own page on share links, as known in 2026-11.
"""

from urllib.parse import quote

from broadsheet.projections.frame import Link
from broadsheet.projections.theme.furniture import Words


def share_links(url: str, headline: str, words: Words) -> tuple[Link, ...]:
    """Return where a story can be shared, by the name of each place."""
    link, text = quote(url, safe=""), quote(headline, safe="")
    both = f"{text}%20{link}"
    return (
        Link(f"mailto:?subject={text}&body={link}", words.by_mail),
        Link(f"https://wa.me/?text={both}", "WhatsApp"),
        Link(f"https://www.facebook.com/sharer/sharer.php?u={link}", "Facebook"),
        Link(f"https://bsky.app/intent/compose?text={both}", "Bluesky"),
        Link(f"https://mastodonshare.com/?text={text}&url={link}", "Mastodon"),
        Link(f"https://x.com/intent/post?text={text}&url={link}", "X"),
        Link(f"https://t.me/share/url?url={link}&text={text}", "Telegram"),
        Link(f"https://www.linkedin.com/sharing/share-offsite/?url={link}", "LinkedIn"),
    )
