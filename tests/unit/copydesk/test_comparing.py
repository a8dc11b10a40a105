"""Two versions of a story are compared exactly, readably, and in bounds."""

import random
import time
from itertools import pairwise

import pytest
import regex
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.copydesk.comparing import matching, words
from broadsheet.copydesk.comparing.matching import common
from broadsheet.copydesk.comparing.stories import BlockChange, bodies, difference
from broadsheet.copydesk.comparing.words import Change, Mark, after, before, marks
from broadsheet.story.body import Block, Heading, Paragraph, PictureUse, Quote, Run
from broadsheet.story.ids import PictureId
from tests.factories.story import a_content, a_paragraph

FEW = st.text(alphabet="ab \n", max_size=30)
ANY = st.text(max_size=60)
SCRIPTS = st.text(
    alphabet="كتاب\u064b \u0ba4\u0bae\u0bbf\u0bb4\u0bcd 世界\u200d👩🏽é\u0301", max_size=40
)
BLOCK: st.SearchStrategy[Block] = st.one_of(
    st.builds(a_paragraph, st.text(alphabet="ab ", max_size=8)),
    st.builds(lambda text: Heading(text=text), st.sampled_from("ab")),
    st.builds(lambda text, by: Quote(text=text, attribution=by), FEW, st.sampled_from(["", "x"])),
    st.builds(
        lambda picture: PictureUse(picture=PictureId(picture), caption=""), st.sampled_from("pq")
    ),
)


@given(st.one_of(FEW, ANY, SCRIPTS), st.one_of(FEW, ANY, SCRIPTS))
def test_the_marks_give_both_texts_back(old: str, new: str):
    """Without what came, the marks are the old text; without what went, the new one."""
    marked = marks(old, new)

    assert old == before(marked)
    assert new == after(marked)
    assert (old == new) == all(mark.change is Change.SAME for mark in marked)
    assert all(mark.text for mark in marked)


@given(SCRIPTS, SCRIPTS)
def test_no_mark_begins_inside_a_character(old: str, new: str):
    """What readers see as one character is the same, or came, or went, as a whole."""
    graphemes = {"old": regex.findall(r"\X", old), "new": regex.findall(r"\X", new)}
    marked = marks(old, new)

    for side, other in (("old", Change.IN), ("new", Change.OUT)):
        pieces = [mark.text for mark in marked if mark.change is not other]
        assert graphemes[side] == [g for piece in pieces for g in regex.findall(r"\X", piece)]


@given(st.lists(st.integers(0, 4), max_size=30), st.lists(st.integers(0, 4), max_size=30))
def test_common_stretches_are_equal_and_in_order(old: list[int], new: list[int]):
    """Every stretch is found on both sides, and they follow each other on both."""
    found = common(old, new)

    for each in found:
        assert each.length
        assert old[each.old : each.old + each.length] == new[each.new : each.new + each.length]
    for one, next_ in pairwise(found):
        assert one.old + one.length <= next_.old
        assert one.new + one.length <= next_.new
    if old == new:
        assert len(old) == sum(each.length for each in found)


@given(st.lists(st.integers(0, 60), max_size=60), st.lists(st.integers(0, 60), max_size=60))
def test_what_is_too_large_for_difflib_is_split_and_still_true(old: list[int], new: list[int]):
    """With no pair left to difflib, what is found is in order and equal all the same."""
    most, matching.MOST_PAIRS = matching.MOST_PAIRS, 0
    try:
        found = common(old, new)
    finally:
        matching.MOST_PAIRS = most

    for each in found:
        assert old[each.old : each.old + each.length] == new[each.new : each.new + each.length]
    for one, next_ in pairwise(found):
        assert one.old + one.length <= next_.old
        assert one.new + one.length <= next_.new


@given(st.lists(BLOCK, max_size=9), st.lists(BLOCK, max_size=9))
def test_the_blocks_give_both_bodies_back(old: list[Block], new: list[Block]):
    """Put in their places, what was and what is are the two bodies; nothing is there twice."""
    found = bodies(old, new)

    was = sorted((each.old_place, each.before) for each in found if each.old_place is not None)
    assert list(range(len(old))) == [place for place, _ in was]
    assert old == [block for _, block in was]
    now = [each for each in found if each.new_place is not None]
    assert list(range(len(new))) == [each.new_place for each in now]
    assert new == [each.after for each in now]
    assert (old == new) == all(each.change is BlockChange.SAME for each in found)


def test_a_changed_word_is_marked_and_nothing_else():
    """One word out, one word in; the rest stands."""
    assert [
        Mark(Change.SAME, "The council "),
        Mark(Change.OUT, "met"),
        Mark(Change.IN, "voted"),
        Mark(Change.SAME, " on Tuesday."),
    ] == marks("The council met on Tuesday.", "The council voted on Tuesday.")


@pytest.mark.parametrize(
    ("old", "new", "out", "came"),
    [
        ("世界人民", "世界公民", "人", "公"),
        ("كتب الوزير رسالة", "كتب الرئيس رسالة", "الوزير", "الرئيس"),
        ("தமிழ் மொழி", "தமிழ் நாடு", "மொழி", "நாடு"),
    ],
)
def test_words_of_other_scripts_are_marked_as_words(old: str, new: str, out: str, came: str):
    """Chinese by the character; Arabic and Tamil by the word, never by the letter."""
    changed = [mark for mark in marks(old, new) if mark.change is not Change.SAME]

    assert [Mark(Change.OUT, out), Mark(Change.IN, came)] == changed


def test_a_moved_block_is_told_from_a_changed_one():
    """A paragraph that stands elsewhere has moved; one with another word has changed."""
    one, two, three = a_paragraph("One two three four."), a_paragraph("Five."), Heading(text="Six")

    found = bodies([one, two, three], [two, three, one, a_paragraph("One two three more.")])

    assert [BlockChange.SAME, BlockChange.SAME, BlockChange.MOVED, BlockChange.ADDED] == [
        each.change for each in found
    ]
    changed = bodies([one, two], [a_paragraph("One two three nine."), two])
    assert [BlockChange.CHANGED, BlockChange.SAME] == [each.change for each in changed]


def test_a_link_added_to_the_same_words_is_a_change():
    """Words alike with other marks on them are told as changed, with what changed."""
    old = Paragraph(runs=(Run(text="See here."),))
    new = Paragraph(
        runs=(Run(text="See "), Run(text="here", href="https://a.example"), Run(text="."))
    )

    (found,) = bodies([old], [new])

    assert BlockChange.CHANGED is found.change
    assert ("runs",) == found.fields
    assert [] == found.marks


def test_equal_versions_have_no_difference():
    """A version compared with itself has an empty difference; with another headline it has not."""
    content = a_content()

    assert difference(content, content).is_empty
    other = a_content(headline="Another headline")
    assert ["headline"] == [field.name for field in difference(content, other).fields]


@pytest.mark.parametrize("kind", ["one word a line", "one paragraph", "rewritten", "periodic"])
def test_a_story_of_thirty_thousand_words_is_compared_in_bounds(kind: str):
    """Hostile or huge, a comparison ends within seconds of processor time."""
    chance = random.Random(7)
    said = [
        chance.choice(["the", "of", "and", f"w{chance.randrange(3000)}"]) for _ in range(30_000)
    ]
    other = [word if chance.random() < 0.7 else f"n{chance.randrange(900)}" for word in said]
    if kind == "periodic":
        said, other = ["a", "b"] * 15_000, ["b", "a", "a"] * 10_000
    began = time.process_time()

    if kind == "one paragraph":
        marked = marks(" ".join(said), " ".join(other))
        assert " ".join(other) == after(marked)
    else:
        size = 1 if kind == "one word a line" else 50
        chance.shuffle(other)
        old = [a_paragraph(" ".join(said[n : n + size])) for n in range(0, len(said), size)]
        new = [a_paragraph(" ".join(other[n : n + size])) for n in range(0, len(other), size)]
        assert new == [each.after for each in bodies(old, new) if each.after is not None]

    assert time.process_time() - began < 10


def test_too_many_words_are_compared_by_lines(monkeypatch: pytest.MonkeyPatch):
    """Beyond the bound a changed word marks its line, and both texts still come back."""
    monkeypatch.setattr(words, "MOST_WORDS", 3)

    assert [Mark(Change.OUT, "a b\n"), Mark(Change.IN, "a c\n"), Mark(Change.SAME, "d")] == marks(
        "a b\nd", "a c\nd"
    )
