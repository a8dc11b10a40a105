"""Gives pictures their rights, and has the press make what sizes they lack."""

import broadsheet.newsroom.fields
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


def want_sizes(apps, schema_editor):
    """Have the press make every picture's sizes anew: with its rights in them, in all formats."""
    del schema_editor
    pictures = apps.get_model("newsroom", "Picture").objects.filter(waiting=False)
    wanted = apps.get_model("newsroom", "SizesWanted")
    keys = pictures.values_list("pk", flat=True).iterator()
    wanted.objects.bulk_create((wanted(picture_id=key) for key in keys), batch_size=500)


class Migration(migrations.Migration):

    dependencies = [
        ('newsroom', '0006_story_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='picture',
            name='copyright',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='As its owner words it: © 2026 …'),
        ),
        migrations.AddField(
            model_name='picture',
            name='creator',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='The person who made it.'),
        ),
        migrations.AddField(
            model_name='picture',
            name='digital_source_type',
            field=models.CharField(blank=True, choices=[('http://cv.iptc.org/newscodes/digitalsourcetype/digitalCapture', 'Taken with a camera'), ('http://cv.iptc.org/newscodes/digitalsourcetype/computationalCapture', 'Taken with a camera that combines several exposures'), ('http://cv.iptc.org/newscodes/digitalsourcetype/negativeFilm', 'Scanned from a negative'), ('http://cv.iptc.org/newscodes/digitalsourcetype/positiveFilm', 'Scanned from a slide'), ('http://cv.iptc.org/newscodes/digitalsourcetype/print', 'Scanned from a print'), ('http://cv.iptc.org/newscodes/digitalsourcetype/humanEdits', 'Changed by a person'), ('http://cv.iptc.org/newscodes/digitalsourcetype/composite', 'Put together from several'), ('http://cv.iptc.org/newscodes/digitalsourcetype/compositeCapture', 'Put together from several photographs'), ('http://cv.iptc.org/newscodes/digitalsourcetype/compositeSynthetic', 'Put together, in part made by a program'), ('http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia', 'Changed in part by generative AI'), ('http://cv.iptc.org/newscodes/digitalsourcetype/trainedAlgorithmicMedia', 'Made by generative AI'), ('http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicMedia', 'Made by a program, without AI'), ('http://cv.iptc.org/newscodes/digitalsourcetype/algorithmicallyEnhanced', 'Improved by a program'), ('http://cv.iptc.org/newscodes/digitalsourcetype/dataDrivenMedia', 'Drawn from data'), ('http://cv.iptc.org/newscodes/digitalsourcetype/digitalCreation', 'Drawn by a person with a program'), ('http://cv.iptc.org/newscodes/digitalsourcetype/screenCapture', 'A screen, captured'), ('http://cv.iptc.org/newscodes/digitalsourcetype/virtualRecording', 'Recorded in a virtual place')], default='', help_text='Told to readers’ programs, as IPTC words it.', max_length=120, verbose_name='how it was made'),
        ),
        migrations.AddField(
            model_name='picture',
            name='embargo_until',
            field=models.DateTimeField(blank=True, help_text='Until then no story with the picture is published.', null=True),
        ),
        migrations.AddField(
            model_name='picture',
            name='have_rights_ended',
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.AddField(
            model_name='picture',
            name='instructions',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='From its owner to the desk. Never shown to readers.'),
        ),
        migrations.AddField(
            model_name='picture',
            name='is_decorative',
            field=models.BooleanField(default=False, help_text='It shows nothing the story does not say: readers who do not see it are told nothing of it.', verbose_name='is decoration'),
        ),
        migrations.AddField(
            model_name='picture',
            name='license_url',
            field=models.CharField(blank=True, default='', help_text='Address of the page that says how it may be used.', max_length=500, validators=[django.core.validators.URLValidator(message='write a whole address: https://agency.example/license', schemes=['http', 'https'])], verbose_name='license'),
        ),
        migrations.AddField(
            model_name='picture',
            name='licensor_url',
            field=models.CharField(blank=True, default='', help_text='Address of the page where others can license it.', max_length=500, validators=[django.core.validators.URLValidator(message='write a whole address: https://agency.example/license', schemes=['http', 'https'])], verbose_name='where to get a license'),
        ),
        migrations.AddField(
            model_name='picture',
            name='no_credit_reason',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='Only if nobody can be credited. Kept in the history with your name.', verbose_name='why there is no credit'),
        ),
        migrations.AddField(
            model_name='picture',
            name='rights_end_at',
            field=models.DateTimeField(blank=True, help_text='From then on stories are shown without it.', null=True),
        ),
        migrations.AddField(
            model_name='picture',
            name='source',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='Whom the paper has it from.'),
        ),
        migrations.AddField(
            model_name='picture',
            name='usage_terms',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='What its owner allows, in words.'),
        ),
        migrations.AlterField(
            model_name='picture',
            name='credit',
            field=broadsheet.newsroom.fields.PlainText(blank=True, default='', help_text='Who made it, as they ask: shown below the picture. Without one no story with the picture is published.'),
        ),
        migrations.CreateModel(
            name='SizesWanted',
            fields=[
                ('picture', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='sizes_wanted', serialize=False, to='newsroom.picture')),
                ('stage', models.SmallIntegerField(choices=[(0, 'first sizes'), (1, 'remaining sizes')], default=0)),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('due_at', models.DateTimeField(null=True)),
                ('problem', models.TextField(blank=True, default='')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('problem', '')), fields=['stage', '-picture'], name='newsroom_sizes_wanted')],
            },
        ),
        migrations.RunPython(want_sizes, migrations.RunPython.noop),
    ]
