"""Names a lane before all others: a story itself goes down before what leads to it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "0006_search_index")]

    operations = [
        migrations.AlterField(
            model_name="ledgerrow",
            name="lane",
            field=models.SmallIntegerField(
                choices=[
                    (-1, "Take Down"),
                    (0, "Withdraw"),
                    (1, "Publish"),
                    (2, "Fan Out"),
                    (3, "Rebuild"),
                    (4, "Last"),
                ],
                default=2,
            ),
        ),
    ]
