"""Each form as it was sent is a row of its own, until its mailbox answers.

Locks: nothing that anybody waits for: a new table, and its keys to three others.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0013_other_offices'),
        ('campaigns', '0005_safeguards'),
    ]

    operations = [
        migrations.CreateModel(
            name='Submission',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('us_state', models.CharField(blank=True, max_length=2)),
                ('language', models.CharField(default='en', max_length=7)),
                ('source', models.CharField(blank=True, max_length=40)),
                ('name_is_public', models.BooleanField(default=False)),
                ('subject', models.CharField(blank=True, max_length=200)),
                ('statement', models.TextField(blank=True, help_text="The organization's words, as sent")),
                ('statement_edited', models.BooleanField(default=False)),
                ('own_words', models.TextField(blank=True)),
                ('entry', models.JSONField(blank=True, default=dict)),
                ('newsletter_wording', models.CharField(blank=True, help_text='Ticked, with these words beside the box', max_length=400)),
                ('needs_lookup', models.BooleanField(default=False)),
                ('match_method', models.CharField(blank=True, max_length=20)),
                ('match_certain', models.BooleanField(default=False)),
                ('chosen_by_person', models.BooleanField(default=False)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('form_key', models.UUIDField(help_text='Of the form it came in')),
                ('digest', models.CharField(help_text='HMAC of everything in it', max_length=64)),
                ('supporter_key', models.CharField(max_length=64)),
                ('mailbox', models.CharField(max_length=64)),
                ('state', models.CharField(choices=[('waiting', 'Waits for its mailbox'), ('quarantined', 'Set aside for a person to look at'), ('confirmed', 'Confirmed: it became the action'), ('refused', 'Refused by a person who looked')], default='waiting', max_length=12)),
                ('quarantined_because', models.CharField(blank=True, max_length=60)),
                ('appealed_at', models.DateTimeField(blank=True, help_text='The mailbox answered and asked for a look.', null=True)),
                ('counts_at_once', models.BooleanField(default=False, help_text='Its campaign asks for no confirmation: counted as not verified')),
                ('seats', models.JSONField(blank=True, default=list, help_text='Ids of those it addresses')),
                ('outcomes', models.JSONField(blank=True, default=dict, help_text="Of calls, by the seat's id")),
                ('network', models.CharField(blank=True, max_length=64)),
                ('wider_network', models.CharField(blank=True, max_length=64)),
                ('mail_domain', models.CharField(blank=True, max_length=64)),
                ('is_demo', models.BooleanField(default=False, help_text='Made up, and not forgotten')),
                ('created_at', models.DateTimeField()),
                ('changed_at', models.DateTimeField(help_text='Moved by every change that a count must notice.')),
                ('action', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='submissions', to='actions.action')),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.ask')),
                ('petition_text', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.petitiontext')),
            ],
            options={
                'indexes': [models.Index(fields=['mailbox', 'ask'], name='actions_sub_mailbox_70988c_idx'), models.Index(fields=['ask', 'state', 'supporter_key'], name='actions_sub_ask_id_dedcd6_idx'), models.Index(fields=['ask', 'changed_at'], name='actions_sub_ask_id_9991e4_idx'), models.Index(fields=['state', 'created_at'], name='actions_sub_state_d55f51_idx'), models.Index(fields=['network', 'created_at'], name='actions_sub_network_0444ec_idx'), models.Index(fields=['wider_network', 'created_at'], name='actions_sub_wider_n_1861be_idx'), models.Index(fields=['mail_domain', 'created_at'], name='actions_sub_mail_do_4a0a1f_idx'), models.Index(fields=['form_key'], name='actions_sub_form_ke_44fdb0_idx')],
                'constraints': [models.UniqueConstraint(fields=('form_key', 'digest'), name='one_submission_per_form_and_words')],
            },
        ),
    ]
