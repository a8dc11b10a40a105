"""A new note moves no date unless its editor says so; notes that are there stay as they are."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0003_copied_pages")]

    operations = [
        migrations.AlterField(
            model_name="correction",
            name="significant",
            field=models.BooleanField(default=False, help_text="Tick, and readers and feeds see the story as updated now."),
        ),
    ]
