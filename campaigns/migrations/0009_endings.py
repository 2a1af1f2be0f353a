"""Close and Win can be undone for half an hour: what they were done to is noted.

Locks: campaigns_campaign for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('campaigns', '0008_bills')]

    operations = [
        migrations.AddField(
            model_name='campaign',
            name='letters_stopped_at',
            field=models.DateTimeField(blank=True, help_text='It ended, and what had not left by then never goes.', null=True),
        ),
        migrations.CreateModel(
            name='Ending',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('deed', models.CharField(help_text='"close" or "win"', max_length=20)),
                ('author', models.CharField(max_length=254)),
                ('was', models.CharField(choices=[('draft', 'Draft'), ('live', 'Live'), ('paused', 'Paused'), ('closed', 'Closed'), ('won', 'Won'), ('archived', 'Archived')], help_text='To go back to', max_length=10)),
                ('was_closed_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField()),
                ('due_at', models.DateTimeField(help_text='Until then it can be undone.')),
                ('stops_letters', models.BooleanField(default=True, help_text='What has not left is cancelled; otherwise it goes.')),
                ('placed_hold', models.BooleanField(default=False, help_text="The hold on its letters is this ending's own.")),
                ('closing_messages', models.JSONField(default=dict, help_text='By language: [before, as typed when it ended]')),
                ('finishing_since', models.DateTimeField(blank=True, help_text='From then on nothing can be undone.', null=True)),
                ('stopped', models.PositiveIntegerField(default=0, help_text='Letters cancelled so far')),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='ending', to='campaigns.campaign')),
            ],
        ),
    ]
