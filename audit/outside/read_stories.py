"""
Reads stories' pages as five programs of other people do; the question and the answer are JSON.

A reader answers with the fields it offers, and None for one it offers and did not find; with
nothing at all for a language it does not read.
"""

import json
import sys
from collections.abc import Callable, Mapping
from datetime import time
from typing import Any

import tldextract
import tldextract.tldextract
import trafilatura
from goose3 import Goose
from goose3.text import StopWordsArabic
from newspaper import Article
from readability import Document

Read = Mapping[str, Any]

# Its list of domains would be fetched from the web; the one it was made with is enough.
_DOMAINS = tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)
tldextract.extract = tldextract.tldextract.extract = _DOMAINS

_NOT_BY_GOOSE = {"zh", "ja", "si"}  # wants tokenizers we do not install, or has no words of it


def by_trafilatura(page: Mapping[str, str]) -> Read:
    """Return what trafilatura reads; its dates have no time."""
    first, newest = (
        trafilatura.bare_extraction(
            page["html"],
            url=page["url"],
            with_metadata=True,
            date_extraction_params={"original_date": is_first, "extensive_search": True},
        )
        for is_first in (True, False)
    )
    if first is None or newest is None:
        return dict.fromkeys(("headline", "authors", "published", "updated", "picture", "body"))
    return {
        "headline": first.title,
        "authors": first.author.split("; ") if first.author else None,
        "published": first.date,
        "updated": newest.date,
        "picture": first.image,
        "body": first.text,
    }


def by_newspaper(page: Mapping[str, str]) -> Read:
    """Return what newspaper4k reads."""
    article = Article(page["url"], fetch_images=False, language=page["language"].split("-")[0])
    article.download(input_html=page["html"])
    try:
        article.parse()
    except ImportError:  # for some languages it wants a tokenizer that we do not install
        return {}
    date = article.publish_date
    is_day = date is not None and date.tzinfo is None and date.time() == time()  # from the address
    return {
        "headline": article.title,
        "authors": article.authors,
        "published": (date.date() if is_day else date).isoformat() if date else None,
        "picture": article.top_image,
        "body": article.text,
    }


def by_readability_lxml(page: Mapping[str, str]) -> Read:
    """Return what readability-lxml reads: its text is HTML."""
    document = Document(page["html"], url=page["url"])
    return {"headline": document.short_title(), "body_html": document.summary(html_partial=True)}


def by_goose(page: Mapping[str, str]) -> Read:
    """Return what goose3 reads; it fetches the pictures of the page to choose one."""
    language = page["language"].split("-")[0]
    if language in _NOT_BY_GOOSE:
        return {}
    told = {"enable_image_fetching": True, "use_meta_language": False, "target_language": language}
    if language == "ar":
        told["stopwords_class"] = StopWordsArabic
    with Goose(told) as goose:
        article = goose.extract(url=page["url"], raw_html=page["html"])
    return {
        "headline": article.title,
        "authors": article.authors,
        "published": article.publish_date,
        "picture": article.top_image.src if article.top_image else None,
        "body": article.cleaned_text,
    }


READERS: Mapping[str, Callable[[Mapping[str, str]], Read]] = {
    "trafilatura": by_trafilatura,
    "newspaper4k": by_newspaper,
    "readability-lxml": by_readability_lxml,
    "goose3": by_goose,
}


def main() -> None:
    """Answer with what each reader read of each page."""
    pages = json.load(sys.stdin)
    read = {name: [reader(page) for page in pages] for name, reader in READERS.items()}
    json.dump(read, sys.stdout)


main()
