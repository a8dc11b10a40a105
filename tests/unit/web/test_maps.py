"""What other servers are told of moved addresses is what the markers say, and starts no fault."""

import pytest

from broadsheet.web.maps import Move, for_caddy, for_nginx, moves_of

PLAIN = Move("/old/", "/new/")


def a_marker(site, path, says):
    """Write a marker into a tree."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_bytes(says)


def test_moves_are_read_from_the_tree(tmp_path):
    """A page's and a file's marker name the address asked for, and where it leads, encoded."""
    a_marker(tmp_path, "b/index.html.301", "/خط/".encode())
    a_marker(tmp_path, "a/page.php.301", b"/a b$/")

    found = moves_of(tmp_path)

    encoded = (Move("/a/page.php", "/a%20b%24/"), Move("/b/", "/%D8%AE%D8%B7/"))
    assert (encoded, ()) == found


@pytest.mark.parametrize(
    "says", [b"", b"elsewhere", b"https://elsewhere.example/", b"//elsewhere/", b"/\xff/", b"/a\n/"]
)
def test_a_damaged_marker_redirects_nobody(tmp_path, says):
    """A marker that holds no path of this site is named, and led nowhere by."""
    a_marker(tmp_path, "b/index.html.301", says)

    assert ((), ("b/index.html.301",)) == moves_of(tmp_path)


def test_what_is_being_written_is_not_read(tmp_path):
    """The folder in which files wait to be renamed holds no moves yet."""
    a_marker(tmp_path, ".writing/x.301", b"/new/")

    assert ((), ()) == moves_of(tmp_path)


def test_nginx_is_told_exactly_where_case_alone_differs():
    """Only addresses that differ in nothing but case are expressions, which nginx compares so."""
    told = for_nginx([Move("/Old/", "/a/"), Move("/old/", "/b/"), Move("/x/", "/c/")])

    assert (
        '"~^\\\\Q/Old/\\\\E$" "/a/";\n"~^\\\\Q/old/\\\\E$" "/b/";\n"/x/" "/c/";\n',
        (),
    ) == told


def test_what_nginx_could_not_read_is_left_out():
    """A word longer than nginx reads is named, and the others are told."""
    long = Move("/long/", "/" + "%D8%AE" * 700 + "/")

    assert ('"/old/" "/new/";\n', ("/long/",)) == for_nginx([long, PLAIN])


@pytest.mark.parametrize("address", ["/`/", "/{$HOME}/"])
def test_what_caddy_could_not_read_is_left_out(address):
    """An address that would mean something in a Caddyfile is named, and the others are told."""
    told = for_caddy([Move(address, "/new/"), PLAIN])

    assert ('`/old/` `/new/`\ndefault ""\n', (address,)) == told
