"""
The ledger: what should be live and what is, on every surface. The row is the job.

A site object's row says what to render and what was read; a post's row holds its
payload, fitted once. Attempts are the journal of requests to networks: each is
committed before a byte leaves, and closed with its outcome after.
"""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

WEBSITE = "website"

# What is live beside a fingerprint, and beside "", which was never written.
ABSENT_TEXT = "absent"
DAMAGED = "damaged"  # a file of the site that is not to be trusted
DOUBTED = "doubted"  # one that readers had, and most likely have, perhaps not as last noted
NOT_KNOWN_TO_BE_OUT = ("", ABSENT_TEXT, DAMAGED, DOUBTED)


class Lane(models.IntegerChoices):
    """The order of work: lower first."""

    TAKE_DOWN = -1  # a story itself, and its copies for those who took or quote it
    WITHDRAW = 0  # what still leads to it, and its posts
    PUBLISH = 1  # and correct
    FAN_OUT = 2  # lists, feeds, sitemaps, posts
    REBUILD = 3
    LAST = 4  # what may go only when nothing shows it any more: an old style sheet


class Account(models.Model):
    """One account on one network."""

    surface = models.CharField(max_length=20)  # "sandbox"
    name = models.CharField(max_length=60)  # as people call it, and as ledger rows do
    settings = models.JSONField(default=dict)  # nothing secret
    secret = models.BinaryField(default=b"")  # encrypted at rest (config.secrets)
    on_hold = models.CharField(max_length=200, default="", blank=True)  # why; "" is working
    added_at = models.DateTimeField()

    class Meta:
        """Names are unique on a network."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["surface", "name"], name="press_account_name")
        ]


class LedgerRow(models.Model):
    """One object on one surface: what it should be and what it is."""

    surface = models.CharField(max_length=20)  # "website", or a network's name
    account = models.CharField(max_length=60)  # "" for the website
    key = models.CharField(max_length=500)  # path, or "post/<story>/<purpose>"; never reused
    lane = models.SmallIntegerField(choices=Lane.choices, default=Lane.FAN_OUT)
    desired = models.CharField(max_length=64, default="")  # fingerprint; "absent"; "" not known yet
    live = models.CharField(max_length=64, default="")  # fingerprint, or one of the words above
    due_at = models.DateTimeField(null=True)  # when to act on desired <> live; None: now
    parked = models.TextField(default="", blank=True)  # why a person must act; "" is not parked
    failures = models.IntegerField(default=0)  # in a row; sets the back-off
    lease_owner = models.CharField(max_length=60, default="", blank=True)
    lease_until = models.DateTimeField(null=True)
    # Site objects
    recipe = models.CharField(max_length=20, default="", blank=True)
    subject = models.CharField(max_length=120, default="", blank=True)
    written_at = models.DateTimeField(null=True)  # when its files were last put into place
    dirty_seq = models.BigIntegerField(null=True)  # newest entry that outdated it; None: clean
    # Posts
    story = models.CharField(max_length=40, default="", blank=True)
    delivery_id = models.CharField(max_length=8, default="", blank=True)
    payload = models.BinaryField(default=b"")  # canonical JSON; fingerprint is desired
    rules = models.CharField(max_length=80, default="", blank=True)  # rule and template versions
    remote_id = models.CharField(max_length=300, default="", blank=True)
    container_id = models.CharField(max_length=300, default="", blank=True)
    container_at = models.DateTimeField(null=True)
    is_confirmed = models.BooleanField(default=False)  # part of a mass change a publisher confirmed
    verify_at = models.DateTimeField(null=True)  # when to read it back (late arrivals, withdrawals)
    read_again_at = models.DateTimeField(null=True)  # settled; worth another look when idle then
    doubled_at = models.DateTimeField(null=True)  # when two copies of it were last read

    class Meta:
        """Work is found by index; a key is unique for its account."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["surface", "account", "key"], name="press_ledger_key")
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["lane", "id"],
                name="press_ledger_dirty",
                condition=Q(dirty_seq__isnull=False, parked=""),
            ),
            models.Index(
                fields=["surface", "account", "lane", "id"],
                name="press_ledger_unequal",
                condition=~Q(desired=F("live")) & ~Q(desired=""),
            ),
            models.Index(
                fields=["surface", "account", "verify_at"],
                name="press_ledger_reading",
                condition=Q(verify_at__isnull=False),
            ),
            models.Index(
                fields=["surface", "account", "read_again_at"],
                name="press_ledger_read_again",
                condition=Q(read_again_at__isnull=False),
            ),
            models.Index(
                fields=["surface", "account", "doubled_at"],
                name="press_ledger_doubled",
                condition=Q(doubled_at__isnull=False),
            ),
            models.Index(
                fields=["surface", "due_at"],
                name="press_ledger_parked",
                condition=~Q(parked=""),
            ),
            models.Index(fields=["story"], name="press_ledger_story", condition=~Q(story="")),
        ]


class Attempt(models.Model):
    """One request to a network, from before it left until its outcome."""

    row = models.ForeignKey(LedgerRow, on_delete=models.PROTECT, related_name="attempts")
    number = models.IntegerField()  # 1, 2, 3 ... for each row
    action = models.CharField(max_length=10)  # reconciler.placements.Action
    fingerprint = models.CharField(max_length=64, default="", blank=True)
    target = models.CharField(max_length=300, default="", blank=True)  # remote id it acts on
    started_at = models.DateTimeField()
    deadline_at = models.DateTimeField()
    outcome = models.CharField(max_length=12, default="", blank=True)  # "": open, or crashed
    detail = models.BinaryField(default=b"")  # the outcome's fields, as a JSON array
    finished_at = models.DateTimeField(null=True)
    worker = models.CharField(max_length=60)

    class Meta:
        """Numbers are gapless for each row."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "number"], name="press_attempt_number")
        ]


class FoundPost(models.Model):
    """One post on a network that bears our mark, and that no row of the ledger made."""

    surface = models.CharField(max_length=20)
    account = models.CharField(max_length=60)
    remote_id = models.CharField(max_length=300)
    delivery_id = models.CharField(max_length=8)  # its mark
    address = models.CharField(max_length=500)  # of the story its link leads to
    link = models.TextField()
    text = models.TextField()
    fingerprint = models.CharField(max_length=64, default="", blank=True)  # "": it does not tell
    created_at = models.DateTimeField()  # by the network's clock
    found_at = models.DateTimeField()
    became = models.CharField(max_length=10, default="", blank=True)  # posts.adopting.Became

    class Meta:
        """Found by the address of a story that is published again."""

        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["surface", "account", "remote_id"], name="press_found_remote_id"
            )
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["surface", "account", "address"],
                name="press_found_waiting",
                condition=Q(became=""),
            )
        ]


class FactRead(models.Model):
    """One fact a site object's last rendering read, and what it said."""

    row = models.ForeignKey(LedgerRow, on_delete=models.CASCADE, related_name="facts")
    fact = models.CharField(max_length=120)
    fingerprint = models.CharField(max_length=32)

    class Meta:
        """Which objects read this fact? is the question a change asks."""

        constraints: ClassVar = [
            models.UniqueConstraint(fields=["row", "fact"], name="press_fact_row")
        ]
        indexes: ClassVar = [models.Index(fields=["fact"], name="press_fact_fact")]


class WindowRead(models.Model):
    """One stretch of a list a site object's last rendering read."""

    row = models.ForeignKey(LedgerRow, on_delete=models.CASCADE, related_name="windows")
    list_name = models.CharField(max_length=60)
    low = models.CharField(max_length=80)
    high = models.CharField(max_length=80)

    class Meta:
        """Which windows does this key cross? is the question a change asks."""

        indexes: ClassVar = [
            models.Index(fields=["list_name", "low", "high"], name="press_window_list")
        ]
