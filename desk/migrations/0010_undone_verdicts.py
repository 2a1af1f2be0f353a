"""What was decided together can be undone for a while; and what came together in an hour.

Locks: desk_verdict for some milliseconds; the other tables are new.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0023_networks_kept'),
        ('desk', '0009_partner_lists'),
    ]

    operations = [
        migrations.AddField(
            model_name='verdict',
            name='letters_gone',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Had left before, and cannot be called back'),
        ),
        migrations.AddField(
            model_name='verdict',
            name='undoes',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='undoings', to='desk.verdict'),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='chosen',
            field=models.JSONField(help_text='Which ones: desk.quarantine.chosen.Chosen'),
        ),
        migrations.AlterField(
            model_name='verdict',
            name='deed',
            field=models.CharField(choices=[('aside', 'set aside'), ('release', 'release'), ('refuse', 'refuse'), ('undo', 'undo')], max_length=7),
        ),
        migrations.CreateModel(
            name='Trend',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('hour', models.DateTimeField()),
                ('kind', models.CharField(choices=[('network', 'Network'), ('domain', 'Domain'), ('name', 'Name'), ('text', 'Text')], max_length=7)),
                ('key', models.CharField(max_length=80)),
                ('number', models.PositiveIntegerField(help_text='Mailboxes')),
                ('example', models.BigIntegerField(help_text='The id of one such submission')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('hour', 'kind', 'key'), name='one_trend_per_hour')],
            },
        ),
        migrations.CreateModel(
            name='Decided',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('before', models.CharField(help_text='Its state', max_length=12)),
                ('because', models.CharField(blank=True, max_length=60)),
                ('submission', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='actions.submission')),
                ('verdict', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='decided', to='desk.verdict')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('verdict', 'submission'), name='decided_once')],
            },
        ),
    ]
