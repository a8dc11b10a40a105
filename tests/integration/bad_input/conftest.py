"""Gives tests at the desk a signed-in editor and stories' forms, as the newsroom's tests have."""

from tests.integration.newsroom.conftest import desk, editor, form, private_folders

__all__ = ["desk", "editor", "form", "private_folders"]
