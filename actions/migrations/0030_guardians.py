"""Whom somebody of 13 to 17 named, and what was answered.

Locks: actions_submission for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0029_paper_and_imports'),
    ]

    operations = [
        migrations.AddField(
            model_name='submission',
            name='guardian',
            field=models.EmailField(blank=True, db_default='', default='', max_length=254),
        ),
        migrations.CreateModel(
            name='Guardian',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(max_length=254)),
                ('language', models.CharField(default='en', max_length=7)),
                ('asked_at', models.DateTimeField()),
                ('said_yes_at', models.DateTimeField(blank=True, null=True)),
                ('wording', models.CharField(blank=True, help_text='What stood beside the button, as it was pressed', max_length=300)),
                ('action', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='guardian', to='actions.action')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('said_yes_at', None)), fields=['asked_at'], name='unanswered_guardians')],
            },
        ),
    ]
