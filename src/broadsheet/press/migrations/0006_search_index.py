"""
Makes the index the readers' search looks into; the press fills it from the log when idle.

SQLite keeps the words in an FTS5 table beside the rows, PostgreSQL in a column of them. Both
are handed finished tokens (projections.searched_words), so neither asks for an extension.
"""

from typing import Any

from django.db import migrations, models

# To the tokenizer named "ascii" every character beyond ASCII is part of a word.
_SQLITE = (
    "CREATE VIRTUAL TABLE press_searchwords"
    " USING fts5(headline, lead, rest, tokenize = 'ascii', prefix = '3')",
)
_POSTGRESQL = (
    "ALTER TABLE press_searchentry ADD COLUMN words tsvector",
    "CREATE INDEX press_searchentry_words ON press_searchentry USING gin (words)",
)


def _make(_apps: Any, editor: Any) -> None:
    is_sqlite = editor.connection.vendor == "sqlite"
    for statement in _SQLITE if is_sqlite else _POSTGRESQL:
        editor.execute(statement)


def _remove(_apps: Any, editor: Any) -> None:
    if editor.connection.vendor == "sqlite":
        editor.execute("DROP TABLE press_searchwords")


class Migration(migrations.Migration):
    dependencies = [("press", "0005_found_posts")]

    operations = [
        migrations.CreateModel(
            name="SearchEntry",
            fields=[
                ("place", models.BigIntegerField(primary_key=True, serialize=False)),
                ("story", models.CharField(max_length=40)),
                ("seq", models.BigIntegerField()),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("story",), name="press_searchentry_story")
                ],
            },
        ),
        migrations.RunPython(_make, _remove),
    ]
