"""Reads the structured data of pages with extruct; the question and the answer are JSON."""

import json
import sys
from collections.abc import Mapping
from typing import Any

import extruct

SYNTAXES = ["json-ld", "microdata", "rdfa", "opengraph"]


def read(page: Mapping[str, str]) -> Mapping[str, Any]:
    """Return what stands in a page, or why it cannot be read."""
    try:
        return extruct.extract(
            page["html"], base_url=page["url"], syntaxes=SYNTAXES, errors="strict"
        )
    except ValueError as error:
        return {"json-ld": [], "error": str(error)}


json.dump({kind: read(page) for kind, page in json.load(sys.stdin).items()}, sys.stdout)
