"""Keeps the tokens of preview links out of everything that is logged."""

import logging
import re

_TOKEN = re.compile(r"(/desk/preview/)[^/\s'\"]+")


class TokensMasked(logging.Filter):
    """Writes a mark in place of each token, and lets every record pass."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Mask the tokens of one record."""
        said = record.getMessage()
        masked = _TOKEN.sub(r"\1(token)", said)
        if masked != said:
            record.msg, record.args = masked, ()
        return True
