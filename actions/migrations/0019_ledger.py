"""What each person was last counted as.

Locks: campaigns_ask for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0018_letter_versions'),
        ('campaigns', '0016_breakdowns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Cursor',
            fields=[
                ('name', models.CharField(max_length=20, primary_key=True, serialize=False)),
                ('position', models.BigIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name='Ledger',
            fields=[
                ('ask', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='+', serialize=False, to='campaigns.ask')),
                ('is_whole', models.BooleanField(default=False)),
                ('counted_at', models.DateTimeField(help_text="By the database's clock: nothing older is missing")),
                ('last_action', models.BigIntegerField(default=0, help_text='While it is not whole: up to where')),
                ('last_submission', models.BigIntegerField(default=0)),
                ('drifted_at', models.DateTimeField(blank=True, help_text='When a nightly count last found another number', null=True)),
            ],
        ),
        migrations.CreateModel(
            name='Counted',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('person', models.CharField(help_text="The supporter's key, as it was then", max_length=64)),
                ('facts', models.JSONField(help_text='actions.breakdowns.facts.Facts, as a list')),
                ('action', models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actions.action')),
                ('ask', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.ask')),
                ('submission', models.OneToOneField(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='actions.submission')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('action', None), ('submission', None)), fields=['ask'], name='counted_and_gone')],
                'constraints': [models.UniqueConstraint(fields=('ask', 'person'), name='one_count_per_person')],
            },
        ),
    ]
