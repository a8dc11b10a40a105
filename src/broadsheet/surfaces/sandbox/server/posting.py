"""
What the sandbox network does with posts, by the account's class.

Each act is one transaction: it is done wholly, or declined and nothing is changed. Faults
are none of this module's business; they spoil answers, or the time an act takes place.
"""

from datetime import datetime, timedelta
from typing import Any

import msgspec

from broadsheet.surfaces.sandbox.payload import parsed
from broadsheet.surfaces.sandbox.rules import NETWORKS, NetworkRules
from broadsheet.surfaces.sandbox.server.entry import number_in
from broadsheet.surfaces.sandbox.server.replies import Declined, Reply
from broadsheet.surfaces.sandbox.server.storage import Account, Container, Storage, StoredPost

PAGE_POSTS = 5  # few, so that reading a timeline means reading pages
REPEATS_LOOKED_AT = 50  # newest posts a new one is compared with, where repeats are refused

CREATED = 201
OK = 200


class Network:
    """One account's side of the network."""

    def __init__(self, storage: Storage, account: Account, *, now: datetime) -> None:
        """Keep whose account it is and what time it is."""
        self._storage = storage
        self._account = account
        self._now = now
        self._rules: NetworkRules = NETWORKS[account.rules]

    def create(self, payload: str, *, key: str) -> Reply:
        """
        Make a post; a key made before gives its post again (class B).

        Raises:
            Declined: another class, a repeat, or the key's post was withdrawn.

        """
        self._must_be("BDE", "post with PUT records (A) or through containers (C)")
        dedupes = bool(key) and self._account.exactness == "B"
        with self._storage.transaction():
            known = self._post_of_key(key) if dedupes else None
            if known is not None:
                return Reply(OK, {"id": str(known)})
            self._must_not_repeat(payload)
            post_id = self._add(payload, record=None)
            if dedupes:
                self._storage.keep_key(self._account.name, key, post_id=post_id, now=self._now)
        return Reply(CREATED, {"id": str(post_id)})

    def create_again(self, payload: str) -> Reply:
        """Make a post no questions asked: how a network that doubles would."""
        with self._storage.transaction():
            return Reply(CREATED, {"id": str(self._add(payload, record=None))})

    def put_new(self, payload: str, *, record: str) -> Reply:
        """
        Make the record; the same again changes nothing (class A).

        Raises:
            Declined: another class, or the record is there with other words.

        """
        self._must_be("A", "only accounts of class A choose ids")
        with self._storage.transaction():
            post = self._storage.post_of_record(self._account.name, record)
            if post is None:
                self._add(payload, record=record)
                return Reply(CREATED, {"id": record})
        if post.payload != payload:
            message = f"record {record} is there with other words"
            raise Declined(412, "record-exists", message)
        return Reply(OK, {"id": record})

    def put_over(self, payload: str, *, record: str) -> Reply:
        """
        Give a record that is there other words (class A).

        Raises:
            Declined: another class, no such record, or a network that shows no edits.

        """
        self._must_be("A", "only accounts of class A choose ids")
        return self._edit(self._post(record), payload)

    def edit(self, post_id: str, payload: str) -> Reply:
        """
        Give a post other words.

        Raises:
            Declined: class A, no such post, or a network that shows no edits.

        """
        self._must_be("BCDE", "accounts of class A edit with PUT records")
        return self._edit(self._post(post_id), payload)

    def withdraw(self, post_id: str) -> Reply:
        """
        Remove a post.

        Raises:
            Declined: there is no such post.

        """
        post = self._post(post_id)
        self._storage.delete_post(post.id)
        return Reply(OK, {"id": post_id})

    def prepare(self, payload: str) -> Reply:
        """
        Make a container nobody sees (class C).

        Raises:
            Declined: another class.

        """
        self._must_be("C", "only accounts of class C have containers")
        number = self._storage.add_container(self._account.name, payload, now=self._now)
        return Reply(CREATED, {"id": str(number)})

    def publish(self, container_id: int) -> Reply:
        """
        Publish a container, once; asked again, give the same post.

        Raises:
            Declined: no such container, its life is over, or its post was withdrawn.

        """
        with self._storage.transaction():
            container = self._container(container_id)
            if container.post is not None:
                self._must_be_there(container.post)
                return Reply(OK, {"id": str(container.post)})
            if self._is_over(container):
                message = f"the life of container {container_id} is over; make another"
                raise Declined(410, "container-expired", message)
            self._must_not_repeat(container.payload)
            post_id = self._add(container.payload, record=None)
            self._storage.set_published(container_id, post_id=post_id)
        return Reply(CREATED, {"id": str(post_id)})

    def publish_again(self, container_id: int) -> Reply:
        """Publish a container once more: how a network that doubles would."""
        return self.create_again(self._container(container_id).payload)

    def container(self, container_id: int) -> Reply:
        """
        Show how a container stands.

        Raises:
            Declined: there is none.

        """
        container = self._container(container_id)
        if container.post is not None:
            return Reply(OK, {"id": str(container_id), "status": "PUBLISHED"})
        status = "EXPIRED" if self._is_over(container) else "FINISHED"
        return Reply(OK, {"id": str(container_id), "status": status})

    def timeline(self, *, below: int | None) -> Reply:
        """
        Show a page of posts, newest first, from the one below this id.

        Raises:
            Declined: the account can be written only (class E).

        """
        self._must_be("ABCD", "this account can be written only")
        posts = self._storage.posts(self._account.name, below=below, limit=PAGE_POSTS + 1)
        page = posts[:PAGE_POSTS]
        cursor = str(page[-1].id) if len(posts) > PAGE_POSTS else None
        return Reply(OK, {"posts": [shown(post) for post in page], "cursor": cursor})

    def read(self, post_id: str) -> Reply:
        """
        Show one post.

        Raises:
            Declined: there is none, or the account can be written only (class E).

        """
        self._must_be("ABCD", "this account can be written only")
        return Reply(OK, shown(self._post(post_id)))

    def _must_be(self, classes: str, otherwise: str) -> None:
        if self._account.exactness not in classes:
            message = f"{self._account.name} is of class {self._account.exactness}: {otherwise}"
            raise Declined(409, "wrong-class", message)

    def _must_not_repeat(self, payload: str) -> None:
        if not self._rules.refuses_repeats:
            return
        text = parsed(payload.encode()).text
        recent = self._storage.posts(self._account.name, below=None, limit=REPEATS_LOOKED_AT)
        if any(parsed(post.payload.encode()).text == text for post in recent):
            raise Declined(403, "duplicate", "you have said this already")

    def _must_be_there(self, post_id: int) -> None:
        if self._storage.post(self._account.name, post_id) is None:
            message = f"post {post_id} was made by this request before, and withdrawn since"
            raise Declined(410, "withdrawn", message)

    def _post_of_key(self, key: str) -> int | None:
        since = self._now - timedelta(seconds=self._account.key_life_s)
        post_id = self._storage.post_of_key(self._account.name, key, used_since=since)
        if post_id is not None:
            self._must_be_there(post_id)
        return post_id

    def _post(self, post_id: str) -> StoredPost:
        if self._account.exactness == "A":
            post = self._storage.post_of_record(self._account.name, post_id)
        else:
            post = self._storage.post(self._account.name, number_in(post_id, what="post"))
        if post is None:
            raise Declined(404, "no-such-post", f"there is no post {post_id}")
        return post

    def _container(self, container_id: int) -> Container:
        container = self._storage.container(self._account.name, container_id)
        if container is None:
            raise Declined(404, "no-such-container", f"there is no container {container_id}")
        return container

    def _is_over(self, container: Container) -> bool:
        return self._now - container.made_at > timedelta(seconds=self._account.key_life_s)

    def _add(self, payload: str, *, record: str | None) -> int:
        return self._storage.add_post(self._account.name, payload, record=record, now=self._now)

    def _edit(self, post: StoredPost, payload: str) -> Reply:
        if not self._rules.shows_edits:
            raise Declined(409, "no-edits", f"{self._rules.title} shows no edits")
        if post.payload != payload:
            self._storage.set_payload(post.id, payload, now=self._now)
        return Reply(OK, {"id": post.record or str(post.id)})


def shown(post: StoredPost) -> dict[str, Any]:
    """Return a post as the API shows it."""
    return {
        "id": post.record or str(post.id),
        "number": post.id,  # its place in the timeline, where cursors point
        "payload": msgspec.Raw(post.payload.encode()),
        "created_at": post.created_at,
        "edited_at": post.edited_at,
    }
