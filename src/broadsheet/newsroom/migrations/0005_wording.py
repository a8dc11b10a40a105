"""Keeps the words of pages for the desk's search."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("newsroom", "0004_corrections_move_no_date"), ("wagtailcore", "0098_apitoken")]

    operations = [
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("page", models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name="wording", serialize=False, to="wagtailcore.page")),
                ("words", models.TextField()),
                ("draft_at", models.DateTimeField(null=True)),
            ],
        ),
    ]
