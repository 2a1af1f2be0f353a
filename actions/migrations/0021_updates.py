"""What a campaign tells those who acted, and how far its mail is.

Locks: nothing that exists; the tables are new.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0020_permissions'),
        ('campaigns', '0007_changes_keep_words'),
    ]

    operations = [
        migrations.CreateModel(
            name='Update',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('is_outcome', models.BooleanField(default=False, help_text='Part of closing or winning: it waits for that to be final')),
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
                ('campaign', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.campaign')),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='UpdateWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('subject', models.CharField(max_length=120)),
                ('text', models.TextField(help_text='Markdown')),
                ('update_of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='actions.update')),
            ],
        ),
        migrations.AddIndex(
            model_name='update',
            index=models.Index(condition=models.Q(('state__in', ['waiting', 'sending'])), fields=['state'], name='updates_on_their_way'),
        ),
        migrations.AddConstraint(
            model_name='updatewords',
            constraint=models.UniqueConstraint(fields=('update_of', 'language'), name='one_set_of_words_per_update_and_language'),
        ),
    ]
