"""Forms that are not saved yet, as their authors' drafts.

Locks: what it points at (campaigns, asks, issues, accounts), for some milliseconds.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0011_one_brand'),
        ('desk', '0006_alarm_mail'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='FormDraft',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('thing', models.CharField(help_text='Like "campaign:3:words:es", "brand"', max_length=80)),
                ('fields', models.JSONField(help_text='By name, the list that a browser sends')),
                ('opened_with', models.JSONField(help_text='Digests of what it began from (desk.newer_version)')),
                ('page', models.CharField(help_text='Which opened page wrote it', max_length=12)),
                ('replaced', models.JSONField(help_text='What another page of the same author had kept before, whole', null=True)),
                ('saved_at', models.DateTimeField()),
                ('ask', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.ask')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('campaign', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.campaign')),
                ('issue', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.issue')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('author', 'thing'), name='one_draft_of_a_form')],
            },
        ),
    ]
