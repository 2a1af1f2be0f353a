"""People who act, as they tell it.

Locks: nothing that exists; the tables are new, and of story consents only what Django knows changes.
"""

import actions.models.hero
import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0036_countries_and_other_executives'),
        ('campaigns', '0035_treaties_and_supporters_abroad'),
        ('supporters', '0016_consent_to_be_shown_as_acting'),
    ]

    operations = [
        migrations.AlterField(
            model_name='storyconsent',
            name='purpose',
            field=models.CharField(choices=[('newsletter', 'Newsletter'), ('updates', 'What becomes of a campaign'), ('public_name', 'First name and place shown'), ('post', 'Invitations by post'), ('sample_text', 'Their words shown as an example'), ('sign_on', 'Shown where they signed for an organization'), ('story_page', 'Their story on a page of ours'), ('story_press', 'Their story shown to the press'), ('hero', 'Shown among the people who act')], max_length=20),
        ),
        migrations.CreateModel(
            name='Hero',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zone', models.CharField(blank=True, choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], db_default='', default='', max_length=40)),
                ('publish_at', models.DateTimeField(blank=True, help_text='Empty: a draft', null=True)),
                ('unpublished_at', models.DateTimeField(blank=True, null=True)),
                ('unpublished_to', models.CharField(blank=True, db_default='', default='', help_text="Where its address leads since: a path here, or a listed host's page", max_length=300)),
                ('slug', models.SlugField(default=actions.models.hero.nameless_slug, max_length=60, unique=True)),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('email', models.EmailField(blank=True, max_length=254)),
                ('mailbox', models.CharField(blank=True, db_index=True, max_length=64)),
                ('supporter_key', models.CharField(blank=True, db_index=True, max_length=64)),
                ('given_name', models.CharField(max_length=70)),
                ('family_name', models.CharField(max_length=70)),
                ('named', models.CharField(choices=[('full', 'First and last name'), ('first', 'First name only')], default='full', max_length=5)),
                ('place', models.CharField(blank=True, max_length=80)),
                ('language', models.CharField(default='en', help_text='In which they told it', max_length=7)),
                ('wording', models.CharField(help_text='What stood beside the box they ticked', max_length=400)),
                ('sent_at', models.DateTimeField(help_text='When they sent it, or changed it last')),
                ('confirmed_at', models.DateTimeField(blank=True, null=True)),
                ('accepted_at', models.DateTimeField(blank=True, null=True)),
                ('declined_at', models.DateTimeField(blank=True, null=True)),
                ('declined_because', models.CharField(blank=True, choices=[('others', 'Somebody else can be recognized in it.'), ('unclear', 'We could not quite follow what happened.'), ('elsewhere', 'It is not about what this organization works on.')], max_length=10)),
                ('state', models.CharField(blank=True, max_length=2)),
                ('is_demo', models.BooleanField(default=False)),
                ('campaign', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.campaign')),
                ('issue', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='campaigns.issue')),
                ('supporter', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
            options={
                'ordering': ['-publish_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='HeroWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('corrections', models.JSONField(blank=True, db_default=[], default=list, help_text='Rows {"at", "said"}, the oldest first')),
                ('deed', models.TextField()),
                ('own_words', models.TextField()),
                ('thanks', models.TextField(blank=True)),
                ('hero', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='actions.hero')),
            ],
        ),
        migrations.AddIndex(
            model_name='hero',
            index=models.Index(fields=['-publish_at', '-id'], name='heroes_newest_first'),
        ),
        migrations.AddConstraint(
            model_name='herowords',
            constraint=models.UniqueConstraint(fields=('hero', 'language'), name='one_set_of_words_per_hero_and_language'),
        ),
    ]
