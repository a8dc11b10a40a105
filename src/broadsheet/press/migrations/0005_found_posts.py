"""Keeps the posts that stand on a network though no row of the ledger made them."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("press", "0004_reading_again")]

    operations = [
        migrations.CreateModel(
            name="FoundPost",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("surface", models.CharField(max_length=20)),
                ("account", models.CharField(max_length=60)),
                ("remote_id", models.CharField(max_length=300)),
                ("delivery_id", models.CharField(max_length=8)),
                ("address", models.CharField(max_length=500)),
                ("link", models.TextField()),
                ("text", models.TextField()),
                ("fingerprint", models.CharField(blank=True, default="", max_length=64)),
                ("created_at", models.DateTimeField()),
                ("found_at", models.DateTimeField()),
                ("became", models.CharField(blank=True, default="", max_length=10)),
            ],
            options={
                "indexes": [
                    models.Index(
                        condition=models.Q(("became", "")),
                        fields=["surface", "account", "address"],
                        name="press_found_waiting",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("surface", "account", "remote_id"), name="press_found_remote_id"
                    )
                ],
            },
        ),
    ]
