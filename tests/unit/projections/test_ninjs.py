"""Stories for partners to take, held to the IPTC's schema."""

import json
from datetime import timedelta

import pytest
from jsonschema import Draft202012Validator, FormatChecker

from broadsheet.projections.objects import Absent
from broadsheet.story.body import Paragraph, PictureUse, Run
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Retraction, StoryState, Syndication
from tests.counts import note_used
from tests.factories.inputs import INPUTS
from tests.factories.site import a_paper, answer, bytes_at
from tests.factories.story import (
    NOON,
    a_content,
    a_correction,
    a_picture,
    a_story,
    a_topic,
    an_id,
)
from tests.unit.projections.test_golden_files import OTHERS, STORIES

SCHEMA = INPUTS / "conformance" / "ninjs" / "ninjs-schema_3.1.json"
OWN = a_picture(credit="Ada Reporter / The Daily Test")
SHOWING = a_content(lead=PictureUse(picture=PictureId(an_id(3)), caption=""))
LATER = NOON + timedelta(hours=3)
REASON = Retraction(reason="We could not confirm it.", at=LATER)


def faults(item):
    """Return what the IPTC's schema has against an item."""
    note_used(SCHEMA)
    schema = json.loads(SCHEMA.read_text("utf-8"))
    checks = Draft202012Validator(schema, format_checker=FormatChecker())
    return [error.message for error in checks.iter_errors(item)]


def item_of(story, *records):
    """Return a story as partners take it."""
    return json.loads(bytes_at(f"/api/stories/{story.id}.json", a_paper(*records, story)))


def test_item_says_what_the_story_says():
    """An item says its story's id, address, words, place, authors, dates, topics and body."""
    content = a_content(kicker="Transport", dateline="HARBOR CITY", topics=(a_topic().id,))
    story = a_story(content=content, updated_at=LATER)

    item = item_of(story, a_topic())

    assert [] == faults(item)
    assert f"urn:uuid:{story.id}" == item["uri"]
    assert [content.headline, "Transport"] == [each["value"] for each in item["headlines"]]
    assert content.standfirst == item["descriptions"][0]["value"]
    assert ("usable", "en", "HARBOR CITY", "Ada Reporter") == tuple(
        item[key] for key in ("pubStatus", "language", "located", "by")
    )
    assert ("2026-11-22T12:00:00Z", "2026-11-22T15:00:00Z") == (
        item["firstCreated"],
        item["versionCreated"],
    )
    assert ["World", "Trams"] == [each["name"] for each in item["subjects"]]
    assert "https://paper.example/2026/11/22/story-100/" == item["altIds"][0]["value"]
    html, text = item["bodies"]
    assert "<p>The council met on Tuesday.</p>" == html["value"]
    assert ("The council met on Tuesday.", 27, 5) == (
        text["value"],
        text["charCount"],
        text["wordCount"],
    )


@pytest.mark.parametrize("name", STORIES)
def test_every_golden_story_is_valid(name):
    """Whatever a story holds, and whatever became of it, its item keeps to the schema."""
    others = (OWN, *(a_picture(200 + n, credit="The Daily Test") for n in range(12)), *OTHERS)

    item = item_of(STORIES[name], *others)

    assert [] == faults(item)


def test_fault_is_found():
    """An item with a word the schema does not know, and one without its id, are found."""
    item = item_of(a_story())

    assert 1 == len(faults({**item, "headlines_main": "Trams"}))
    assert 1 == len(faults({key: value for key, value in item.items() if key != "uri"}))
    assert 1 == len(faults({**item, "firstCreated": "yesterday"}))


@pytest.mark.parametrize(
    ("source", "syndication", "may"),
    [
        ("", Syndication.BY_SOURCE, True),
        ("Wire", Syndication.BY_SOURCE, False),
        ("Wire", Syndication.ALLOWED, True),
        ("", Syndication.REFUSED, False),
    ],
)
def test_only_what_may_be_taken_has_an_item(source, syndication, may):
    """Our own copy is for partners and an agency's is not, unless an editor said otherwise."""
    story = a_story(content=a_content(source=source, syndication=syndication))

    found = answer(f"/api/stories/{story.id}.json", a_paper(story))

    assert may is not (found == Absent())


def test_agency_is_named():
    """A story of an agency that may be taken names it as source and as holder of the rights."""
    content = a_content(source="Wire", syndication=Syndication.ALLOWED)

    item = item_of(a_story(content=content))

    assert {"name": "Wire", "role": "agency"} in item["infoSources"]
    assert ("Wire", "© 2026 Wire") == (item["copyrightHolder"], item["copyrightNotice"])


@pytest.mark.parametrize(
    ("state", "status"),
    [
        (StoryState.UNPUBLISHED, "withheld"),
        (StoryState.EXPIRED, "canceled"),
        (StoryState.RETRACTED, "canceled"),
        (StoryState.ERASED, "canceled"),
    ],
    ids=lambda value: getattr(value, "value", value),
)
def test_partner_who_reads_again_is_told_to_take_it_down(state, status):
    """A story not live any more is withheld or canceled; nothing of its text is left."""
    item = item_of(a_story(state=state, retraction=REASON))

    assert [] == faults(item)
    assert status == item["pubStatus"]
    assert "partial" == item["representationType"]
    assert not {"bodies", "descriptions", "by", "associations"} & item.keys()


def test_retraction_gives_its_reason_and_time():
    """A retracted story's item says which story, why and since when; an expired one's does not."""
    retracted = item_of(a_story(state=StoryState.RETRACTED, retraction=REASON))
    expired = item_of(a_story(state=StoryState.EXPIRED, retraction=REASON))

    assert "Retracted, 2026-11-22T15:00:00Z: We could not confirm it." == retracted["edNote"]
    assert "2026-11-22T15:00:00Z" == retracted["versionCreated"]
    assert "Council approves the new tram line" == retracted["headlines"][0]["value"]
    assert not {"edNote", "headlines", "versionCreated"} & expired.keys()


def test_correction_makes_a_new_version():
    """A correction stands in the note to editors and dates the item, though not the page."""
    story = a_story(content=a_content(corrections=(a_correction(at=LATER),)))

    item = item_of(story)

    assert "Correction, 2026-11-22T15:00:00Z: It was 1." == item["edNote"]
    assert "2026-11-22T15:00:00Z" == item["versionCreated"]


@pytest.mark.parametrize(
    ("changes", "may"),
    [
        ({"credit": "Jo Smith / Wire"}, False),
        ({"credit": "Jo Smith / The Daily Test of India"}, False),
        ({"credit": "The Daily Tester"}, False),
        ({"credit": "Jo Smith / THE DAILY TEST"}, True),
        ({"creator": "Jo Smith (The Daily Test)"}, True),
        ({"copyright": "© 2026 The Daily Test"}, True),
        ({"copyright": "© The Daily Test"}, True),
        ({"license_url": "https://creativecommons.org/licenses/by/4.0/"}, True),
        ({"license_url": "https://agency.example/terms"}, False),
        ({"license_url": "https://creativecommons.org.agency.example/by/4.0/"}, False),
        ({"license_url": "ask the desk"}, False),
    ],
)
def test_picture_goes_along_if_its_rights_allow(changes, may):
    """A picture of ours, or one with an open license, is associated and in the body; others not."""
    use = PictureUse(picture=PictureId(an_id(3)), caption="")
    content = a_content(lead=use, body=(use,))

    item = item_of(a_story(content=content), a_picture(**changes))

    assert [] == faults(item)
    assert (2 if may else 0) == len(item.get("associations", []))
    assert may is ("<figure>" in item["bodies"][0]["value"])
    assert may is ("/media/" in json.dumps(item))


def test_picture_says_what_it_is():
    """A picture has credit, caption, alternative text, copyright, license, and files with sizes."""
    license_url = "https://creativecommons.org/licenses/by/4.0/"
    picture = a_picture(
        creator="Ada", copyright="© Ada", license_url=license_url, focus_x_percent=25
    )

    (found,) = item_of(a_story(content=SHOWING), picture)["associations"]

    assert ("lead", "picture", "Ada", "© Ada") == tuple(
        found[key] for key in ("name", "type", "by", "copyrightNotice")
    )
    assert [picture.caption, picture.alternative_text] == [
        each["value"] for each in found["descriptions"]
    ]
    assert license_url == found["rightsInfo"]["linkedRights"]
    assert {"name": "Ada Reporter", "role": "credit"} == found["infoSources"][0]
    (file,) = found["renditions"]
    assert ("image/jpeg", 1200, 800, 90_000, {"x": 300, "y": 400}) == tuple(
        file[key] for key in ("contentType", "width", "height", "sizeInBytes", "poi")
    )
    assert file["href"].startswith(f"https://paper.example/media/{an_id(3)}/")


def test_links_in_the_body_lead_from_anywhere():
    """A path of our own site is a whole address in a partner's copy; a script is no link."""
    runs = (Run(text="a", href="/world/"), Run(text="b", href="javascript:alert(1)"))
    content = a_content(body=(Paragraph(runs=runs),))

    html = item_of(a_story(content=content))["bodies"][0]["value"]

    assert '<p><a href="https://paper.example/world/">a</a>b</p>' == html
