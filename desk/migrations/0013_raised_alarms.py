"""Alarms that stand, each with what was told of it. Of desk_alarmmail nothing is read any more.

Locks: nothing that is used.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0012_paper_and_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='RaisedAlarm',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', models.CharField(max_length=80, unique=True)),
                ('source', models.CharField(max_length=80)),
                ('machine', models.CharField(blank=True, max_length=40)),
                ('day', models.DateField(null=True)),
                ('title', models.CharField(max_length=200)),
                ('sentence', models.TextField()),
                ('page', models.CharField(help_text='The name of the address that helps', max_length=60)),
                ('raised_at', models.DateTimeField()),
                ('seen_at', models.DateTimeField()),
                ('told_at', models.DateTimeField(help_text='When administrators were last mailed')),
                ('over_at', models.DateTimeField(null=True)),
                ('news', models.CharField(blank=True, choices=[('raised', 'Raised'), ('still', 'Still'), ('over', 'Over')], max_length=6)),
            ],
        ),
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.DeleteModel(name='AlarmMail')],
        ),
    ]
