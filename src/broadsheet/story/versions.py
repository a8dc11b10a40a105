"""
Turns records into the canonical bytes the log keeps, and back.

Canonical JSON: UTF-8, sorted keys, no floats, times in RFC 3339 UTC, text untouched.
Stored bytes are never re-serialized: an old schema is read through an upcaster.
"""

import hashlib
from collections.abc import Callable
from typing import Any

import msgspec

from broadsheet.story.ids import Sha256
from broadsheet.story.records import KINDS, Record

SCHEMA = 1

Upcaster = Callable[[dict[str, Any]], dict[str, Any]]
UPCASTERS: dict[int, Upcaster] = {}  # from schema n to n + 1; a test each

_ENCODER = msgspec.json.Encoder(order="sorted")
_DECODER: msgspec.json.Decoder[Record] = msgspec.json.Decoder(Record)


class VersionUnreadable(ValueError):
    """The stored bytes are no version this release can read."""


class _Envelope(msgspec.Struct, frozen=True):
    record: msgspec.Raw
    schema: int


def encoded(record: Record) -> bytes:
    """Return the canonical bytes of one version, schema included."""
    return _ENCODER.encode({"record": record, "schema": SCHEMA})


def decoded(data: bytes) -> Record:
    """
    Return the record whose bytes were stored, however old its schema.

    Raises:
        VersionUnreadable: the bytes are damaged, or newer than this release.

    """
    try:
        envelope = msgspec.json.decode(data, type=_Envelope)
        if envelope.schema == SCHEMA:
            return _DECODER.decode(envelope.record)
        return _upcast(msgspec.json.decode(envelope.record), schema=envelope.schema)
    except msgspec.MsgspecError as error:
        message = f"cannot read a version of {len(data)} bytes: {error}"
        raise VersionUnreadable(message) from error


def content_hash(record: Record) -> Sha256:
    """Return the hash of what the record says (without sequence number and version time)."""
    return Sha256(hashlib.sha256(encoded(record)).hexdigest())


def canonical(value: object) -> bytes:
    """Return canonical JSON of any plain value: what fingerprints are taken over."""
    return _ENCODER.encode(value)


def kind_of(record: Record) -> str:
    """Return the record's kind as the log names it."""
    return KINDS[type(record)]


def _upcast(raw: dict[str, Any], *, schema: int) -> Record:
    for step in range(schema, SCHEMA):
        raw = UPCASTERS[step](raw)
    if schema > SCHEMA:
        message = f"a version has schema {schema}; this release reads up to {SCHEMA}: upgrade"
        raise VersionUnreadable(message)
    record: Record = msgspec.convert(raw, Record)
    return record
