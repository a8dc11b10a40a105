"""Writes what other programs read: JSON that a person can read, too."""

import msgspec


def written(value: object) -> bytes:
    """Return the bytes of a JSON file: UTF-8, every text as it is, keys in the order given."""
    return msgspec.json.format(msgspec.json.encode(value), indent=1) + b"\n"
