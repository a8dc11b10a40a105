"""Lets the worker's looks of each second be answered by index, whatever the archive holds."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "0002_members_by_story")]

    operations = [
        migrations.RemoveIndex(model_name="ledgerrow", name="press_ledger_verify"),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(
                fields=["surface", "account", "verify_at"],
                name="press_ledger_reading",
                condition=models.Q(verify_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(
                fields=["surface", "due_at"],
                name="press_ledger_parked",
                condition=models.Q(("parked", ""), _negated=True),
            ),
        ),
    ]
