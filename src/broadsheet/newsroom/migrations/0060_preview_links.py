"""Adds links to drafts for people without an account, and embeds to what a body is made of."""

import broadsheet.newsroom.fields
import django.core.serializers.json
import django.db.models.deletion
import wagtail.fields
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
        migrations.AlterField(
            model_name='story',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('heading', 1), ('quote', 4), ('picture', 7), ('embed', 12)], block_lookup={0: ('broadsheet.newsroom.blocks.RunningTextBlock', (), {'features': ['bold', 'italic', 'link'], 'icon': 'pilcrow'}), 1: ('broadsheet.newsroom.blocks.LineBlock', (), {'icon': 'title', 'label': 'Cross-heading'}), 2: ('broadsheet.newsroom.blocks.LinesBlock', (), {'rows': 3}), 3: ('broadsheet.newsroom.blocks.LineBlock', (), {'required': False}), 4: ('wagtail.blocks.StructBlock', [[('text', 2), ('attribution', 3)]], {}), 5: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 6: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': "For this story only. Left empty, the picture's own caption is shown.", 'required': False, 'rows': 2}), 7: ('wagtail.blocks.StructBlock', [[('picture', 5), ('caption', 6)]], {}), 8: ('broadsheet.newsroom.embeds.block.AddressLine', (), {'help_text': 'Of the video, post or chart: https://…', 'label': 'Address'}), 9: ('broadsheet.newsroom.embeds.block.CardLine', (), {'help_text': 'What the link says. Left empty, the address.', 'max_length': 250, 'required': False}), 10: ('broadsheet.newsroom.embeds.block.CardLine', (), {'label': 'By', 'max_length': 250, 'required': False}), 11: ('broadsheet.newsroom.embeds.block.CardLine', (), {'help_text': 'Left empty, where we know it stands.', 'label': 'On', 'max_length': 100, 'required': False}), 12: ('wagtail.blocks.StructBlock', [[('url', 8), ('title', 9), ('author', 10), ('provider', 11)]], {})}),
        ),
    ]
