"""Where objects lie in the public tree, and which texts can be keys at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadsheet.surfaces.website.layout import NotAKey, key_of, path_of


@pytest.mark.parametrize(
    ("key", "path"),
    [
        ("/", "index.html"),
        ("/world/", "world/index.html"),
        ("/2026/11/22/a-story/", "2026/11/22/a-story/index.html"),
        ("/feeds/world.rss", "feeds/world.rss"),
        ("/2019/old-address", "2019/old-address"),
        ("/2026/11/22/தமிழ்-செய்தி/", "2026/11/22/தமிழ்-செய்தி/index.html"),
        ("/100%25/", "100%25/index.html"),
    ],
)
def test_a_key_is_its_path(key, path):
    """A page is the index of its folder, anything else a file, both under the key's own text."""
    assert path == path_of(key)
    assert key == key_of(path)


@pytest.mark.parametrize(
    "key",
    [
        "",
        "world/",
        "//world/",
        "/world//a/",
        "/../etc/passwd",
        "/world/../../a",
        "/world/./a",
        "/.hidden/",
        "/world/.writing",
        "/a\x00b/",
        "/a\nb/",
        "/a\u202eb/",
        "/a\\b/",
        "/a\ufffdb/",
        "/half-\ud83d/",
        "/world/index.html",
        "/world/page.gz",
        "/world/page.br",
        "/world/page.301",
        "/world/page.410",
        f"/{'a' * 250}/",
        "/a" * 1001,
    ],
)
def test_hostile_texts_are_no_keys(key):
    """A text that could name another file, or none, is refused with its reason."""
    with pytest.raises(NotAKey, match="is not a key of the site: "):
        path_of(key)


@pytest.mark.parametrize("suffix", ["", ".br", ".gz", ".301", ".410"])
def test_every_file_of_an_object_tells_its_key(suffix):
    """Page, encodings, move and tombstone of one key are found again as that key."""
    assert "/world/" == key_of(f"world/index.html{suffix}")
    assert "/feeds/world.rss" == key_of(f"feeds/world.rss{suffix}")


@given(st.text(alphabet=st.sampled_from("ab/.%é\x00\\"), max_size=12))
def test_no_text_leaves_the_tree_and_no_two_share_a_file(text):
    """Whatever the text: it is refused, or lies inside the tree and leads back to itself."""
    key = f"/{text}"
    try:
        path = path_of(key)
    except NotAKey:
        return

    assert ".." not in path.split("/")
    assert not path.startswith("/")
    assert key == key_of(path)
