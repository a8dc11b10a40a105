"""Who a page is by."""

import pytest

from broadsheet.intake.authors import author_block, bylines_of, merged
from broadsheet.intake.drafts import DraftByline
from broadsheet.intake.lines import lines_of


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ada Reporter", [("Ada Reporter", "")]),
        ("By Ada Reporter, City editor", [("Ada Reporter", "City editor")]),
        ("BY ADA REPORTER AND BOB WRIGHT", [("ADA REPORTER", ""), ("BOB WRIGHT", "")]),
        ("By Ada Hill, Bo Fry and Cy Poe", [("Ada Hill", ""), ("Bo Fry", ""), ("Cy Poe", "")]),
        ("Von Jörg Weiß und Åse Lund", [("Jörg Weiß", ""), ("Åse Lund", "")]),
        ("Por Lucía Sáez, corresponsal", [("Lucía Sáez", "corresponsal")]),
        ("Par Maëlle Quéré", [("Maëlle Quéré", "")]),
        ("بقلم: ليلى منصور", [("ليلى منصور", "")]),
        ("लेखक: अनुराधा वर्मा", [("अनुराधा वर्मा", "")]),
        ("作者：王小明", [("王小明", "")]),
    ],
)  # fmt: skip
def test_byline_names_authors_and_role(line, expected):
    """A byline in many languages gives names, and the role behind a comma."""
    assert expected == [(byline.name, byline.role) for byline in bylines_of(line)]


@pytest.mark.parametrize(
    "line",
    [
        "By the sea",
        "By 2030 all trams will be electric",
        "By Monday, she had left.",
        "Por la mañana",
        "Bystanders",
        "By " + "Ada " * 60,
    ],
)
def test_other_line_is_no_byline(line):
    """A line that begins like a byline but names nobody stays in the story."""
    assert () == bylines_of(line)


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("author avatar\nAda Reporter\nWrites about trams", ("Ada Reporter", "Writes about trams")),
        ("About the author\nAda Reporter\n\nTrending", ("Ada Reporter", "")),
        ("Autorenbild\nJörg Weiß\nEr fuhr lange Straßenbahn.", ("Jörg Weiß", "")),
        ("author avatar\nThe tram opened in 2026.", None),
        ("author avatar", None),
        ("Ada Reporter\nCity editor", None),
    ],
)
def test_author_block_is_label_name_and_role(page, expected):
    """The role is the line right under the name, if it is no sentence."""
    block = author_block(list(lines_of(page)))

    assert expected == (block and (block.byline.name, block.byline.role))


def test_author_named_twice_is_one_author():
    """The line above the text names her, the block below says what she does."""
    bylines = [DraftByline(name="Ada Reporter", role=""), DraftByline(name="Bob", role=""),
               DraftByline(name="ADA REPORTER", role="City editor")]  # fmt: skip

    names = [(byline.name, byline.role) for byline in merged(bylines)]

    assert [("ADA REPORTER", "City editor"), ("Bob", "")] == names
