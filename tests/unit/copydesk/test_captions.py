"""What the copy desk marks in pictures' captions, credits and alternative texts."""

import pytest

from broadsheet.copydesk.credits import best_credit, parted, slug_of
from broadsheet.copydesk.desk import checked
from broadsheet.story.body import PictureUse
from broadsheet.story.ids import PictureId
from broadsheet.story.records import Picture
from tests.factories.story import a_content, a_paragraph, a_picture, an_id


def checks_of(*pictures: Picture, caption: str = "") -> list[str]:
    """Return the checks that find something in a story showing these pictures."""
    uses = tuple(PictureUse(picture=picture.id, caption=caption) for picture in pictures)
    content = a_content(lead=uses[0], body=(a_paragraph(), *uses[1:]))
    by_id = {picture.id: picture for picture in pictures}
    return [finding.check for finding in checked(content, pictures=by_id)]


def test_picture_in_order_is_no_finding():
    """A picture with its four texts each in place passes."""
    assert [] == checks_of(a_picture(agency_caption="The tram, seen on Monday. (dpa)"))


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"caption": "A tram. (Photo: Ada/dpa)"}, "tangled-credit"),
        ({"caption": "TOPSHOT - A tram"}, "agency-slug"),
        ({"caption": "A tram.", "agency_caption": "FILE - A tram. (AP)"}, "doubled-caption"),
        ({"credit": " "}, "missing-credit"),
        ({"alternative_text": ""}, "missing-alternative-text"),
        ({"alternative_text": "The first tram crosses the old bridge"},
         "alternative-text-is-caption"),
    ],
)  # fmt: skip
def test_picture_finding(changes, check):
    """Each disorder is found, and nothing else with it."""
    assert [check] == checks_of(a_picture(**changes))


def test_same_caption_under_two_pictures_is_found():
    """A caption pasted twice belongs to one of the pictures only."""
    other = a_picture(4, id=PictureId(an_id(4)))

    assert ["doubled-caption"] == checks_of(a_picture(), other)


def test_caption_of_this_use_is_what_is_checked():
    """Readers see the use's caption, so that is the one to mend."""
    assert ["tangled-credit"] == checks_of(a_picture(), caption="A tram. © Ada")


@pytest.mark.parametrize(
    ("caption", "words", "credits_found"),
    [
        ("A tram. (AP Photo/Ada Lovelace)", "A tram.", ("AP Photo/Ada Lovelace",)),
        ("A tram. © Ada Lovelace, AFP", "A tram.", ("© Ada Lovelace, AFP",)),
        ("A tram (Picture: PA)", "A tram", ("Picture: PA",)),
        ("A tram. (Photo by Ada / AFP) (Photo by ADA/AFP via Getty Images)", "A tram.",
         ("Photo by Ada / AFP", "Photo by ADA/AFP via Getty Images")),
        ("A tram. (City Press Agency via AP, File)", "A tram.",
         ("City Press Agency via AP, File",)),
        ("Eine Bahn. Foto: Ada Lovelace/dpa", "Eine Bahn.", ("Foto: Ada Lovelace/dpa",)),
        ("Eine Bahn – Bild: picture alliance", "Eine Bahn –", ("Bild: picture alliance",)),
        ("Le tram. Crédit photo : Ada", "Le tram.", ("Crédit photo : Ada",)),
        ("El tranvía (Foto de Ada Núñez)", "El tranvía", ("Foto de Ada Núñez",)),
        ("قطار (صورة: أ ف ب)", "قطار", ("صورة: أ ف ب",)),
        ("ट्राम (फोटो: पीटीआई)", "ट्राम", ("फोटो: पीटीआई",)),
        ("டிராம் (படம்: ஏஎஃப்பி)", "டிராம்", ("படம்: ஏஎஃப்பி",)),
        ("有轨电车（图：新华社）", "有轨电车", ("图：新华社",)),
        ("(Photo: Ada)", "", ("Photo: Ada",)),
    ],
)  # fmt: skip
def test_credit_is_parted_from_the_caption(caption, words, credits_found):
    """Credits at the end are taken out, in many languages, each word as it was written."""
    assert (words, credits_found) == parted(caption)


@pytest.mark.parametrize(
    "text",
    [
        "The minister (left) and the mayor (right)",
        "He spoke to the agency (Reuters).",
        "The tram opened in 2024 (see map)",
        "A photo by the door shows her",
        "They took a picture: all smiled, all waved, and then they all went home by tram again",
        "The album (image by image) tells it",
        "",
        ")",
        "(((((",
    ],
)
def test_brackets_and_pictures_in_prose_are_no_credit(text):
    """Words in brackets that name no maker stay where they are."""
    assert (text, ()) == parted(text)


@pytest.mark.parametrize(
    ("credits_found", "best"),
    [
        (("Photo by Ada / AFP", "Photo by ADA/AFP via Getty Images"),
         "Photo by ADA/AFP via Getty Images"),
        (("AP Photo/Ada", "Picture: AP"), "AP Photo/Ada"),
        (("Picture: AP", "Picture: PA"), "Picture: AP, Picture: PA"),
        ((), ""),
    ],
)  # fmt: skip
def test_credit_that_says_most_is_kept(credits_found, best):
    """Of credits that repeat each other one remains; different ones all do."""
    assert best == best_credit(credits_found)


@pytest.mark.parametrize(
    ("caption", "slug"),
    [
        ("TOPSHOT - A tram", "TOPSHOT - "),
        ("FILE PHOTO: A tram", "FILE PHOTO: "),
        ("(FILES) A tram", "(FILES) "),
        ("ARCHIV – Eine Bahn", "ARCHIV – "),
        ("أرشيف - قطار", "أرشيف - "),
        ("File under: trams", ""),
        ("FILEY - a seaside town", ""),
    ],
)
def test_slug_is_an_agencys_word_in_front(caption, slug):
    """A slug is one of the agencies' words with its dash; other words are the caption's."""
    assert slug == slug_of(caption)
