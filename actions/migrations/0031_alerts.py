"""A call to act in a campaign, for a list of people who can.

Locks: nothing that exists; the tables are new.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0030_guardians'),
        ('campaigns', '0027_merge_fields_help'),
    ]

    operations = [
        migrations.CreateModel(
            name='Alert',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('state', models.CharField(choices=[('draft', 'Draft'), ('waiting', 'Waits half an hour, in case you call it back'), ('sending', 'Being written to everybody'), ('posted', 'Written to everybody'), ('stopped', 'Stopped'), ('failed', 'Stopped by a fault')], default='draft', max_length=10)),
                ('author', models.CharField(help_text='As written down then', max_length=254)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('goes_at', models.DateTimeField(blank=True, help_text='Until then: call it back', null=True)),
                ('approved_by', models.CharField(blank=True, max_length=254)),
                ('last_key', models.BigIntegerField(default=0)),
                ('addressed', models.PositiveIntegerField(default=0, help_text='Mailboxes, when it was approved')),
                ('beat_at', models.DateTimeField(blank=True, null=True)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=80)),
                ('posted_at', models.DateTimeField(blank=True, help_text='When the last was written', null=True)),
                ('list_name', models.CharField(blank=True, help_text="The segment's name then; blank: all supporters", max_length=80)),
                ('filters', models.JSONField(default=dict, help_text="The segment's conditions then (desk.supporters.filters)")),
                ('goes_to_acted', models.BooleanField(default=False, help_text='Also to who has acted in its campaign')),
                ('goes_to_unsure', models.BooleanField(default=False, help_text='Also to whose district is not certain')),
                ('zone', models.CharField(blank=True, help_text='Whose clock its time was set in', max_length=40)),
                ('left_out', models.JSONField(default=dict, help_text='People by why they do not get it')),
                ('counted_at', models.DateTimeField(blank=True, help_text='When `left_out` and `addressed` were found', null=True)),
                ('unsubscribed', models.PositiveIntegerField(default=0, help_text='Mailboxes that left the newsletter by its link')),
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign')),
            ],
            options={
                'ordering': ['-id'],
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='AlertWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('subject', models.CharField(max_length=120)),
                ('text', models.TextField(help_text='Markdown')),
                ('alert', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='actions.alert')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('alert', 'language'), name='one_set_of_words_per_alert_and_language')],
            },
        ),
    ]
