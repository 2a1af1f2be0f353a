"""Stories of people who were harmed, and what they allowed.

Locks: nobody; the tables are new.
"""

import actions.models.story
import django.db.models.deletion
import django.utils.timezone
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0034_signatories'),
        ('campaigns', '0034_takes_stories'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Story',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('code', models.CharField(default=actions.models.story.new_code, max_length=12, unique=True)),
                ('form_key', models.UUIDField(default=uuid.uuid4, help_text='Sent twice is once', unique=True)),
                ('state', models.CharField(choices=[('sent', 'Sent; its mailbox has not answered'), ('waiting', 'To review'), ('asked', 'Its teller is asked about changes'), ('approved', 'Approved by two'), ('refused', 'Refused')], default='sent', max_length=10)),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('title', models.CharField(blank=True, max_length=80)),
                ('text', models.TextField()),
                ('proposed', models.JSONField(blank=True, default=dict, help_text='Other words, until its teller answers: "title", "text"')),
                ('notes', models.JSONField(blank=True, default=list, help_text='Of Note')),
                ('named', models.CharField(choices=[('whole', 'With my whole name'), ('first', 'With my first name only'), ('none', 'Without a name')], max_length=6)),
                ('given_name', models.CharField(blank=True, max_length=70)),
                ('family_name', models.CharField(blank=True, max_length=70)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mailbox', models.CharField(blank=True, db_index=True, help_text='As a hash', max_length=64)),
                ('key', models.CharField(blank=True, help_text='Mailbox and name, as a hash', max_length=64)),
                ('until', models.DateField(help_text='The last day on which it may be shown')),
                ('allows_page', models.BooleanField(default=False)),
                ('allows_press', models.BooleanField(default=False)),
                ('handed_on', models.JSONField(blank=True, default=list, help_text='Rows {"on", "to"}')),
                ('how_given', models.CharField(blank=True, choices=[('paper', 'On signed paper'), ('telephone', 'By telephone'), ('in_person', 'In person'), ('mail', 'By e-mail')], max_length=10)),
                ('sent_at', models.DateTimeField(default=django.utils.timezone.now)),
                ('proven_at', models.DateTimeField(blank=True, help_text='When its mailbox answered', null=True)),
                ('decided_at', models.DateTimeField(blank=True, null=True)),
                ('refused_because', models.CharField(blank=True, choices=[('others', 'Other people in it could be recognized.'), ('young', 'It is about somebody who is still a child.'), ('not-for-us', 'It is about something that we do not work on.'), ('case', 'It is about a case that is open in a court.'), ('unsure', 'We cannot stand behind it, as far as we can tell.')], max_length=12)),
                ('reminded_of', models.DateField(blank=True, help_text='Of which end they were told', null=True)),
                ('is_demo', models.BooleanField(default=False)),
                ('entered_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('first_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.issue')),
                ('second_by', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name_plural': 'stories',
                'ordering': ['-sent_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='StoryConsent',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('purpose', models.CharField(choices=[('newsletter', 'Newsletter'), ('updates', 'What becomes of a campaign'), ('public_name', 'First name and place shown'), ('post', 'Invitations by post'), ('sample_text', 'Their words shown as an example'), ('sign_on', 'Shown where they signed for an organization'), ('story_page', 'Their story on a page of ours'), ('story_press', 'Their story shown to the press')], max_length=20)),
                ('granted', models.BooleanField()),
                ('wording', models.CharField(blank=True, max_length=400)),
                ('language', models.CharField(default='en', max_length=7)),
                ('channel', models.CharField(default='web', max_length=20)),
                ('at', models.DateTimeField(default=django.utils.timezone.now)),
                ('story', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='consents', to='actions.story')),
            ],
            options={
                'ordering': ['id'],
            },
        ),
        migrations.AddConstraint(
            model_name='story',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('first_by', models.F('second_by')), _negated=True), ('first_by', None), ('second_by', None), _connector='OR'), name='a_story_is_reviewed_by_two_people'),
        ),
    ]
