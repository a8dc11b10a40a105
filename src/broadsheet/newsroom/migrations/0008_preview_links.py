"""Adds links to drafts for people without an account, and embeds to what a body is made of."""

import broadsheet.newsroom.fields
import django.core.serializers.json
import django.db.models.deletion
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0007_pictures'),
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
            field=wagtail.fields.StreamField([('text', 0), ('heading', 1), ('quote', 4), ('pull_quote', 6), ('update', 9), ('picture', 12), ('gallery', 15), ('fact_box', 17), ('table', 22), ('embed', 27)], block_lookup={0: ('broadsheet.newsroom.blocks.RunningTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul', 'ol'], 'group': 'Words', 'icon': 'pilcrow'}), 1: ('broadsheet.newsroom.blocks.LineBlock', (), {'group': 'Words', 'icon': 'title', 'label': 'Cross-heading'}), 2: ('broadsheet.newsroom.blocks.LinesBlock', (), {'rows': 3}), 3: ('broadsheet.newsroom.blocks.LineBlock', (), {'required': False}), 4: ('wagtail.blocks.StructBlock', [[('text', 2), ('attribution', 3)]], {'group': 'Words'}), 5: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': 'A sentence of the story itself. Readers meet it twice.', 'rows': 2}), 6: ('wagtail.blocks.StructBlock', [[('text', 5), ('attribution', 3)]], {'group': 'Words'}), 7: ('wagtail.blocks.DateTimeBlock', (), {'help_text': 'Left empty, the minute it is first published. Readers see the newest first.', 'label': 'Time', 'required': False}), 8: ('broadsheet.newsroom.blocks.RunningTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul', 'ol']}), 9: ('wagtail.blocks.StructBlock', [[('at', 7), ('headline', 3), ('text', 8)]], {'group': 'Words'}), 10: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 11: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': "For this story only. Left empty, the picture's own caption is shown.", 'required': False, 'rows': 2}), 12: ('wagtail.blocks.StructBlock', [[('picture', 10), ('caption', 11)]], {'group': 'Pictures'}), 13: ('wagtail.blocks.StructBlock', [[('picture', 10), ('caption', 11)]], {}), 14: ('wagtail.blocks.ListBlock', (13,), {'max_num': 100, 'min_num': 1}), 15: ('wagtail.blocks.StructBlock', [[('pictures', 14)]], {'group': 'Pictures'}), 16: ('broadsheet.newsroom.blocks.LineBlock', (), {}), 17: ('wagtail.blocks.StructBlock', [[('title', 16), ('text', 8)]], {'group': 'Boxes'}), 18: ('broadsheet.newsroom.blocks.LineBlock', (), {'help_text': 'What the table tells, above it.', 'required': False}), 19: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': 'A row a line. Paste cells from a spreadsheet, or write | between them.', 'rows': 6}), 20: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'The first row names the columns', 'required': False}), 21: ('wagtail.blocks.BooleanBlock', (), {'label': 'The first cell of each row names the row', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('caption', 18), ('cells', 19), ('has_header_row', 20), ('has_header_column', 21)]], {'group': 'Boxes'}), 23: ('broadsheet.newsroom.embeds.block.AddressLine', (), {'help_text': 'Of the video, post or chart: https://…', 'label': 'Address'}), 24: ('broadsheet.newsroom.embeds.block.CardLine', (), {'help_text': 'What the link says. Left empty, the address.', 'max_length': 250, 'required': False}), 25: ('broadsheet.newsroom.embeds.block.CardLine', (), {'label': 'By', 'max_length': 250, 'required': False}), 26: ('broadsheet.newsroom.embeds.block.CardLine', (), {'help_text': 'Left empty, where we know it stands.', 'label': 'On', 'max_length': 100, 'required': False}), 27: ('wagtail.blocks.StructBlock', [[('url', 23), ('title', 24), ('author', 25), ('provider', 26)]], {'group': 'Boxes'})}),
        ),
    ]
