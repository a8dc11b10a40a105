"""Adds links to drafts for people without an account."""

import broadsheet.newsroom.fields
import django.core.serializers.json
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0020_pictures'),
    ]

    operations = [
        migrations.CreateModel(
            name='PreviewLink',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token_hash', models.CharField(max_length=64, unique=True)),
                ('note', broadsheet.newsroom.fields.PlainLine(blank=True, max_length=120)),
                ('made_by', models.CharField(max_length=150)),
                ('made_at', models.DateTimeField()),
                ('expires_at', models.DateTimeField()),
                ('pinned', models.JSONField(encoder=django.core.serializers.json.DjangoJSONEncoder, null=True)),
                ('may_show_embargoed', models.BooleanField(default=False)),
                ('revoked_by', models.CharField(blank=True, default='', max_length=150)),
                ('revoked_at', models.DateTimeField(null=True)),
                ('opened', models.IntegerField(default=0)),
                ('last_opened_at', models.DateTimeField(null=True)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.story')),
            ],
            options={
                'indexes': [models.Index(fields=['story', '-made_at'], name='newsroom_preview_links')],
            },
        ),
    ]
