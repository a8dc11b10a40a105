"""
Records what a projection read, so that a change re-renders only what read it.

Facts are a closed vocabulary about inputs, never about another output: dependencies
have depth one. A fact is named by a string, kind/id/facet; what it said is kept as a
fingerprint. A window is a stretch of a list: it is crossed by any member that enters,
leaves or changes between its bounds. Reading something absent is recorded like any
other reading, and so is found out of date when the thing appears.
"""

from collections.abc import Container, Sequence
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from broadsheet.projections.facets import (
    ABSENT,
    HIGHEST,
    LOWEST,
    MENU,
    POLICIES,
    Fact,
    Fingerprint,
    MenuEntry,
    PolicyEntry,
    StoryAddress,
    StoryBody,
    StoryCard,
    StoryTranslation,
    address_of,
    body_of,
    card_of,
    days_fact,
    earlier_fact,
    facets,
    fact,
    fingerprint,
    instant_text,
    key_text,
    lastmods_fact,
    months_fact,
    neighbors_fact,
    portrayed_fact,
    translation_of,
)
from broadsheet.projections.lists import (
    MONTH_IS_CUT_ABOVE,
    Key,
    ListName,
    Member,
    Period,
    bounds,
)
from broadsheet.projections.state import PeriodEntry, State
from broadsheet.story.ids import Address, AuthorId, PictureId, SectionId, StoryId, TopicId
from broadsheet.story.records import (
    PAPER,
    Author,
    Front,
    NewsWindow,
    Picture,
    Policy,
    PolicyPurpose,
    Record,
    Section,
    Settings,
    Story,
    Topic,
)

KEPT_FINGERPRINTS = 50_000  # about 15 MB


class Window(NamedTuple):
    """A stretch of a list, low <= key < high, as sortable texts."""

    name: ListName
    low: str
    high: str


class Fingerprints:
    """
    What facts about records said when they were read last, for as long as a record lives.

    A story's card is read by a dozen objects; its fingerprint is made once.
    """

    def __init__(self) -> None:
        """Start with none known."""
        self._known: dict[Fact, tuple[Record, Fingerprint]] = {}

    def of(self, record: Record, name: Fact) -> Fingerprint:
        """Return what a fact about a record says."""
        known = self._known.get(name)
        if known is not None and known[0] is record:
            return known[1]
        said = fingerprint(facets(record)[name])
        if len(self._known) >= KEPT_FINGERPRINTS:
            self._known.clear()
        self._known[name] = record, said
        return said


class Facts:
    """
    Reads the state for one object and records each reading.

    Make one for each rendering; afterwards `facts` and `windows` are the object's trace.
    """

    def __init__(
        self,
        state: State,
        fingerprints: Fingerprints | None = None,
        *,
        pictures_under: str = "",
    ) -> None:
        """
        Start with nothing read; fingerprints may be shared by all who read this state.

        pictures_under goes before the address of every picture file: a preview's pictures
        are not on the site yet.
        """
        self._state = state
        self._fingerprints = fingerprints or Fingerprints()
        self.pictures_under = pictures_under
        self.facts: dict[Fact, Fingerprint] = {}
        self.windows: set[Window] = set()

    def story_address(self, story: StoryId) -> StoryAddress | None:
        """Return where a story is, None if it was never published."""
        record = self._record("story", story, "address")
        return address_of(record) if isinstance(record, Story) else None

    def story_card(self, story: StoryId) -> StoryCard | None:
        """Return what lists show of a story, None if it was never published."""
        record = self._record("story", story, "card")
        return card_of(record) if isinstance(record, Story) else None

    def story_body(self, story: StoryId) -> StoryBody | None:
        """Return what only the story's page shows, None if it was never published."""
        record = self._record("story", story, "body")
        return body_of(record) if isinstance(record, Story) else None

    def story_translation(self, story: StoryId) -> StoryTranslation | None:
        """Return what a story's translations link to, None if it was never published."""
        record = self._record("story", story, "translations")
        return translation_of(record) if isinstance(record, Story) else None

    def section(self, section: SectionId) -> Section | None:
        """Return a whole section."""
        record = self._record("section", section, "whole")
        return record if isinstance(record, Section) else None

    def section_card(self, section: SectionId) -> MenuEntry | None:
        """Return a section's name and address."""
        record = self._record("section", section, "card")
        if not isinstance(record, Section):
            return None
        return MenuEntry(record.id, record.name, record.address)

    def author(self, author: AuthorId) -> Author | None:
        """Return a whole author."""
        record = self._record("author", author, "whole")
        return record if isinstance(record, Author) else None

    def author_card(self, author: AuthorId) -> tuple[str, Address, str] | None:
        """Return an author's name, address and role."""
        record = self._record("author", author, "card")
        return (record.name, record.address, record.role) if isinstance(record, Author) else None

    def topic(self, topic: TopicId) -> Topic | None:
        """Return a whole topic."""
        record = self._record("topic", topic, "whole")
        return record if isinstance(record, Topic) else None

    def topic_card(self, topic: TopicId) -> tuple[str, Address] | None:
        """Return a topic's name and address."""
        record = self._record("topic", topic, "card")
        return (record.name, record.address) if isinstance(record, Topic) else None

    def picture(self, picture: PictureId) -> Picture | None:
        """Return a whole picture."""
        record = self._record("picture", picture, "whole")
        return record if isinstance(record, Picture) else None

    def portrayed_in(self, picture: PictureId) -> tuple[AuthorId, ...]:
        """Return the authors whose avatar a picture is."""
        authors = tuple(map(AuthorId, self._state.portrayed_in(picture)))
        self.facts[portrayed_fact(picture)] = fingerprint(authors)
        return authors

    def setting(self, field: str) -> str | tuple[str, ...]:
        """
        Return one of the paper's settings.

        Raises:
            LookupError: the paper has no settings yet; nothing can be rendered.

        """
        record = self._record("settings", PAPER, field)
        if not isinstance(record, Settings):
            message = "the paper has no settings in its log"
            raise LookupError(message)
        return getattr(record, field)  # type: ignore[no-any-return]  # field types vary

    def zone(self) -> ZoneInfo:
        """Return the paper's time zone."""
        return ZoneInfo(str(self.setting("time_zone")))

    def news_opens_at(self) -> datetime | None:
        """Return from when on stories are news; None before the first window."""
        record = self._record("news-window", PAPER, "opens_at")
        return record.opens_at if isinstance(record, NewsWindow) else None

    def front(self, front: str) -> Front | None:
        """Return how a front is arranged by hand, None if it never was."""
        record = self._record("front", front, "whole")
        return record if isinstance(record, Front) else None

    def menu(self) -> tuple[MenuEntry, ...]:
        """Return all sections in their order."""
        entries = menu_of(self._state)
        self.facts[MENU] = fingerprint(entries)
        return entries

    def policies(self) -> tuple[PolicyEntry, ...]:
        """Return the policy pages there are, in the order of their purposes."""
        entries = policies_of(self._state)
        self.facts[POLICIES] = fingerprint(entries)
        return entries

    def policy(self, purpose: PolicyPurpose) -> Policy | None:
        """Return a whole policy, None if the paper never wrote one."""
        record = self._record("policy", purpose.value, "whole")
        return record if isinstance(record, Policy) else None

    def newest(self, name: ListName, *, limit: int) -> Sequence[Member]:
        """Return a list's newest members; crossed by any that enters above the last."""
        members = self._state.newest(name, limit=limit, before=None)
        low = key_text(members[-1].key) if len(members) == limit else LOWEST
        self.windows.add(Window(name, low, HIGHEST))
        return members

    def newest_besides(
        self, name: ListName, besides: Container[StoryId], *, limit: int, most_besides: int
    ) -> Sequence[Member]:
        """
        Return a list's newest members but for some, at most limit.

        besides holds at most most_besides stories. Reads limit + most_besides members at most,
        and is crossed by those that enter above the last one returned.
        """
        if limit <= 0:
            return ()
        read = self._state.newest(name, limit=limit + most_besides, before=None)
        members = [member for member in read if member.story not in besides][:limit]
        low = key_text(members[-1].key) if len(members) == limit else LOWEST
        self.windows.add(Window(name, low, HIGHEST))
        return members

    def older_than(self, name: ListName, key: Key, *, limit: int) -> Sequence[Member]:
        """Return the members just older than a key; crossed by any between."""
        members = self._state.newest(name, limit=limit, before=key)
        low = key_text(members[-1].key) if len(members) == limit else LOWEST
        self.windows.add(Window(name, low, key_text(key)))
        return members

    def since(self, name: ListName, low: datetime) -> Sequence[Member]:
        """Return the members first published at a time or later."""
        self.windows.add(Window(name, instant_text(low), HIGHEST))
        return self._state.between(name, low=low, high=datetime.max.replace(tzinfo=low.tzinfo))

    def period(self, name: ListName, period: Period) -> Sequence[Member]:
        """Return the members of one calendar month or day, newest first."""
        low, high = bounds(period, self.zone())
        self.windows.add(Window(name, instant_text(low), instant_text(high)))
        return self._state.between(name, low=low, high=high)

    def months(self, name: ListName) -> tuple[Period, ...]:
        """Return the months that have members, newest first."""
        months = tuple(entry.period for entry in self._state.months(name))
        self.facts[months_fact(name)] = fingerprint(months)
        return months

    def lastmods(self, name: ListName) -> tuple[tuple[Period, datetime], ...]:
        """Return each month, or day of the newest if it is cut, and its newest update."""
        lastmods = lastmods_of(self._state, name)
        self.facts[lastmods_fact(name)] = fingerprint(lastmods)
        return lastmods

    def days(self, name: ListName, month: Period) -> tuple[Period, ...]:
        """Return the days a month is cut into, newest first; none if it is not cut."""
        days = days_of(self._state, name, month)
        self.facts[days_fact(name, month)] = fingerprint(days)
        return days

    def neighbors(self, name: ListName, month: Period) -> tuple[Period | None, Period | None]:
        """Return the nearest months with members before and after one."""
        neighbors = neighbors_of(self._state, name, month)
        self.facts[neighbors_fact(name, month)] = fingerprint(neighbors)
        return neighbors

    def earlier(self, name: ListName, month: Period) -> Period | None:
        """Return the nearest month with members before one, whatever comes after it."""
        earlier, _ = neighbors_of(self._state, name, month)
        self.facts[earlier_fact(name, month)] = fingerprint(earlier)
        return earlier

    def _record(self, kind: str, record_id: str, facet: str) -> Record | None:
        record = self._state.record(kind, record_id)
        name = fact(kind, record_id, facet)
        if name not in self.facts:
            self.facts[name] = ABSENT if record is None else self._fingerprints.of(record, name)
        return record


def lastmods_of(state: State, name: ListName) -> tuple[tuple[Period, datetime], ...]:
    """
    Return what the lastmods fact of a list says.

    Only the newest month is cut into days: the rest would make it as long as the archive.
    """
    months = state.months(name)
    if months and months[0].members > MONTH_IS_CUT_ABOVE:
        months = (*state.days(name, months[0].period), *months[1:])
    return tuple((entry.period, entry.updated_at) for entry in months)


def days_of(state: State, name: ListName, month: Period) -> tuple[Period, ...]:
    """Return what the days fact of a list's month says."""
    days: Sequence[PeriodEntry] = state.days(name, month)
    if sum(entry.members for entry in days) <= MONTH_IS_CUT_ABOVE:
        return ()
    return tuple(entry.period for entry in days)


def neighbors_of(
    state: State, name: ListName, month: Period
) -> tuple[Period | None, Period | None]:
    """Return what the neighbors fact of a list's month says."""
    months = [entry.period for entry in state.months(name)]
    before = max((m for m in months if m < month), default=None)
    after = min((m for m in months if m > month), default=None)
    return before, after


def menu_of(state: State) -> tuple[MenuEntry, ...]:
    """Return what the menu fact says: all sections in their order."""
    sections = [state.record("section", section) for section in state.sections()]
    ordered = sorted(
        (s for s in sections if isinstance(s, Section)), key=lambda s: (s.position, s.id)
    )
    return tuple(MenuEntry(s.id, s.name, s.address) for s in ordered)


def policies_of(state: State) -> tuple[PolicyEntry, ...]:
    """Return what the policies fact says: those that have a text."""
    found = (state.record("policy", purpose) for purpose in _PURPOSES)
    return tuple(
        PolicyEntry(policy.purpose, policy.title, policy.address)
        for policy in found
        if isinstance(policy, Policy) and policy.body
    )


_PURPOSES = tuple(purpose.value for purpose in PolicyPurpose)
