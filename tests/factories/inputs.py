"""Finds real input and other people's test cases, which are not ours to copy."""

import os
from pathlib import Path

INPUTS = Path(os.environ["BROADSHEET_INPUTS"])
PAGE = INPUTS / "000_f6e1c09a068703be.txt"
ARTICLES = INPUTS / "articles"
X_TEXT = INPUTS / "conformance" / "x-text"
JSON_FEED = INPUTS / "conformance" / "feeds"  # schemas; that of 1.1 leans on that of 1
