"""Reads the structured data of pages with extruct; the question and the answer are JSON."""

import json
import sys

import extruct

SYNTAXES = ["json-ld", "microdata", "rdfa", "opengraph"]

pages = json.load(sys.stdin)
read = {
    kind: extruct.extract(page["html"], base_url=page["url"], syntaxes=SYNTAXES, errors="strict")
    for kind, page in pages.items()
}
json.dump(read, sys.stdout)
