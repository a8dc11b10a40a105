"""Says what a check found: where, how bad, and what to write instead."""

from enum import Enum

import msgspec


class Severity(Enum):
    """What a finding means for publishing."""

    BLOCK = "block"  # must be mended, or overruled by name, before readers see it
    WARN = "warn"  # probably a mistake
    NOTE = "note"  # worth knowing


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing a sub-editor would mark."""

    check: str  # "lost-text"; stable, for overruling and counting
    severity: Severity
    field: str  # "headline", "body/3", "picture/<id>/caption"
    start: int  # code points into the field's text
    end: int
    message: str  # a sentence for the writer
    proposal: str | None = None  # for the stretch start to end; None where only a person knows


def blocking(findings: tuple[Finding, ...]) -> tuple[Finding, ...]:
    """Return the findings that keep a story from being published."""
    return tuple(found for found in findings if found.severity is Severity.BLOCK)
