"""
Does Wagtail's housekeeping after the request that asked for it, not inside it.

Asking writes a row, in the transaction that asks: what is rolled back leaves no chore. The
press does the chores when it has nothing else to do. A chore may be done twice, after a
crash or by two presses; all that Wagtail asks for comes out the same. Publishing work never
travels this way: it follows the log.
"""

import logging
from collections.abc import Callable, Mapping, Sequence
from itertools import groupby
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist
from django.utils.module_loading import import_string
from django_tasks.backends.base import BaseTaskBackend
from django_tasks.base import Task, TaskResult, TaskResultStatus
from django_tasks.utils import normalize_json

from broadsheet.press.isolation import Failed, isolated

MOST_FAILURES = 3  # tried as often; then the chore rests, with its problem
AT_ONCE = 8  # chores done before the press looks at the log again: about 50 ms

_LOG = logging.getLogger(__name__)


class ChoresBackend(BaseTaskBackend):
    """Notes what Wagtail asks for. Settings name it."""

    def enqueue(self, task: Task, args: Sequence[Any], kwargs: Mapping[str, Any]) -> TaskResult:
        """Note a call of a task, to be made later."""
        self.validate_task(task)
        arguments = normalize_json([list(args), dict(kwargs)])
        chore = _chores().create(task=task.module_path, arguments=arguments)
        return TaskResult(
            task=task,
            id=str(chore.pk),
            status=TaskResultStatus.READY,
            enqueued_at=None,
            started_at=None,
            last_attempted_at=None,
            finished_at=None,
            args=list(args),
            kwargs=dict(kwargs),
            backend=self.alias,
            errors=[],
            worker_ids=[],
        )


def do_some(*, then: Mapping[str, Callable[..., None]], is_stopping: Callable[[], bool]) -> int:
    """
    Do the oldest chores, one asked for several times once; stop between two when told to.

    What is to be done besides, by the name of a task, is called with the chore's arguments.
    Returns how many are gone.
    """
    found = sorted(_chores().filter(failures__lt=MOST_FAILURES)[:AT_ONCE], key=_call)
    done = 0
    for _, same in groupby(found, key=_call):
        if is_stopping():
            break
        chores = list(same)
        if _do(chores[0], then):
            # Only those that were read before the call: a later one may know more.
            _chores().filter(pk__in=[chore.pk for chore in chores]).delete()
            done += len(chores)
    return done


def _do(chore: Any, then: Mapping[str, Callable[..., None]]) -> bool:
    """Make the call; return whether it need not be made again."""

    def call() -> None:
        args, kwargs = chore.arguments
        try:
            import_string(chore.task).call(*args, **kwargs)
            if chore.task in then:
                then[chore.task](*args, **kwargs)
        except ObjectDoesNotExist:
            _LOG.debug("%s: what it is about is gone", chore.task)

    failed = isolated(f"housekeeping {chore.task}{chore.arguments}", call)
    if not isinstance(failed, Failed):
        return True
    _chores().filter(pk=chore.pk).update(failures=chore.failures + 1, problem=failed.reason)
    return False


def _call(chore: Any) -> str:
    return f"{chore.task} {chore.arguments}"


def _chores() -> Any:
    # By name: Wagtail makes its tasks, and so this backend, before all rows are known.
    return apps.get_model("newsroom", "Chore").objects
