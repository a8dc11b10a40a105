"""Gives stories their places and words: topics, aliases, relations, kicker, more blocks."""

import broadsheet.newsroom.fields
import django.db.models.deletion
import modelcluster.fields
import modelsearch.index
import uuid6
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0005_wording'),
    ]

    operations = [
        migrations.CreateModel(
            name='RelatedStory',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='StoryTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('sort_order', models.IntegerField(blank=True, editable=False, null=True)),
            ],
            options={
                'ordering': ['sort_order'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('uuid', models.UUIDField(default=uuid6.uuid7, editable=False, unique=True)),
                ('name', broadsheet.newsroom.fields.PlainLine(max_length=255, validators=[broadsheet.newsroom.fields.says_something])),
                ('slug', broadsheet.newsroom.fields.PlainLine(blank=True, help_text='For the address. Left empty, the name is used.', max_length=200)),
                ('description', broadsheet.newsroom.fields.PlainText(blank=True, help_text='A sentence for the top of its page, and for search engines.')),
            ],
            options={
                'ordering': ('name', 'id'),
            },
            bases=(modelsearch.index.Indexed, models.Model),
        ),
        migrations.RemoveConstraint(
            model_name='livemark',
            name='newsroom_mark_marks_one',
        ),
        migrations.AddField(
            model_name='story',
            name='aliases',
            field=modelcluster.fields.ParentalManyToManyField(blank=True, help_text='Sections whose page, feed and archive list the story too. It has one page.', related_name='+', to='newsroom.sectionpage', verbose_name='Also listed in'),
        ),
        migrations.AddField(
            model_name='story',
            name='desk_notes',
            field=broadsheet.newsroom.fields.PlainText(blank=True, help_text='Readers never see them.', verbose_name='Notes to the desk'),
        ),
        migrations.AddField(
            model_name='story',
            name='kicker',
            field=broadsheet.newsroom.fields.PlainLine(blank=True, help_text='A word or two above the headline: Transport', max_length=80),
        ),
        migrations.AddField(
            model_name='story',
            name='social_text',
            field=broadsheet.newsroom.fields.PlainText(blank=True, help_text='What its posts say first, above the link. Left empty, the headline. A post that is out changes only with a correction.'),
        ),
        migrations.AddField(
            model_name='story',
            name='translation_of',
            field=models.ForeignKey(blank=True, help_text='The story this one is a translation of. Each page leads to the others.', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='newsroom.story'),
        ),
        migrations.AlterField(
            model_name='story',
            name='body',
            field=wagtail.fields.StreamField([('text', 0), ('heading', 1), ('quote', 4), ('pull_quote', 6), ('update', 9), ('picture', 12), ('gallery', 15), ('fact_box', 17), ('table', 22)], block_lookup={0: ('broadsheet.newsroom.blocks.RunningTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul', 'ol'], 'group': 'Words', 'icon': 'pilcrow'}), 1: ('broadsheet.newsroom.blocks.LineBlock', (), {'group': 'Words', 'icon': 'title', 'label': 'Cross-heading'}), 2: ('broadsheet.newsroom.blocks.LinesBlock', (), {'rows': 3}), 3: ('broadsheet.newsroom.blocks.LineBlock', (), {'required': False}), 4: ('wagtail.blocks.StructBlock', [[('text', 2), ('attribution', 3)]], {'group': 'Words'}), 5: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': 'A sentence of the story itself. Readers meet it twice.', 'rows': 2}), 6: ('wagtail.blocks.StructBlock', [[('text', 5), ('attribution', 3)]], {'group': 'Words'}), 7: ('wagtail.blocks.DateTimeBlock', (), {'help_text': 'Left empty, the minute it is first published. Readers see the newest first.', 'label': 'Time', 'required': False}), 8: ('broadsheet.newsroom.blocks.RunningTextBlock', (), {'features': ['bold', 'italic', 'link', 'ul', 'ol']}), 9: ('wagtail.blocks.StructBlock', [[('at', 7), ('headline', 3), ('text', 8)]], {'group': 'Words'}), 10: ('wagtail.images.blocks.ImageChooserBlock', (), {}), 11: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': "For this story only. Left empty, the picture's own caption is shown.", 'required': False, 'rows': 2}), 12: ('wagtail.blocks.StructBlock', [[('picture', 10), ('caption', 11)]], {'group': 'Pictures'}), 13: ('wagtail.blocks.StructBlock', [[('picture', 10), ('caption', 11)]], {}), 14: ('wagtail.blocks.ListBlock', (13,), {'max_num': 100, 'min_num': 1}), 15: ('wagtail.blocks.StructBlock', [[('pictures', 14)]], {'group': 'Pictures'}), 16: ('broadsheet.newsroom.blocks.LineBlock', (), {}), 17: ('wagtail.blocks.StructBlock', [[('title', 16), ('text', 8)]], {'group': 'Boxes'}), 18: ('broadsheet.newsroom.blocks.LineBlock', (), {'help_text': 'What the table tells, above it.', 'required': False}), 19: ('broadsheet.newsroom.blocks.LinesBlock', (), {'help_text': 'A row a line. Paste cells from a spreadsheet, or write | between them.', 'rows': 6}), 20: ('wagtail.blocks.BooleanBlock', (), {'default': True, 'label': 'The first row names the columns', 'required': False}), 21: ('wagtail.blocks.BooleanBlock', (), {'label': 'The first cell of each row names the row', 'required': False}), 22: ('wagtail.blocks.StructBlock', [[('caption', 18), ('cells', 19), ('has_header_row', 20), ('has_header_column', 21)]], {'group': 'Boxes'})}),
        ),
        migrations.AlterField(
            model_name='story',
            name='significant_update',
            field=models.BooleanField(default=False, help_text='Asked anew each time. Ticked, readers and feeds see the story as updated now.'),
        ),
        migrations.AddField(
            model_name='relatedstory',
            name='story',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='related', to='newsroom.story'),
        ),
        migrations.AddField(
            model_name='relatedstory',
            name='to',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.story'),
        ),
        migrations.AddField(
            model_name='storytopic',
            name='story',
            field=modelcluster.fields.ParentalKey(on_delete=django.db.models.deletion.CASCADE, related_name='topics', to='newsroom.story'),
        ),
        migrations.AddField(
            model_name='storytopic',
            name='topic',
            field=models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsroom.topic'),
        ),
        migrations.AddField(
            model_name='livemark',
            name='topic',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='newsroom.topic'),
        ),
        migrations.AddConstraint(
            model_name='livemark',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('author', None), ('picture', None), ('section', None), ('story__isnull', False), ('topic', None)), models.Q(('author', None), ('picture', None), ('section__isnull', False), ('story', None), ('topic', None)), models.Q(('author__isnull', False), ('picture', None), ('section', None), ('story', None), ('topic', None)), models.Q(('author', None), ('picture__isnull', False), ('section', None), ('story', None), ('topic', None)), models.Q(('author', None), ('picture', None), ('section', None), ('story', None), ('topic__isnull', False)), _connector='OR'), name='newsroom_mark_marks_one'),
        ),
    ]
