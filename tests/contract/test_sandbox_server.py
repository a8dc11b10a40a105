"""The sandbox network's own manners: who may ask what, how large, and what people see."""

import time

import httpx
import pytest
from selectolax.lexbor import LexborHTMLParser

from broadsheet.reconciler.ports import Exactness
from broadsheet.surfaces.sandbox.server.entry import BODY_LIMIT_BYTES
from tests.contract.sandbox_world import NO_TLS, TOKEN, SandboxWorld


@pytest.fixture
def account_of(sandbox_server):
    """Give a function that makes an account, and its world beside a client for its API."""
    opened = []

    def account(rules="mastodon", exactness="D", *, key_life_s=3600.0):
        world = SandboxWorld(sandbox_server, rules=rules, exactness=Exactness(exactness))
        if key_life_s != 3600.0:
            changed = world.account._replace(key_life_s=key_life_s)
            world.administration.set_account(changed, title="Short-lived")
        client = httpx.Client(
            base_url=f"{sandbox_server.base_url}/api/{world.account.name}",
            headers={"Authorization": f"Bearer {TOKEN}"},
            verify=NO_TLS,
            trust_env=False,
        )
        opened.extend((world, client))
        return world, client

    yield account
    for each in opened:
        each.close()


@pytest.fixture
def administer(sandbox_server):
    """Give a function that posts anything at all to the administration."""
    with httpx.Client(
        base_url=f"{sandbox_server.base_url}/admin/accounts",
        headers={"Authorization": f"Bearer {sandbox_server.admin_token}"},
        verify=NO_TLS,
        trust_env=False,
    ) as client:
        yield lambda path, wanted: client.post(path, json=wanted)


@pytest.fixture
def visit(sandbox_server):
    """Give a function that opens a page as a reader would."""
    with httpx.Client(base_url=sandbox_server.base_url, verify=NO_TLS, trust_env=False) as client:
        yield client.get


def test_only_the_token_opens_an_account(account_of):
    """Another token, none, or no such account all get the same refusal."""
    _, client = account_of()
    none = client.get("/posts", headers={"Authorization": ""})
    wrong = client.get("/posts", headers={"Authorization": "Bearer é".encode()})
    nobody = client.get("../nobody/posts")

    assert [401, 401, 401] == [none.status_code, wrong.status_code, nobody.status_code]
    assert none.json() == wrong.json() == nobody.json()


def test_only_the_administrator_sets_accounts(sandbox_server):
    """An account's own token sets nothing."""
    answer = httpx.put(
        f"{sandbox_server.base_url}/admin/accounts/mine",
        headers={"Authorization": f"Bearer {TOKEN}"},
        json={"rules": "x", "exactness": "A", "token": TOKEN},
        verify=NO_TLS,
        trust_env=False,
    )

    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (b"", "not-a-post"),
        (b"[" * 60_000, "not-a-post"),
        (b'{"text":7}', "not-a-post"),
        (b'{"text":""}', "empty"),
        (b'{"text":"a","link":"javascript:alert(1)"}', "bad-link"),
        (b'{"text":"a","link":"http://["}', "bad-link"),
        (b'{"text":"a","card":{"title":"T"}}', "card-without-link"),
        (b'{"text":"a","pictures":[{},{},{},{},{}]}', "too-many-pictures"),
        (b'{"text":"%b"}' % (b"a" * 501), "text-too-long"),
        (b'{"text":"%b"}' % (b"a" * BODY_LIMIT_BYTES), "too-large"),
    ],
    ids=[
        "nothing",
        "too deep",
        "another type",
        "empty",
        "a script for a link",
        "no address",
        "a card to nowhere",
        "five pictures",
        "501 characters",
        "too large",
    ],
)
def test_what_is_no_post_is_refused_with_a_reason(account_of, body, code):
    """A refusal is JSON with a code for programs and words for people."""
    _, client = account_of()

    answer = client.post("/posts", content=body)

    assert 400 <= answer.status_code < 500
    assert answer.json()["error"]["code"] == code
    assert answer.json()["error"]["message"]


@pytest.mark.parametrize(
    ("rules", "fits", "too_long"),
    [
        ("bluesky", "👨‍👩‍👧‍👦" * 120, "👨‍👩‍👧‍👦" * 121),
        ("bluesky", "é" * 300, "é" * 301),
        ("mastodon", "a" * 476 + " https://paper.example/" + "x" * 500, "a" * 501),
        ("x", "新" * 140, "新" * 141),
    ],
    ids=["Bluesky's bytes", "Bluesky's characters", "Mastodon's links", "X's weights"],
)
def test_texts_are_measured_as_the_network_does(account_of, rules, fits, too_long):
    """The longest text a network takes is taken, and one more character is not."""
    _, client = account_of(rules)

    taken = client.post("/posts", json={"text": fits})
    refused = client.post("/posts", json={"text": too_long})

    assert [201, 422] == [taken.status_code, refused.status_code]


def test_a_key_gives_the_same_post_until_its_life_is_over(account_of):
    """A dedupe key works as long as it lives, and no longer."""
    _, client = account_of(exactness="B", key_life_s=0.5)
    key = {"Idempotency-Key": "story-1"}

    first = client.post("/posts", json={"text": "once"}, headers=key).json()
    again = client.post("/posts", json={"text": "once"}, headers=key).json()
    time.sleep(0.6)
    late = client.post("/posts", json={"text": "once"}, headers=key).json()

    assert first == again
    assert first != late


def test_a_key_whose_post_was_withdrawn_makes_no_other(account_of):
    """A retry that arrives after the withdrawal does not bring the post back."""
    world, client = account_of(exactness="B")
    key = {"Idempotency-Key": "story-1"}
    made = client.post("/posts", json={"text": "once"}, headers=key).json()
    client.delete(f"/posts/{made['id']}")

    answer = client.post("/posts", json={"text": "once"}, headers=key)

    assert (410, "withdrawn") == (answer.status_code, answer.json()["error"]["code"])
    assert world.shown() == ()


def test_a_container_shows_how_it_stands(account_of):
    """A container is invisible until published, and cannot be once its life is over."""
    world, client = account_of(exactness="C", key_life_s=0.5)
    one = client.post("/containers", json={"text": "one"}).json()["id"]
    two = client.post("/containers", json={"text": "two"}).json()["id"]

    before = client.get(f"/containers/{one}").json()["status"], world.shown()
    client.post(f"/containers/{one}/publish")
    after = client.get(f"/containers/{one}").json()["status"], len(world.shown())
    time.sleep(0.6)
    expired = client.post(f"/containers/{two}/publish").json()["error"]["code"]

    assert before == ("FINISHED", ())
    assert after == ("PUBLISHED", 1)
    assert expired == "container-expired"


def test_a_record_is_made_once_and_never_made_over(account_of):
    """Creating under a taken id with other words is refused; with the same it changes nothing."""
    world, client = account_of(exactness="A")
    new = {"If-None-Match": "*"}

    answers = [
        client.put("/records/story-1", content=body, headers=new).status_code
        for body in (b'{"text":"one"}', b'{"text":"one"}', b'{"text":"two"}')
    ]
    blind = client.put("/records/story-1", json={"text": "two"}).status_code

    assert answers == [201, 200, 412]
    assert blind == 428
    assert world.shown() == (b'{"text":"one"}',)


def test_x_refuses_to_say_the_same_twice(account_of):
    """The same words again are a duplicate."""
    world, client = account_of("x")
    client.post("/posts", json={"text": "same"})

    answer = client.post("/posts", json={"text": "same"})

    assert (403, "duplicate") == (answer.status_code, answer.json()["error"]["code"])
    assert len(world.shown()) == 1


@pytest.mark.parametrize(
    ("exactness", "method", "path"),
    [("A", "POST", "/posts"), ("C", "POST", "/posts"), ("D", "POST", "/containers")],
)
def test_a_class_has_its_own_way_to_post(account_of, exactness, method, path):
    """A way that is another class's is refused, and says which is right."""
    _, client = account_of(exactness=exactness)

    answer = client.request(method, path, json={"text": "words"})

    assert (409, "wrong-class") == (answer.status_code, answer.json()["error"]["code"])


def test_an_account_with_posts_cannot_change_how_they_are_named(account_of):
    """Class A names posts otherwise than the others, so that change needs a new account."""
    world, client = account_of(exactness="D")
    client.post("/posts", json={"text": "words"})

    with pytest.raises(httpx.HTTPStatusError, match="409"):
        world.administration.set_account(
            world.account._replace(exactness=Exactness.NATURAL_ID), title="Changed"
        )


@pytest.mark.parametrize("name", ["UPPER", "a/b", "-a", "a" * 61])
def test_a_name_that_is_none_is_refused(account_of, name):
    """Names stand in addresses, so they are small letters, digits and dashes."""
    world, _ = account_of()

    with pytest.raises(httpx.HTTPStatusError, match=r"40[04]"):
        world.administration.set_account(world.account._replace(name=name), title="Odd")


@pytest.mark.parametrize(
    "fault",
    [
        {"kind": "explode"},
        {"kind": "late", "seconds": -1},
        {"kind": "late", "seconds": 1e9},
        {"kind": "drop-after", "operation": "fly"},
        {"kind": "drop-after", "times": 0},
        {"kind": "drop-after", "colour": "red"},
    ],
    ids=["kind", "past", "far", "operation", "times", "unknown"],
)
def test_a_fault_that_is_none_is_refused(account_of, administer, fault):
    """A fault nobody knows would look like a network that works."""
    world, _ = account_of()

    answer = administer(f"/{world.account.name}/faults", fault)

    assert (400, "bad-settings") == (answer.status_code, answer.json()["error"]["code"])


def test_faults_strike_in_their_order_and_then_no_more(account_of):
    """Each fault spoils its number of matching requests, then the next one does."""
    world, client = account_of()
    world.administration.spoil(world.account.name, "throttle", operation="create", times=2)
    world.administration.spoil(world.account.name, "fail-before", operation="create")

    statuses = [client.post("/posts", json={"text": f"n {n}"}).status_code for n in range(4)]

    assert [429, 429, 500, 201] == statuses


def test_an_account_that_is_down_stays_down_until_told(account_of):
    """A network that is down answers nobody, for as long as it is."""
    world, client = account_of()
    world.administration.spoil(world.account.name, "down")

    for _ in range(3):
        with pytest.raises(httpx.RemoteProtocolError):
            client.get("/posts")
    world.administration.behave(world.account.name)

    assert client.get("/posts").status_code == 200


def test_a_page_goes_on_where_the_last_one_ended(account_of):
    """Posts that come meanwhile neither hide nor repeat one."""
    world, client = account_of()
    world.crowd()

    first = client.get("/posts").json()
    client.post("/posts", json={"text": "meanwhile"})
    ids = [post["id"] for post in first["posts"]]
    cursor = first["cursor"]
    while cursor is not None:
        page = client.get(f"/posts?cursor={cursor}").json()
        ids += [post["id"] for post in page["posts"]]
        cursor = page["cursor"]

    assert sorted(set(ids), key=int, reverse=True) == ids
    assert len(ids) == 12


def test_readers_see_a_post_with_everything_it_shows(account_of, visit):
    """Text, card, alternative texts and both times stand on the page, escaped."""
    world, client = account_of()
    link = "https://paper.example/s/?d=abcdefgh&x=1"
    post = {
        "text": "<b>Tram</b> & bridge",
        "link": link,
        "card": {"title": "Council approves", "description": "Work starts.", "link": link},
        "pictures": [{"sha256": "ab", "alternative_text": 'A "tram"'}, {"sha256": "cd"}],
        "language": "en",
    }
    made = client.post("/posts", json=post).json()["id"]
    client.patch(f"/posts/{made}", json=post | {"text": "<i>Tram</i>, corrected"})

    page = visit(f"/@{world.account.name}").text

    assert "&lt;i&gt;Tram&lt;/i&gt;, corrected" in page
    assert "<i>" not in page
    assert 'href="https://paper.example/s/?d=abcdefgh&amp;x=1"' in page
    assert "A &#34;tram&#34;" in page
    assert "No alternative text." in page
    assert "edited <time" in page


def test_words_on_a_page_are_those_posted(account_of, visit):
    """Spaces, line ends and addresses stand as they were written; addresses lead there."""
    world, client = account_of()
    text = "  two lines\n\nhttps://paper.example/s/?d=abcdefgh end  "
    client.post("/posts", json={"text": text})

    page = LexborHTMLParser(visit(f"/@{world.account.name}").text)

    shown = page.css_first("article .text")
    assert shown is not None
    assert shown.text() == text
    assert shown.css_first("a").attributes["href"] == "https://paper.example/s/?d=abcdefgh"


def test_an_account_without_posts_says_what_to_do(account_of, visit):
    """An empty timeline tells how something comes to stand there."""
    world, _ = account_of()

    assert "Publish a story" in visit(f"/@{world.account.name}").text


@pytest.mark.parametrize("path", ["/", "/@nobody-here", "/@a?before=x"])
def test_pages_let_nothing_else_in(visit, path):
    """Every page has a policy under which only the one style sheet loads."""
    page = visit(path)

    policy = page.headers["content-security-policy"]
    assert policy.startswith("default-src 'none'; style-src 'self';")
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert "<script" not in page.text


def test_a_style_sheet_is_where_pages_say(visit):
    """The one style sheet is served as what it is."""
    assert visit("/sandbox.css").headers["content-type"].startswith("text/css")


@pytest.mark.parametrize("path", ["/api", "/admin/accounts/", "/nowhere"])
def test_an_address_that_is_none_says_so_in_json(visit, path):
    """What is not there is told to programs as well as the rest."""
    answer = visit(path)

    assert (404, "no-such-address") == (answer.status_code, answer.json()["error"]["code"])
