"""Suppressions can be lifted, and "not me" is said of one ask.

Locks: supporters_suppression for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0003_rules_name_seats'),
        ('supporters', '0002_prefix'),
    ]

    operations = [
        migrations.AddField(
            model_name='suppression',
            name='lifted_at',
            field=models.DateTimeField(blank=True, help_text='When a person here lifted it; the audit log says why.', null=True),
        ),
        migrations.CreateModel(
            name='NotMe',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('mailbox', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.ask')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('mailbox', 'ask'), name='one_not_me_per_mailbox_and_ask')],
            },
        ),
    ]
