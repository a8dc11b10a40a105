"""Lets what has settled be read back again when idle, and tells of posts that stood twice."""

from django.db import migrations, models
from django.db.models import F
from django.utils import timezone


def have_settled_posts_read_again(apps, schema_editor):
    """Have posts that settled before be looked at again, a few at a time."""
    del schema_editor
    rows = apps.get_model("press", "LedgerRow").objects
    posts = rows.exclude(surface="website").exclude(live="").filter(live=F("desired"), parked="")
    posts.filter(verify_at=None).update(read_again_at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("press", "0003_ledger_looks")]

    operations = [
        migrations.AddField("ledgerrow", "read_again_at", models.DateTimeField(null=True)),
        migrations.AddField("ledgerrow", "doubled_at", models.DateTimeField(null=True)),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(
                fields=["surface", "account", "read_again_at"],
                name="press_ledger_read_again",
                condition=models.Q(read_again_at__isnull=False),
            ),
        ),
        migrations.AddIndex(
            model_name="ledgerrow",
            index=models.Index(
                fields=["surface", "account", "doubled_at"],
                name="press_ledger_doubled",
                condition=models.Q(doubled_at__isnull=False),
            ),
        ),
        migrations.RunPython(have_settled_posts_read_again, migrations.RunPython.noop),
    ]
