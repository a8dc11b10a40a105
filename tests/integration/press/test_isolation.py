"""What fails for one object is told in words a person can act on, and stops no other."""

import logging

import pytest
from django.db import OperationalError

from broadsheet.press.isolation import Failed, isolated
from broadsheet.projections.theme.broken import TemplateFailed, ThemeBroken


def told_of(error: Exception, caplog: pytest.LogCaptureFixture) -> logging.LogRecord:
    """Return what the log says of an action that fails with an error."""

    def action() -> None:
        raise error

    assert isinstance(isolated("rendering /x/", action), Failed)
    (record,) = caplog.records
    return record


class Refused(Exception):
    """A database's refusal, as its driver tells it."""

    def __init__(self, sqlstate: str) -> None:
        """Say which class of error it is."""
        super().__init__(sqlstate)
        self.sqlstate = sqlstate


@pytest.mark.parametrize(
    ("sqlstate", "is_temporary"),
    [("54000", False), ("54001", False), ("53100", True), ("57014", True), (None, True)],
)
def test_only_what_time_may_mend_is_tried_again(sqlstate, is_temporary):
    """A full disk and a busy database pass; what is too large stays so, whatever it is called."""

    def action() -> None:
        raise OperationalError from (Refused(sqlstate) if sqlstate else None)

    assert isolated("x", action).is_temporary is is_temporary


@pytest.mark.parametrize(
    "error",
    [
        ValueError("a slip of ours"),
        TemplateFailed("shipped templates/story.html, line 3: no", is_ours=True),
    ],
)
def test_a_fault_of_the_release_is_told_in_full(error, caplog):
    """Whoever mends it needs the way that led to it."""
    assert told_of(error, caplog).exc_info


@pytest.mark.parametrize(
    "error",
    [
        ThemeBroken("templates is a file"),
        TemplateFailed("theme/templates/story.html, line 3: no", is_ours=False),
    ],
)
def test_a_fault_of_the_papers_theme_is_told_in_a_line(error, caplog):
    """There may be one for every page, and each says where."""
    record = told_of(error, caplog)

    assert not record.exc_info
    assert f"rendering /x/ failed: {error}" == record.getMessage()
