"""The hub of the paper's feeds is told of each change once, again where it failed, never inside."""

import json
import threading
from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest

from broadsheet.config import home
from broadsheet.config.cli import press
from broadsheet.media.fetching.guarded import PUBLIC, Fetched, Fetcher, Policy
from broadsheet.web import hub as hub_module
from broadsheet.web.hub import Follower, HubSilent, Teller
from tests.servers.newspaper import until

PAPER = "https://paper.example/"


class Hub(NamedTuple):
    """A hub that notes what it is told."""

    address: str
    forms: list[dict[str, list[str]]]
    answers: list[int]  # statuses, the last for all that follow

    def topics(self) -> list[str]:
        """Return the feeds it was told of, and forget them."""
        told = [form["hub.url"][0].removeprefix(PAPER) for form in self.forms]
        self.forms.clear()
        return told


@pytest.fixture
def hub() -> Iterator[Hub]:
    """Serve a hub."""
    forms: list[dict[str, list[str]]] = []
    answers = [204]

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            status = answers.pop(0) if len(answers) > 1 else answers[0]
            if status < 300:
                forms.append(parse_qs(body))
            self.send_response(status)
            if status == 302:
                self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    try:
        yield Hub(f"http://127.0.0.1:{server.server_address[1]}/", forms, answers)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class Paper:
    """A public folder with feeds that name a hub."""

    def __init__(self, folder: Path, hub: str) -> None:
        """Bring out the site's feeds, and a section's."""
        self.site = folder / "site"
        self.memory = folder / "hub-told.json"
        self.hub = hub
        for name in ("site", "world"):
            self.bring_out(name, "first")

    def bring_out(self, name: str, said: str) -> None:
        """Write a feed in its three forms, as the press does: each in one step."""
        (self.site / "feeds").mkdir(parents=True, exist_ok=True)
        feed = {"feed_url": f"{PAPER}feeds/{name}.json", "items": [said]}
        feed |= {"hubs": [{"type": "WebSub", "url": self.hub}]} if self.hub else {}
        for form, text in {"json": json.dumps(feed), "rss": said, "atom": said}.items():
            file = self.site / "feeds" / f"{name}.{form}"
            file.with_suffix(f".{form}.gz").write_text("packed")
            new = file.with_name(".new")
            new.write_text(text)
            new.replace(file)

    def policy(self, **changes: Any) -> Policy:
        """Return the usual policy, for which the hub's address is a public one."""
        port = urlsplit(self.hub).port
        usual = {"why_not": lambda _: "", "ports": frozenset({port})}
        return PUBLIC._replace(**(usual | changes))

    def teller(self, **changes: Any) -> Teller:
        """Return who tells, as after a start."""
        return Teller(self.site, self.memory, poster=Fetcher(self.policy(**changes)))


@pytest.fixture
def paper(tmp_path: Path, hub: Hub) -> Paper:
    """Give a paper whose hub knows what is there."""
    paper = Paper(tmp_path, hub.address)
    assert 0 == paper.teller().look()
    return paper


def test_what_changed_is_told_once_the_site_s_own_first(paper: Paper, hub: Hub):
    """Every form of a feed that changed is told; looking or starting again tells nothing."""
    paper.bring_out("world", "second")
    paper.bring_out("site", "second")
    teller = paper.teller()

    assert 6 == teller.look()

    told = hub.topics()
    assert {f"feeds/site.{form}" for form in ("rss", "atom", "json")} == set(told[:3])
    assert {f"feeds/world.{form}" for form in ("rss", "atom", "json")} == set(told[3:])
    assert 0 == teller.look()
    assert 0 == paper.teller().look()
    assert [] == hub.topics()


def test_the_form_is_what_hubs_read(paper: Paper, hub: Hub):
    """A hub is told by the names that hubs of either generation know."""
    paper.bring_out("site", "second")

    paper.teller().look()

    topic = [f"{PAPER}feeds/site.atom"]
    assert {"hub.mode": ["publish"], "hub.url": topic, "hub.topic": topic} in hub.forms


def test_what_was_there_before_the_hub_is_no_news(paper: Paper, hub: Hub):
    """Neither at the first look, nor when the paper names another hub."""
    paper.hub = hub.address + "another"
    for name in ("site", "world"):
        paper.bring_out(name, "second")

    assert 0 == paper.teller().look()
    assert [] == hub.topics()


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_hub_that_refuses_is_owed(paper: Paper, hub: Hub, status: int):
    """What it took before is not told again; the rest is, by the same process and by the next."""
    paper.bring_out("site", "second")
    hub.answers[:] = [204, status, 204]
    teller = paper.teller()

    with pytest.raises(HubSilent):
        teller.look()
    before = hub.topics()
    teller.look()

    assert 1 <= len(before) < 3
    assert {"feeds/site.atom", "feeds/site.rss", "feeds/site.json"} == {*before, *hub.topics()}


class Careless(Fetcher):
    """Takes whatever a hub answers for a yes."""

    def post(self, address: str, *, form: Mapping[str, str]) -> Fetched:
        """Send a form, and say that it was taken."""
        return super().post(address, form=form)._replace(status=204)


def test_a_teller_that_takes_a_refusal_for_a_yes_would_be_found(paper: Paper, hub: Hub):
    """The broken twin: what the hub refused is never told again."""
    paper.bring_out("site", "second")
    hub.answers[:] = [500, 500, 500, 204]
    teller = Teller(paper.site, paper.memory, poster=Careless(paper.policy()))

    teller.look()
    teller.look()

    assert [] == hub.topics()


def test_a_hub_inside_our_own_network_is_not_asked(paper: Paper, hub: Hub):
    """The hub's address is somebody's word: it leads to no machine beside us."""
    paper.bring_out("site", "second")

    with pytest.raises(HubSilent, match=r"127\.0\.0\.1"):
        paper.teller(why_not=PUBLIC.why_not).look()

    assert [] == hub.topics()


def test_a_paper_without_a_hub_tells_nobody(tmp_path: Path, hub: Hub):
    """Nothing is read but one feed, and nothing kept."""
    paper = Paper(tmp_path, "")
    paper.bring_out("site", "second")

    assert 0 == paper.teller().look()
    assert not paper.memory.exists()


def test_a_feed_the_hub_refuses_keeps_no_other_from_it(paper: Paper, hub: Hub):
    """One refusal is no silence: the feeds after it are told in the same look."""
    paper.bring_out("site", "second")
    paper.bring_out("world", "second")
    hub.answers[:] = [422, 204]

    with pytest.raises(HubSilent, match="422"):
        paper.teller().look()

    assert 5 == len(hub.topics())


@pytest.mark.parametrize("left", ["", "[]", "{", pytest.param("[" * 100_000, id="nested")])
def test_a_feed_a_power_cut_left_ends_nothing(
    paper: Paper, hub: Hub, left: str, caplog: pytest.LogCaptureFixture
):
    """It is told in the log; once the press has mended it, what changed meanwhile is told."""
    (paper.site / "feeds" / "site.json").write_text(left)
    follower = Follower(paper.teller().look)

    follower.follow(0)
    before = caplog.text.count("tried again in 60 s")
    paper.bring_out("site", "second")
    follower.follow(61)

    assert 1 == before
    assert 3 == len(hub.topics())


def test_another_hub_is_begun_with_by_the_same_process(paper: Paper, hub: Hub):
    """What stood before the paper named it is no news to it, also after a start."""
    teller = paper.teller()
    teller.look()
    paper.hub = hub.address + "another"
    paper.bring_out("site", "second")

    assert 0 == teller.look()
    assert 0 == paper.teller().look()
    assert [] == hub.topics()


def test_many_changes_are_told_by_and_by(paper: Paper, hub: Hub):
    """A change of every feed is told in several looks, none of them twice."""
    for number in range(20):
        paper.bring_out(f"author-{number}", "new")
    teller = paper.teller()

    looks = [teller.look() for _ in range(4)]

    assert [30, 30, 0, 0] == looks
    assert 60 == len(set(hub.topics()))


@pytest.mark.parametrize(
    "left",
    ["", "{", "[]", "[" * 100_000, '{"hub": null, "told": {}}', '{"hub": "HUB", "told": []}'],
    ids=["empty", "cut off", "a list", "nested", "no hub", "nothing told"],
)
def test_a_damaged_memory_owes_everything(paper: Paper, hub: Hub, left: str):
    """What was owed when the power went is told, with all else: never lost, rather told twice."""
    paper.bring_out("world", "second")  # and nobody looked since
    paper.memory.write_text(left.replace("HUB", hub.address))

    assert 6 == paper.teller().look()
    assert {"feeds/world.rss", "feeds/world.atom", "feeds/world.json"} < set(hub.topics())
    assert 0 == paper.teller().look()


def test_a_memory_damaged_at_work_owes_everything(paper: Paper, hub: Hub):
    """A teller that looked at every feed before looks again once its memory is gone."""
    teller = paper.teller()
    teller.look()
    paper.memory.write_text("{")

    assert 6 == teller.look()
    assert 0 == teller.look()


def test_a_silent_hub_is_asked_less_and_less(caplog: pytest.LogCaptureFixture):
    """After a minute, then two, an hour at most; each time the log says why."""
    looks: list[float] = []
    now_s = 0.0

    def look() -> int:
        looks.append(now_s)
        message = "the hub is away"
        raise HubSilent(message)

    follower = Follower(look)
    while now_s < 4 * 3600:
        follower.follow(now_s)
        now_s += 5

    assert [0, 60, 180, 420, 900, 1860, 3780, 7380, 10980] == looks
    assert "the hub is away; tried again in 60 s" in caplog.text


def test_the_press_tells_and_never_inside(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
):
    """`broadsheet work` looks beside its work, with the guard on; the log says what it refused."""
    paper = Paper(tmp_path, hub.address)
    paper.teller().look()
    here = home.Home(tmp_path)
    here.run.mkdir()
    paper.memory.replace(here.hub_told)
    paper.bring_out("site", "second")
    monkeypatch.setenv("BROADSHEET_HOME", str(tmp_path))
    monkeypatch.setattr(hub_module, "LOOKS_EVERY_S", 0.02)
    stopping = threading.Event()

    following = press.tell_the_hub(stopping)
    until(lambda: "tried again in 60 s" in caplog.text, what="a refusal in the log", within_s=20)
    stopping.set()
    following.join(10)

    assert not following.is_alive()
    assert "was not told of https://paper.example/feeds/site.atom" in caplog.text
    assert [] == hub.topics()
