"""Makes folders of a paper's own theme, and pages by one."""

from broadsheet.projections.objects import Page
from tests.factories.site import a_paper, answer
from tests.factories.story import a_story

STORY = a_story()


def a_folder(tmp_path, **files):
    """Return a theme's folder with these files; two underscores stand for a slash."""
    for name, text in files.items():
        path = tmp_path / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return tmp_path


def page_by(theme, *, story=STORY):
    """Return the story's page by a theme, as text."""
    rendered = answer(story.address, a_paper(story), theme=theme)
    assert isinstance(rendered, Page)
    return rendered.data.decode()
