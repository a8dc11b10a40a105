"""A paper's own folder goes over the theme that ships: what it does not say stays."""

from dataclasses import replace

import pytest

from broadsheet.projections.objects import Page
from broadsheet.projections.theme.furniture import WordsUnreadable
from broadsheet.projections.theme.loading import ThemeBroken, generation, load_theme
from tests.factories.site import a_paper, answer, page_at, text_at
from tests.factories.story import a_content, a_story

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


def test_without_a_folder_the_shipped_theme_is_used(tmp_path):
    """A home without a theme folder, or with an empty one, has the theme of the release."""
    assert generation(load_theme()) == generation(load_theme(tmp_path / "none"))
    assert generation(load_theme()) == generation(load_theme(a_folder(tmp_path)))


def test_own_style_comes_after_ours(tmp_path):
    """paper.css is added to the style sheet, which gets another address."""
    theme = load_theme(a_folder(tmp_path, paper_dot_css=":root { --ink: #123456; }"))

    assert theme.assets[theme.style_key].endswith(b":root { --ink: #123456; }")
    assert load_theme().style_key != theme.style_key
    assert generation(load_theme()) != generation(theme)


def test_own_assets_are_published_where_the_style_names_them(tmp_path):
    """A font in the folder has an address by its hash, which stands in the style sheet."""
    css = '@font-face { src: url("assets/f.woff2"); }'
    theme = load_theme(a_folder(tmp_path, paper_dot_css=css, assets__f_dot_woff2="font"))

    (key,) = [key for key in theme.assets if key.endswith(".woff2")]
    assert f'url("{key}")'.encode() in theme.assets[theme.style_key]


def test_a_style_that_names_what_is_not_there_is_refused(tmp_path):
    """A missing asset is named, before any page is rendered without it."""
    folder = a_folder(tmp_path, paper_dot_css='a { src: url("assets/gone.woff2"); }')

    with pytest.raises(ThemeBroken, match=r"assets/gone\.woff2"):
        load_theme(folder)


def test_own_words_replace_ours_one_by_one(tmp_path):
    """A word is reworded; those beside it stay."""
    theme = load_theme(a_folder(tmp_path, words__en_dot_toml='by = "Written by"\n'))

    page = page_by(theme)

    assert "Written by" in page
    assert "Published" in page


def test_own_words_bring_a_language(tmp_path):
    """A language we do not ship is spoken as far as its file goes, and in English beyond."""
    theme = load_theme(a_folder(tmp_path, words__de_dot_toml='by = "Von"\n[kinds]\n'))

    page = page_by(theme, story=a_story(content=a_content(language="de-AT")))

    assert ">Von<" in page
    assert "Published" in page


@pytest.mark.parametrize("text", ['bye = "x"', "by = 3", "by = ", '[kinds]\nrumor = "x"'])
def test_words_that_no_page_says_are_refused(tmp_path, text):
    """A slip of the keyboard in a file of words is named, with its file."""
    folder = a_folder(tmp_path, words__en_dot_toml=text)

    with pytest.raises(WordsUnreadable, match=r"words/en\.toml"):
        load_theme(folder)


def test_own_template_may_extend_the_shipped_one(tmp_path):
    """A template says only what is different."""
    extends = '{% extends "shipped/story.html" %}'
    own = extends + "{% block main %}<p>Slowly.</p>{{ super() }}{% endblock %}"
    theme = load_theme(a_folder(tmp_path, templates__story_dot_html=own))

    page = page_by(theme)

    assert "<p>Slowly.</p>" in page
    assert "<h1>" in page


def test_a_template_that_does_not_compile_is_refused(tmp_path):
    """File, line and reason are told at the start, not when a story is published."""
    folder = a_folder(tmp_path, templates__story_dot_html="<p>\n{% if %}")

    with pytest.raises(ThemeBroken, match=r"templates/story\.html, line 2"):
        load_theme(folder)


def test_text_is_escaped_in_own_templates(tmp_path):
    """What a story says is text in a paper's own template, too."""
    own = "<h1>{{ page.headline }}</h1>"
    theme = load_theme(a_folder(tmp_path, templates__story_dot_html=own))

    page = page_by(theme, story=a_story(content=a_content(headline="<script>alert(1)</script>")))

    assert "<script>" not in page


def test_a_theme_that_forgets_a_file_is_caught():
    """The generation changes with any asset: a page by the old script would be found."""
    theme = load_theme()

    assert generation(theme) != generation(replace(theme, hash="another"))
    assert text_at(page_at(STORY.address, a_paper(STORY)), "h1") == STORY.content.headline
