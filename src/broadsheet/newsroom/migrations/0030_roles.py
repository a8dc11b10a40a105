"""Says which group holds the people of a role."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('auth', '0012_alter_user_first_name_max_length'),
        ('newsroom', '0005_wording'),
    ]

    operations = [
        migrations.CreateModel(
            name='RoleGroup',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('role', models.CharField(choices=[('reporter', 'reporter'), ('editor', 'editor'), ('publisher', 'publisher'), ('picture editor', 'picture editor'), ('administrator', 'administrator')], max_length=20)),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='role', to='auth.group')),
                ('section', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='newsroom.sectionpage')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('role', 'section'), name='one_group_of_a_section'), models.UniqueConstraint(condition=models.Q(('section', None)), fields=('role',), name='one_group_of_all_sections')],
            },
        ),
    ]
