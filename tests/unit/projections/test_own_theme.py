"""A paper's own folder goes over the theme that ships: what it does not say stays."""

from dataclasses import replace

import pytest

from broadsheet.projections.theme.broken import ThemeBroken
from broadsheet.projections.theme.folder import texts
from broadsheet.projections.theme.furniture import WordsUnreadable
from broadsheet.projections.theme.loading import generation, load_theme
from tests.factories.site import a_paper, page_at, text_at
from tests.factories.story import a_content, a_story
from tests.factories.themes import STORY, a_folder, page_by


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


@pytest.mark.parametrize(
    "css",
    [
        "a { src: url(assets/f.woff2) }",
        "a { src: url( 'assets/f.woff2' ) }",
        "a { src: URL('./assets/f.woff2') }",
        "a { --font: url(assets/f.woff2) }",
        '@media print { a { background: image-set("assets/f.woff2" 2x) } }',
    ],
)
def test_a_style_may_name_a_file_as_css_allows(tmp_path, css):
    """However a file is named, browsers get its address; a part of it stays named."""
    theme = load_theme(a_folder(tmp_path, paper_dot_css=css, assets__f_dot_woff2="font"))

    (key,) = [key for key in theme.assets if key.endswith(".woff2")]
    own = theme.assets[theme.style_key].rpartition(b"\n")[2].decode()
    assert key in own
    assert "assets/f.woff2" not in own


def test_a_style_may_name_a_part_of_a_file(tmp_path):
    """What follows a file's name, such as a part of a drawing, follows its address, too."""
    css = "a { mask: url(assets/signs.svg#arrow), url(#here), url(/favicon.ico) }"
    theme = load_theme(a_folder(tmp_path, paper_dot_css=css, assets__signs_dot_svg="<svg/>"))

    (key,) = [key for key in theme.assets if "signs" in key]
    own = theme.assets[theme.style_key].decode()
    assert f'url("{key}#arrow"), url(#here), url(/favicon.ico)' in own


@pytest.mark.parametrize(
    ("css", "said"),
    [
        ("\na { src: url('assets/gone.woff2') }", r"line 2: it names assets/gone\.woff2"),
        ("a { src: url(assets/gone.woff2) }", r"line 1: it names assets/gone\.woff2"),
        ("a { src: url(fonts/f.woff2) }", r"line 1: it names fonts/f\.woff2, which is not there"),
        ("a { b: url(https://fonts.example/f) }", "security policy"),
        ("a { b: url(//fonts.example/f) }", "security policy"),
        ("a { b: url(data:image/png;base64,AA) }", "security policy"),
        ("a { src: url(/assets/gone.woff2) }", "names /assets/gone"),
        ("a { src: url('/\\\\fonts.example/f') }", r"names /\\fonts\.example"),
        ("a { b: " + "(" * 3000 + ")" * 3000 + " }", "brackets"),
        ("a { b: c; }\n}", "line 2: this cannot be read"),
        ("a { b: c; ", "line 1 is not closed"),
        ("a { b: c; }\n/* b", "line 2 is not closed"),
        ("a { b: c; }\n@media print { a { b: c; }", "line 2 is not closed"),
        ('a { b: "c\n; }', "line 1: this cannot be read"),
        ('@import "assets/f.woff2";', "@import has no effect"),
        ("@namespace url(http://www.w3.org/1999/xhtml);", "@namespace has no effect"),
        ("a { b: -moz-image-set('assets/gone.png' 1x) }", r"names assets/gone\.png"),
    ],
)
def test_a_style_browsers_would_pass_over_is_refused(tmp_path, css, said):
    """What no browser would apply, or load, is named with its line."""
    folder = a_folder(tmp_path, paper_dot_css=css, assets__f_dot_woff2="font")

    with pytest.raises(ThemeBroken, match=rf"paper\.css.*{said}"):
        load_theme(folder)


def test_an_empty_style_adds_nothing(tmp_path):
    """A style sheet may be begun, and may say nothing yet."""
    theme = load_theme(a_folder(tmp_path, paper_dot_css=""))

    assert (
        load_theme().assets[load_theme().style_key]
        == theme.assets[theme.style_key].rstrip(b"\n") + b"\n"
    )


def test_a_byte_order_mark_is_no_part_of_a_file(tmp_path):
    """What some editors put in front of a text is taken off, in the middle of ours above all."""
    theme = load_theme(
        a_folder(
            tmp_path, paper_dot_css="\ufeffa { b: c; }", words__en_dot_toml='\ufeffby = "Of"\n'
        )
    )

    assert theme.assets[theme.style_key].endswith(b"\na { b: c; }")
    assert theme.words_for("en").by == "Of"


def test_assets_in_folders_are_published_and_hidden_ones_are_not(tmp_path):
    """A folder of fonts is walked; what a system or an editor leaves behind stays private."""
    folder = a_folder(
        tmp_path,
        assets__fonts__f_dot_woff2="font",
        assets___dot_DS_Store="left behind",
        assets___dot_git__config_dot_txt="left behind",
        paper_dot_css="a { src: url(assets/fonts/f.woff2) }",
    )

    published = [key for key, data in load_theme(folder).assets.items() if len(data) < 20]

    assert 1 == len(published)
    assert published[0].endswith(".woff2")


@pytest.mark.parametrize(
    "name",
    [
        "no ending",
        "a b.woff2",
        "é.woff2",
        "noending",
        "a.woff2~",
        "x.br",
        "old.410",
        "a" * 230 + ".js",
    ],
)
def test_an_asset_no_address_can_name_is_refused(tmp_path, name):
    """An asset's name becomes part of its address, and says what it is."""
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / name).write_bytes(b"x")

    with pytest.raises(ThemeBroken, match="rename it"):
        load_theme(tmp_path)


@pytest.mark.parametrize("to", ["../secret.key", "gone.woff2", "..", "assets/font.woff2"])
def test_an_asset_is_never_a_link_to_what_lies_elsewhere(tmp_path, to):
    """A link out of the folder publishes nothing: what it leads to may be a key."""
    folder = a_folder(tmp_path, home__secret_dot_key="s" * 50, home__theme__assets__a_dot_txt="a")
    theme = folder / "home" / "theme"
    (theme / "assets" / "font.woff2").symlink_to(f"../{to}")

    with pytest.raises(ThemeBroken, match=r"assets/font\.woff2"):
        load_theme(theme)


@pytest.mark.parametrize("name", ["icon.svg", "logo.png", "favicon.ico"])
def test_no_picture_of_the_paper_is_a_link_to_what_lies_elsewhere(tmp_path, name):
    """What stands for the paper is published, too: it is no key from beside the theme."""
    theme = a_folder(tmp_path, secret_dot_key="s" * 50, theme__words__en_dot_toml="") / "theme"
    (theme / name).symlink_to("../secret.key")

    with pytest.raises(ThemeBroken, match="leads out of the theme's folder"):
        load_theme(theme)


@pytest.mark.parametrize("name", ["paper.css", "words/en.toml", "templates/story.html"])
def test_a_text_that_is_not_utf8_is_named(tmp_path, name):
    """A file from an old editor stops the start with its name and line."""
    folder = a_folder(tmp_path, **{name.replace("/", "__").replace(".", "_dot_"): "\n"})
    (folder / name).write_bytes("# fine\n# naïve".encode("latin-1"))

    with pytest.raises(ThemeBroken, match=rf"{name}, line 2: this is not UTF-8"):
        load_theme(folder)


@pytest.mark.parametrize("name", ["paper.css", "logo.png", "words/en.toml", "templates/story.html"])
def test_what_cannot_be_read_is_named(tmp_path, name):
    """A folder where a file should be, say, stops the start with its name."""
    (tmp_path / name).mkdir(parents=True)

    with pytest.raises(ThemeBroken, match=f"{name} cannot be read"):
        load_theme(tmp_path)


@pytest.mark.parametrize(
    "data", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\n", b"\x89PNG\r\n\x1a\n0000IHDR"]
)
def test_a_logo_that_is_no_png_is_refused(tmp_path, data):
    """Search engines are told how large the logo is: it must say so."""
    (tmp_path / "logo.png").write_bytes(data)

    with pytest.raises(ThemeBroken, match=r"logo\.png is no PNG"):
        load_theme(tmp_path)


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


@pytest.mark.parametrize("kind", ["templates", "words", "assets"])
def test_a_file_where_a_folder_should_be_is_named(tmp_path, kind):
    """What was meant to be published or to replace something would be passed over otherwise."""
    (tmp_path / kind).write_text("<p>")

    with pytest.raises(ThemeBroken, match=f"{kind} is a file"):
        load_theme(tmp_path)


def test_folders_without_an_end_are_refused(tmp_path):
    """A link to the folder it lies in would be followed for ever."""
    folder = a_folder(tmp_path, templates__story_dot_html="<p>")
    (folder / "templates" / "again").symlink_to(".")

    with pytest.raises(ThemeBroken, match="too deep in one another"):
        load_theme(folder)


def test_what_ours_are_called_cannot_be_replaced(tmp_path):
    """A template that extends ours would extend another without a word."""
    with pytest.raises(ThemeBroken, match=r"templates/shipped/story\.html: shipped/ is what ours"):
        load_theme(a_folder(tmp_path, templates__shipped__story_dot_html="<p>"))


def test_a_folder_that_cannot_be_listed_is_named(tmp_path, monkeypatch):
    """Whoever runs the tests may list any folder: the system's no is played here."""
    folder = a_folder(tmp_path, templates__parts__slogan_dot_html="<p>")

    def refuse(_):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(type(folder), "iterdir", refuse)

    with pytest.raises(ThemeBroken, match="templates cannot be read: Permission denied"):
        texts(folder, "templates", ".html")


def test_words_in_a_folder_speak_no_language(tmp_path):
    """A file of words is called by its language alone."""
    with pytest.raises(ThemeBroken, match=r"words/de/at\.toml speaks no language"):
        load_theme(a_folder(tmp_path, words__de__at_dot_toml='by = "Von"'))


def test_a_theme_that_forgets_a_file_is_caught():
    """The generation changes with any asset: a page by the old script would be found."""
    theme = load_theme()

    assert generation(theme) != generation(replace(theme, hash="another"))
    assert text_at(page_at(STORY.address, a_paper(STORY)), "h1") == STORY.content.headline
