"""Remembers which pages were copied in."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0002_chores")]

    operations = [
        migrations.CreateModel(
            name="CopiedPage",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("file", models.CharField(db_index=True, max_length=64)),
                ("words", models.CharField(db_index=True, max_length=64)),
                ("at", models.DateTimeField()),
                ("story", models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="copied_pages", to="newsroom.story")),
            ],
        ),
    ]
