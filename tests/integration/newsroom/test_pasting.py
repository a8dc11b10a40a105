"""What is pasted, or forged, becomes our own paragraphs and points, or never gets further."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.rich_text import RichText
from wagtail.test.utils.form_data import streamfield

from broadsheet.newsroom import acts
from broadsheet.newsroom.blocks import BodyBlock
from broadsheet.newsroom.models import Story
from broadsheet.newsroom.rich_text import paragraphs
from broadsheet.newsroom.writing import body, pasting
from broadsheet.newsroom.writing.pasting import cleaned
from broadsheet.press.models import LogEntry
from broadsheet.story.body import runs_of
from tests.factories import rows
from tests.factories.logged import version_of

PUBLISH = {"action-publish": "1"}

WORD = (
    '<html xmlns:o="urn:x"><head><style>p.MsoNormal {margin:0}</style></head><body>'
    "<!--StartFragment--><p class=MsoNormal style='line-height:115%'>The <b>council</b>"
    " met.<o:p></o:p></p>\n<p class=MsoListParagraph>It <i>voted</i>\nat noon.</p>"
    "<!--[if gte mso 9]><xml><w:WordDocument/></xml><![endif]--></body></html>"
)
DOCS = (
    '<meta charset=utf-8><b style="font-weight:normal;" id="docs-internal-guid-7">'
    '<p dir=ltr><span style="font-weight:700">The council</span><span> met.</span></p><br />'
    '<ul><li dir=ltr><p role=presentation><span style="font-style:italic">Trams</span></p></li>'
    "<li><p>Bridges</p><ol><li>Old</li></ol></li></ul></b>"
)
WEB = (
    "<article class=x><h2 onclick=alert(1)>Head</h2><p>One<img src=https://t.example/p.gif "
    "width=1 height=1></p><div>Two <a href=https://a.example/ target=_blank ping=//b>there</a>"
    "</div><table><tr><th>Year<td>9<tr><td><table><tr><td>in</table></table>"
    "<img src=cat.jpg alt=Cat><iframe src=//v.example></iframe></article>"
)
HOSTILE = [
    "<p>Hi<script>alert(1)</script></p>",
    "<p onmouseover=alert(1)>Hi</p>",
    "<p>Hi<img src=x onerror=alert(1)></p>",
    '<p style="background:url(javascript:alert(1))">Hi</p>',
    "<p>Hi <svg onload=alert(1)><a xlink:href=javascript:alert(1)>there</a></svg></p>",
    '<p>Hi <x><a href="java&#10;script:alert(1)">there</a></p>',
    '<p>Hi <x><a href="data:text/html;base64,PHNjcmlwdD4=">there</a></p>',
    "<p>Hi<<script>script>alert(1)<</script>/script></p>",
    (
        '<p>Hi<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 '
        'onerror=alert(1)&gt;"></p>'
    ),
    '<p>Hi<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript></p>',
    "<form action=//x><input name=q value=1><button formaction=javascript:alert(1)>Hi",
    "<base href=//x><meta http-equiv=refresh content=0><p>Hi</p><link rel=stylesheet href=//x>",
    "<p>Hi<!-- --!><img src=x onerror=alert(1)> --></p>",
    "<template><script>alert(1)</script></template><p>Hi</p>",
]
SIGNS = ("<script", "alert", "onerror", "onload", "javascript", "data:", "style", "<img", "<svg")


def executable(html: str) -> list[str]:
    """Return the signs of something that runs in a stretch of text."""
    return [sign for sign in SIGNS if sign in html]


@pytest.mark.parametrize(
    ("pasted", "ours"),
    [
        (WORD, "<p>The <b>council</b> met.</p><p>It <i>voted</i> at noon.</p>"),
        (
            DOCS,
            (
                "<p><b>The council</b> met.</p>"
                "<ul><li><i>Trams</i></li><li>Bridges</li><li>Old</li></ul>"
            ),
        ),
        (
            WEB,
            (
                '<p>Head</p><p>One</p><p>Two <a href="https://a.example/">there</a></p>'
                "<p>Year\t9</p><p>in</p>"
            ),
        ),
    ],
    ids=["word", "docs", "web"],
)
def test_pastes_keep_words_emphasis_links_and_points(pasted: str, ours: str):
    """What Word, Google Docs and web pages put on the clipboard becomes what it says."""
    assert ours == cleaned(pasted).html


def test_only_what_a_person_would_miss_is_named():
    """Pictures, tables and players are named; scripts, styles and counting pixels are not."""
    assert () == cleaned(WORD).taken_out
    taken_out = " ".join(cleaned(WEB).taken_out)
    assert "a picture" in taken_out
    assert "2 tables" in taken_out
    assert "frame" in taken_out


@pytest.mark.parametrize("html", HOSTILE)
def test_nothing_executable_is_left(html: str):
    """Whatever tries to run is gone, and what is left reads as our own text."""
    found = cleaned(html).html

    assert [] == executable(found), found
    paragraphs(found, page_href=lambda _: "/")


def test_text_that_is_ours_is_left_to_the_byte():
    """What the editor makes is returned as it came, with the keys comments hang on."""
    ours = (
        '<p data-block-key="k1">A  b&nbsp;<b>c</b><br/>d <a linktype="page" id="3">e</a></p>'
        '<ol><li data-block-key="k2">f &lt;script&gt;</li></ol>'
    )

    assert (ours, ()) == cleaned(ours)


def test_link_to_a_page_of_ours_survives_cleaning():
    """A link to a page of the paper is one also when what stood around it is cleaned."""
    html = '<div><a linktype="page" id="3" onclick=x>here</a> <a linktype=page id=x>no</a></div>'

    assert '<p><a linktype="page" id="3">here</a> no</p>' == cleaned(html).html


@pytest.mark.django_db
@pytest.mark.parametrize("html", HOSTILE)
def test_forged_form_never_reaches_the_log(desk: Client, form: Any, html: str):
    """A form that sends HTML in place of the editor's own is cleaned; the log has words alone."""
    story = rows.a_draft()
    sent = form(story, body=streamfield([("text", html)]))

    desk.post(reverse("wagtailadmin_pages:edit", args=[story.pk]), sent | PUBLISH)

    row = Story.objects.get(pk=story.pk).get_latest_revision_as_object()
    assert [] == executable(row.body[0].value.source)
    assert not [entry for entry in LogEntry.objects.all() if b"alert" in bytes(entry.version)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("url", "status"),
    [("javascript:alert(1)", 302), ("data:text/html,x", 302), ("//a.example", 200)],
)
def test_forged_link_of_the_editor_never_reaches_the_log(
    desk: Client, form: Any, url: str, status: int
):
    """A link that would run is text; one that leads elsewhere than it says is refused in words."""
    story = rows.a_draft()
    state = {
        "blocks": [
            {
                "key": "00000",
                "text": "click",
                "type": "unstyled",
                "depth": 0,
                "inlineStyleRanges": [],
                "entityRanges": [{"offset": 0, "length": 5, "key": 0}],
            }
        ],
        "entityMap": {"0": {"type": "LINK", "mutability": "MUTABLE", "data": {"url": url}}},
    }

    response = desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, body=streamfield([("text", json.dumps(state))])) | PUBLISH,
    )

    refused = "link to a web page" in response.content.decode()
    assert (status, status == 200) == (response.status_code, refused)
    assert not [entry for entry in LogEntry.objects.all() if url.encode() in bytes(entry.version)]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "sent", ["[]", "{}", "null", "7", '{"blocks": 3}', '{"blocks": [{}]}', "{", "", "\ud83d"]
)
def test_broken_forms_are_no_server_error(desk: Client, form: Any, sent: str):
    """A form whose text is not what any editor sends is answered in words."""
    story = rows.a_draft()

    response = desk.post(
        reverse("wagtailadmin_pages:edit", args=[story.pk]),
        form(story, body=streamfield([("text", sent.encode("utf-8", "replace").decode())]))
        | PUBLISH,
    )

    assert response.status_code in {200, 302}


@pytest.mark.django_db
def test_row_that_no_form_saved_is_cleaned_on_its_way_to_the_log():
    """HTML that a script put into a row reaches the log as words."""
    story = rows.a_draft(
        body=[("text", RichText("<div onclick=x>Hi<script>alert(1)</script></div>"))]
    )

    acts.publish_newest(story)

    (block,) = version_of(story).content.body
    assert ["Hi"] == [run.text for run in runs_of(block)]


@pytest.mark.django_db
def test_a_desk_that_does_not_clean_is_found(monkeypatch: pytest.MonkeyPatch):
    """Without the cleaning, the row's HTML reaches the mapper as it is, and this test sees it."""
    monkeypatch.setattr(pasting, "_is_ours", lambda _: True)
    html = "<p>Hi<script>alert(1)</script></p>"
    typed = BodyBlock().to_python([{"type": "text", "id": "t1", "value": html}])

    with pytest.raises(Exception, match="script"):
        list(body.blocks_of(typed, page_href=lambda _: "/"))


@pytest.mark.django_db
def test_the_desk_cleans_a_paste_for_those_signed_in(desk: Client):
    """The desk answers a paste with our HTML and what was taken out; strangers are sent away."""
    url, sent = reverse("paste"), json.dumps({"html": WEB})

    answer = desk.post(url, sent, content_type="application/json")
    stranger = Client().post(url, sent, content_type="application/json")

    assert cleaned(WEB).html == answer.json()["html"]
    assert 3 == len(answer.json()["taken_out"])
    assert 302 == stranger.status_code


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("sent", "status"),
    [("{", 400), ("[]", 400), ('{"html": 7}', 400), (json.dumps({"html": "x" * 2_000_001}), 413)],
)
def test_a_paste_that_is_none_is_refused(desk: Client, sent: str, status: int):
    """What is no paste, or longer than any story, is refused in words."""
    answer = desk.post(reverse("paste"), sent, content_type="application/json")

    assert status == answer.status_code
    assert answer.json()["problem"]


@pytest.mark.django_db
def test_a_paste_is_asked_with_post_and_a_token(editor: Any):
    """Neither a GET nor a POST without the form's token is answered."""
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(editor)

    assert 405 == strict.get(reverse("paste")).status_code
    sent = strict.post(reverse("paste"), "{}", content_type="application/json")
    assert 403 == sent.status_code
