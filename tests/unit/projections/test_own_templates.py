"""A paper's own templates go over ours; what would fail with every page is told at the start."""

from importlib.resources import files

import pytest

from broadsheet.projections.theme.broken import TemplateFailed, ThemeBroken
from broadsheet.projections.theme.loading import load_theme
from tests.factories.story import a_content, a_story
from tests.factories.themes import a_folder, page_by


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


@pytest.mark.parametrize(
    "text",
    [
        '\n{% extends "shipped/sotry.html" %}',
        '\n{% include "gone.html" %}',
        '\n{% from "gone.html" import card %}',
        '\n{% import "gone.html" as gone %}',
    ],
)
def test_a_template_that_names_one_that_is_not_there_is_refused(tmp_path, text):
    """It would fail with every page of its kind; the start says which line names what."""
    folder = a_folder(tmp_path, templates__story_dot_html=text)

    with pytest.raises(ThemeBroken, match=r"templates/story\.html, line 2: it names"):
        load_theme(folder)


@pytest.mark.parametrize(
    "texts",
    [
        {"templates__story_dot_html": '{% extends "story.html" %}'},
        {"templates__pieces_dot_html": '{% from "blocks.html" import shown %}'},
    ],
)
def test_templates_that_lead_back_to_themselves_are_refused(tmp_path, texts):
    """The usual slip is to extend the name one replaces; rendering would never end."""
    with pytest.raises(ThemeBroken, match="leads back to itself"):
        load_theme(a_folder(tmp_path, **texts))


def test_a_template_without_what_ours_take_from_it_is_refused(tmp_path):
    """A whole file of the paper's own, from before an upgrade, would fail with every story."""
    old = "{% macro words_of(block) %}<p>{{ block }}</p>{% endmacro %}"
    folder = a_folder(tmp_path, templates__blocks_dot_html=old)

    with pytest.raises(
        ThemeBroken,
        match=r"templates/blocks\.html has no macro '\w+', which our .* remove the file",
    ):
        load_theme(folder)


_BODY = "{% macro body(blocks, words) %}<p>Slowly.</p>{% endmacro %}"
_ASIDE = "{% macro shown(block, words) %}{% endmacro %}"


@pytest.mark.parametrize(
    "blocks",
    [
        _BODY + _ASIDE,
        "{% if true %}" + _BODY + "{% endif %}" + _ASIDE,
        '{% extends "base-parts.html" %}',
        '{% extends "base-" ~ "parts.html" %}',
        '{% import "base-parts.html" as parts %}{% set body = parts.body %}' + _ASIDE,
    ],
)
def test_a_template_may_give_in_many_ways(tmp_path, blocks):
    """What is taken may be a macro, one behind a condition, a parent's, or a value that is set."""
    folder = a_folder(tmp_path, templates__blocks_dot_html=blocks)
    (folder / "templates" / "base-parts.html").write_text(_BODY + _ASIDE, "utf-8")

    assert "<p>Slowly.</p>" in page_by(load_theme(folder))


def test_what_our_unused_parts_take_may_be_missing(tmp_path):
    """Whoever replaces every page that shows figures need not write what shows them."""
    pieces = shipped("pieces.html")
    folder = a_folder(
        tmp_path,
        templates__story_dot_html="<p>Slowly.</p>",
        templates__policy_dot_html="<p></p>",
        templates__pieces_dot_html=pieces.replace("macro figure(", "macro drawing("),
    )

    assert "<p>Slowly.</p>" in page_by(load_theme(folder))


def test_what_the_papers_own_lacks_in_ours_is_pointed_out(tmp_path, caplog):
    """An own template from before an upgrade may ask first whether ours still has a macro."""
    own = '\n{% from "blocks.html" import gone %}{{ gone is defined }}<p>Slowly.</p>'

    theme = load_theme(a_folder(tmp_path, templates__story_dot_html=own))

    assert "templates/story.html, line 2: blocks.html has no 'gone'" in caplog.text
    assert "<p>Slowly.</p>" in page_by(theme)


@pytest.mark.parametrize(
    "story",
    [
        '{% from "blocks.html" import slogan %}{{ slogan() }}',
        '{% from "blocks.html" import gone, slogan %}{{ slogan() }}',
        '{% from "blocks.html" import gone %}{% if gone is defined %}x{% endif %}<p>Slowly.</p>',
    ],
)
def test_the_papers_own_may_agree_on_other_names(tmp_path, story):
    """What no template of ours asks for any more may be called otherwise, or be missing."""
    folder = a_folder(
        tmp_path,
        templates__story_dot_html=story,
        templates__policy_dot_html="<p></p>",
        templates__blocks_dot_html="{% macro slogan() %}<p>Slowly.</p>{% endmacro %}",
    )

    assert "<p>Slowly.</p>" in page_by(load_theme(folder))


def test_a_template_may_name_others_of_the_papers_own(tmp_path):
    """Parts of a paper's own are named like ours, and one that may be missing may be missing."""
    own = (
        '{% extends "shipped/story.html" %}{% block main %}{% include "slogan.html" %}'
        '{% include "gone.html" ignore missing %}{{ super() }}{% endblock %}'
    )
    folder = a_folder(
        tmp_path, templates__story_dot_html=own, templates__slogan_dot_html="<p>Slowly.</p>"
    )

    assert "<p>Slowly.</p>" in page_by(load_theme(folder))


def test_templates_may_lie_in_folders(tmp_path):
    """Whoever has many parts sorts them, and names them by where they lie."""
    own = (
        '{% extends "shipped/story.html" %}{% block main %}{% include "parts/slogan.html" %}'
        "{{ super() }}{% endblock %}"
    )
    theme = load_theme(
        a_folder(
            tmp_path,
            templates__story_dot_html=own,
            templates__parts__slogan_dot_html="<p>Slowly.</p>",
        )
    )

    assert "<p>Slowly.</p>" in page_by(theme)


def test_a_template_no_page_uses_is_pointed_out(tmp_path, caplog):
    """A slip in a file's name would change nothing, and say nothing."""
    load_theme(a_folder(tmp_path, templates__stroy_dot_html="<p>"))

    assert "templates/stroy.html is used by no page" in caplog.text


def test_a_macro_in_vain_is_pointed_out(tmp_path, caplog):
    """Jinja lets what is extended win: a macro of the paper's own would change nothing."""
    own = '{% extends "shipped/pieces.html" %}{% macro live(words) %}Now!{% endmacro %}'

    load_theme(a_folder(tmp_path, templates__pieces_dot_html=own))

    assert "templates/pieces.html: its own 'live' has no effect" in caplog.text


@pytest.mark.parametrize("inside", ["block main", "for _ in []", "macro other()"])
def test_a_macro_that_nobody_can_take_is_missed(tmp_path, inside):
    """What stands in a block, a loop or a macro is not given to others: told at the start."""
    end = f"{{% end{inside.split()[0]} %}}"
    own = shipped("pieces.html").replace(
        "{% macro live(words) -%}", f"{{% {inside} %}}{{% macro live(words) -%}}"
    )
    head, live, tail = own.partition("{% macro live")
    own = head + live + tail.replace("{%- endmacro %}", "{%- endmacro %}" + end, 1)

    with pytest.raises(ThemeBroken, match=r"templates/pieces\.html has no macro 'live'"):
        load_theme(a_folder(tmp_path, templates__pieces_dot_html=own))


def shipped(name):
    """Return one of our templates as it ships."""
    return (files("broadsheet.projections.theme") / "templates" / name).read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (
            "<p>\n{{ page.headlinee }}",
            r"theme/templates/story\.html, line 2: UndefinedError: .*line",
        ),
        ("{{ 1 / 0 }}", r"theme/templates/story\.html, line 1: ZeroDivisionError"),
        (
            '{% extends "shipped/story.html" %}{% block main %}\n{{ page.x.y }}{% endblock %}',
            "line 2",
        ),
    ],
)
def test_a_template_that_fails_says_where(tmp_path, text, said):
    """A value nobody gives is told with file and line: it stands in the log and at the desk."""
    theme = load_theme(a_folder(tmp_path, templates__story_dot_html=text))

    with pytest.raises(TemplateFailed, match=said) as failed:
        page_by(theme)

    assert not failed.value.is_ours


def test_a_template_of_ours_that_fails_is_known_as_ours(tmp_path):
    """No paper can mend it: whoever does wants more of it than one line."""
    theme = load_theme(a_folder(tmp_path, templates__topic_dot_html="<p>"))

    with pytest.raises(TemplateFailed, match="shipped templates/") as failed:
        theme.page("story.html", object())

    assert failed.value.is_ours


@pytest.mark.parametrize(
    "text",
    [
        "{% for a in page %}" * 30 + "{% endfor %}" * 30,
        "{{ " + "(" * 5_000 + "1" + ")" * 5_000 + " }}",
    ],
    ids=["loops", "parentheses"],
)
def test_a_template_python_cannot_read_is_refused(tmp_path, text):
    """What stands in one another has a limit; it is told with the file, not as a bug of ours."""
    folder = a_folder(tmp_path, templates__story_dot_html=text)

    with pytest.raises(ThemeBroken, match=r"templates/story\.html"):
        load_theme(folder)


def test_text_is_escaped_in_own_templates(tmp_path):
    """What a story says is text in a paper's own template, too."""
    own = "<h1>{{ page.headline }}</h1>"
    theme = load_theme(a_folder(tmp_path, templates__story_dot_html=own))

    page = page_by(theme, story=a_story(content=a_content(headline="<script>alert(1)</script>")))

    assert "<script>" not in page
