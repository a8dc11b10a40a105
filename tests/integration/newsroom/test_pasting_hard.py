"""Pastes that Word, mail programs and spiteful people make: within bounds, and no word wrong."""

import json
import time

import pytest
from django.test import Client
from django.urls import reverse

from broadsheet.newsroom.rich_text import paragraphs
from broadsheet.newsroom.writing.pasting import cleaned

# Half a megabyte of each; what takes the square of its length takes minutes for it.
LENGTH = 500_000
DEEP = ["<div>", "<div></b>", "<b><u>", "<table><tr><td>", "<ul><li>"]
POINT = "<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'>"
MARK = (
    "<![if !supportLists]><span style='mso-list:Ignore'>{}<span>&nbsp;&nbsp; </span></span>"
    "<![endif]>"
)
COMMENTED = (
    "<p>He paid.<span class=MsoCommentReference><a class=msocomanchor href='#_msocom_1'>[AB1]</a>"
    "<span style='mso-special-character:comment'>&nbsp;</span></span></p>"
    "<div style='mso-element:comment-list'><hr class=msocomoff><div style='mso-element:comment'>"
    "<p class=MsoCommentText>Is he a crook? Ask legal.</p></div></div>"
)


@pytest.mark.parametrize(
    "piece",
    ["<p ", '<a href="', "<!--", "</", "<?", "<", *DEEP],
)
def test_cleaning_takes_time_by_length_alone(piece: str):
    """Tags that never end, or stand in one another thousands deep, stop no desk."""
    html = piece * (LENGTH // len(piece)) + "words"

    begun = time.process_time()
    found = cleaned(html)
    took = time.process_time() - begun

    assert took < 5, f"{took:.1f} s"  # on any machine: some tenths of a second
    paragraphs(found.html, page_href=lambda _: "/")


def test_marks_left_open_are_not_built_for_every_paragraph():
    """Nine hundred marks left open and a hundred thousand paragraphs are no ninety million."""
    marks = "".join(f"<b class=x{number}>" for number in range(900))

    begun = time.process_time()
    found = cleaned(f"<p>{marks}</p>" + "<p>x</p>" * 60_000)
    took = time.process_time() - begun

    assert took < 5, f"{took:.1f} s"
    assert 60_000 == found.html.count("x")


def test_words_of_a_paste_too_deep_are_kept():
    """What stands deeper than any page is kept as words, without its marks."""
    html = "<div>" * 5_000 + "The <b>council</b> &amp; we" + "</div>" * 5_000

    assert "<p>The council &amp; we</p>" == cleaned(html).html


@pytest.mark.parametrize(
    ("pasted", "ours"),
    [
        (
            f"{POINT}{MARK.format('·')}One<o:p></o:p></p>\n{POINT}{MARK.format('o')}Two</p><p>End</p>",
            "<ul><li>One</li><li>Two</li></ul><p>End</p>",
        ),
        (
            f"<p>Begin</p>{POINT}{MARK.format('1.')}<b>One</b></p>{POINT}{MARK.format('b)')}Two</p>",
            "<p>Begin</p><ol><li><b>One</b></li><li>Two</li></ol>",
        ),
        (
            f"{POINT}{MARK.format('1.')}One</p>{POINT}{MARK.format('·')}Two</p>",
            "<ol><li>One</li></ol><ul><li>Two</li></ul>",
        ),
        ("<pre>Roses are red\nviolets blue</pre>", "<p>Roses are red<br/>violets blue</p>"),
        (
            "<div>Press <button>Subscribe</button><textarea>typed</textarea></div>",
            "<p>Press Subscribetyped</p>",
        ),
        (
            '<p>Well<img class=emoji alt="👍🏽" src=//t.example/1.svg> done</p>',
            "<p>Well👍🏽 done</p>",
        ),
    ],
    ids=["bullets", "numbers", "both", "poem", "controls", "emoji"],
)
def test_visible_words_stay_what_they_are(pasted: str, ours: str):
    """Word's points are points; lines of a poem, words on buttons, and emoji drawn are kept."""
    found = cleaned(pasted)

    assert (ours, ()) == found


@pytest.mark.parametrize(
    ("pasted", "ours", "said"),
    [
        (COMMENTED, "<p>He paid.</p>", "comments"),
        ("<p>Not <s>guilty</s> tried</p>", "<p>Not guilty tried</p>", "struck out"),
        (
            "<p>a <span style='text-decoration:line-through'>b</span> c</p>",
            "<p>a b c</p>",
            "struck out",
        ),
        ("<p>10<sup>6</sup> tons</p>", "<p>106 tons</p>", "raised or lowered"),
        ("<p>So<math><mi>x</mi></math></p>", "<p>So</p>", "formula"),
        ("<svg><text>2026</text></svg><p>So</p>", "<p>So</p>", "drawing"),
    ],
    ids=["comment", "struck", "struck-by-style", "raised", "formula", "drawing"],
)
def test_what_changes_the_sense_is_named(pasted: str, ours: str, said: str):
    """Colleagues' comments are no words of the story; marks that are lost and mattered are told."""
    found = cleaned(pasted)

    assert ours == found.html
    assert said in " ".join(found.taken_out)


@pytest.mark.parametrize("style", ["display:none", "display: none !important", "mso-hide:all"])
def test_what_nobody_saw_is_not_pasted(style: str):
    """A mail's hidden first line and Word's hidden text do not become the story's."""
    html = (
        f"<div style='{style}'>Hidden <b>here</b><br><hr></div><p>S<i style='{style}'>x</i>een</p>"
    )

    assert ("<p>Seen</p>", ()) == cleaned(html)


@pytest.mark.django_db
def test_a_paste_of_megabytes_is_refused_in_words(desk: Client):
    """More bytes than the desk reads at all is answered like more letters than it takes."""
    html = "<div>" + "தமிழ்" * 350_000 + "</div>"  # 1,750,000 characters, 5 MB

    answer = desk.post(
        reverse("paste"), json.dumps({"html": html}), content_type="application/json"
    )

    assert 413 == answer.status_code
    assert "longer than any story" in answer.json()["problem"]
