"""Takes a press's database back to what it was, as a restored backup does."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.apps import apps
from django.db import models, transaction

Kept = Mapping[type[models.Model], Sequence[models.Model]]


def keep() -> Kept:
    """Return every row of every table of the press."""
    return {model: list(model._default_manager.order_by("pk")) for model in _tables()}


def bring_back(kept: Kept) -> None:
    """Have the press's tables say again what they said, and nothing else."""
    with transaction.atomic():
        for model in reversed(_tables()):
            rows: Any = model._default_manager.all()
            rows._raw_delete(rows.db)
        for model in _tables():
            model._default_manager.bulk_create(kept[model])


def _tables() -> list[type[models.Model]]:
    """Return the press's tables, those that others point to first."""
    tables = list(apps.get_app_config("press").get_models())
    return sorted(tables, key=lambda model: any(field.many_to_one for field in model._meta.fields))
