"""What the demo newspaper holds: enough to browse, in several scripts, and all of it credited."""

import io
import json
import subprocess
from collections import Counter
from importlib import resources

import pytest
from PIL import Image

from broadsheet.media.drawn.portraits import PORTRAITS
from broadsheet.media.illustrations import SCENES, illustration
from broadsheet.media.metadata import read_metadata
from broadsheet.newsroom.writing import demo_files
from broadsheet.newsroom.writing.demo_files import Entry, photograph
from tests.servers.processes import program

STORIES = demo_files.stories()
PICTURES = demo_files.entries("pictures")
WEEK_HOURS = 7 * 24
LONGER_SIDE_PX = 1600
MOST_BYTES = 5_000_000  # of all photographs in the repository
PURPOSES = {"corrections", "ethics", "ownership", "contact", "privacy"}


def file_of(entry: Entry) -> bytes:
    """Return a picture's file as the demo takes it in."""
    if "photograph" in entry.facts:
        return photograph(entry.facts["photograph"])
    return illustration(entry.title, caption="".join(entry.parts[1:]))


def marks_of(entry: Entry) -> Counter[str]:
    """Return how many parts of a body begin with each mark."""
    return Counter(part.split(maxsplit=1)[0] for part in entry.parts[1:])


def test_there_is_enough_to_browse():
    """There are stories for minutes, in six sections, by eight authors, on ten topics."""
    sections = {entry.title.lower() for entry in demo_files.entries("sections")}
    authors = {entry.title for entry in demo_files.entries("authors")}
    topics = {entry.title for entry in demo_files.entries("topics")}

    assert len(STORIES) >= 44
    assert len({entry.title for entry in STORIES}) == len(STORIES)
    assert sections == {entry.facts["section"] for entry in STORIES}
    assert authors == {name for entry in STORIES for name in entry.several("by")}
    assert topics == {name for entry in STORIES for name in entry.several("topics")}
    assert (6, 8, 10) == (len(sections), len(authors), len(topics))


def test_stories_are_in_several_scripts():
    """Arabic, Tamil and Chinese have four stories each, and some are translations."""
    languages = Counter(entry.facts.get("language", "en") for entry in STORIES)
    translated = {entry.facts["language"] for entry in STORIES if "translation of" in entry.facts}

    assert {"ar", "ta", "zh-Hans", "si"} == translated
    assert min(languages[each] for each in ("ar", "ta", "zh-Hans")) >= 4
    assert languages["si"] == 1


def test_every_kind_of_block_is_used():
    """Whoever browses meets all that a body can hold."""
    used = sum((marks_of(entry) for entry in STORIES), Counter())

    for mark in ("##", ">", ">>", "!!", "%%", "||", "[]", "@@", "-", "1."):
        assert used[mark], mark


def test_there_are_stories_of_every_fate():
    """One is corrected, one retracted, one scheduled, one embargoed; two are live stories."""
    fates = Counter(entry.facts.get("then", "") for entry in STORIES)
    live = [marks_of(entry)["@@"] for entry in STORIES if "coverage" in entry.facts]

    assert (1, 1, 1, 1) == tuple(
        fates[each] for each in ("correct", "retract", "schedule", "embargo")
    )
    assert len(live) == 2
    assert min(live) >= 6


def test_stories_are_spread_over_five_weeks():
    """The archive has two months, and the newest stories are hours old."""
    hours = sorted(float(entry.facts["hours"]) for entry in STORIES)

    assert hours[0] <= 3
    assert 4 * WEEK_HOURS < hours[-1] <= 5 * WEEK_HOURS


def test_one_gallery_is_worth_a_look():
    """One gallery has five pictures at least."""
    galleries = [part.count("\n") for entry in STORIES for part in entry.parts if part[:2] == "%%"]

    assert max(galleries) >= 5


def test_there_are_pictures_enough():
    """There are twenty pictures, photographs among them, and a portrait of each author."""
    avatars = {entry.facts["avatar"] for entry in demo_files.entries("authors")}
    scenes = {entry.title for entry in PICTURES} - avatars
    photographs = [entry for entry in PICTURES if "photograph" in entry.facts]

    assert set(PORTRAITS) == avatars
    assert len(scenes) >= 20
    assert len(photographs) >= 12
    assert set(SCENES) == {e.title for e in PICTURES if "photograph" not in e.facts} - avatars


@pytest.mark.parametrize("entry", PICTURES, ids=[entry.title for entry in PICTURES])
def test_picture_says_itself_whose_it_is(entry):
    """Each file names its maker, credit, rights, license and what it shows; none is too large."""
    data = file_of(entry)

    told = read_metadata(io.BytesIO(data))
    size = Image.open(io.BytesIO(data)).size
    is_portrait = entry.title in PORTRAITS
    assert all((told.creator, told.credit, told.copyright, told.usage_terms)), told
    assert told.license_url.startswith("https://creativecommons.org/")
    assert is_portrait or told.caption
    assert () == told.problems
    assert entry.parts[0].endswith(".")  # what there is to see
    assert max(size) <= LONGER_SIDE_PX


def test_photographs_credit_their_photographers():
    """A photograph’s credit names who took it and the license; a drawing’s, the paper."""
    credit_of = {
        entry.title: read_metadata(io.BytesIO(file_of(entry))).credit for entry in PICTURES
    }

    assert "Photo: Sander Klootwijk / CC BY-SA 4.0" == credit_of["bridge"]
    assert "Illustration: The Harbor Light" == credit_of["harbor"]


def test_another_program_reads_whose_photographs_are():
    """Exiftool finds maker, credit, caption and license in each, as IPTC and as XMP have them."""
    folder = resources.files("broadsheet.newsroom").joinpath("demo_copy", "photographs")
    command = [program("exiftool", package="libimage-exiftool-perl"), "-json", "-G1", str(folder)]

    said = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)

    assert len(said) >= 12
    for each in said:
        assert each["IPTC:By-line"] == each["XMP-dc:Creator"], each
        assert each["IPTC:Credit"] == each["XMP-photoshop:Credit"], each
        assert each["IPTC:Caption-Abstract"] == each["XMP-dc:Description"], each
        assert each["IPTC:CopyrightNotice"] == each["XMP-dc:Rights"], each
        assert each["XMP-xmpRights:WebStatement"].startswith("https://creativecommons.org/"), each


def test_photographs_stay_small():
    """All photographs together are no burden for whoever clones the repository."""
    folder = resources.files("broadsheet.newsroom").joinpath("demo_copy", "photographs")

    sizes = [len(file.read_bytes()) for file in folder.iterdir()]

    assert sum(sizes) < MOST_BYTES


def test_there_is_a_text_for_every_policy():
    """Each policy has a title, and blocks as a body has them."""
    policies = demo_files.policies()

    assert set(PURPOSES) == set(policies)
    for title, blocks in policies.values():
        assert title
        assert len(blocks) >= 3
        assert {kind for kind, _ in blocks} <= {"text", "heading"}
