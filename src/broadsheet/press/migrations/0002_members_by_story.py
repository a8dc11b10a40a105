"""Finds a story's list entries by the story: its erased versions do not name them any more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "0001_initial")]

    operations = [
        migrations.AddIndex(
            model_name="listmember",
            index=models.Index(fields=["story"], name="press_member_story"),
        )
    ]
