"""
Names the roles people have in the newsroom, and what each may do.

The one table of it; docs/roles.md says the same in words, and a test compares the two.
Nothing here knows people: roles.members does.
"""

from collections.abc import Mapping
from enum import StrEnum


class Role(StrEnum):
    """What somebody is in the newsroom. The values are kept in the database."""

    REPORTER = "reporter"
    EDITOR = "editor"
    PUBLISHER = "publisher"
    PICTURE_EDITOR = "picture editor"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    """Something one may do, or may not."""

    WRITE = "write"  # stories of one's own, and submit them
    EDIT = "edit"  # anybody's story
    REVIEW = "review"  # return with a comment, or approve
    PUBLISH = "publish"  # and schedule, correct, unpublish, retract, change address
    UPLOAD_PICTURES = "upload pictures"
    EDIT_PICTURES = "edit pictures"  # anybody's, and those readers see
    EDIT_AUTHORS = "edit authors"
    ARRANGE_FRONTS = "arrange fronts"
    MANAGE_SECTIONS = "manage sections"
    MANAGE_SETTINGS = "manage settings"
    MANAGE_ACCOUNTS = "manage accounts"
    READ_AUDIT_LOG = "read audit log"


# What can be given for some sections only; a picture or a setting belongs to none.
BY_SECTION = frozenset({Role.REPORTER, Role.EDITOR, Role.PUBLISHER})

_REPORTER = frozenset({Right.WRITE, Right.UPLOAD_PICTURES})
_EDITOR = _REPORTER | {Right.EDIT, Right.REVIEW}

RIGHTS: Mapping[Role, frozenset[Right]] = {
    Role.REPORTER: _REPORTER,
    Role.EDITOR: _EDITOR,
    Role.PUBLISHER: _EDITOR
    | {
        Right.PUBLISH,
        Right.EDIT_PICTURES,
        Right.EDIT_AUTHORS,
        Right.ARRANGE_FRONTS,
        Right.READ_AUDIT_LOG,
    },
    Role.PICTURE_EDITOR: frozenset({Right.UPLOAD_PICTURES, Right.EDIT_PICTURES}),
    Role.ADMINISTRATOR: frozenset(
        {
            Right.EDIT_AUTHORS,
            Right.MANAGE_SECTIONS,
            Right.MANAGE_SETTINGS,
            Right.MANAGE_ACCOUNTS,
            Right.READ_AUDIT_LOG,
        }
    ),
}
