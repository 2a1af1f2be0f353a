"""News, reports, briefs and their files.

Locks: nothing that exists; the tables are new.
"""

import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0028_public_bills_and_published_issues'),
    ]

    operations = [
        migrations.CreateModel(
            name='PublicationFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('digest', models.CharField(help_text='SHA-256 of `content`', max_length=64, unique=True)),
                ('name', models.CharField(help_text='As it is saved by whoever downloads it', max_length=80)),
                ('size', models.PositiveIntegerField(help_text='Bytes')),
                ('content', models.BinaryField()),
            ],
        ),
        migrations.CreateModel(
            name='Publication',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('zone', models.CharField(blank=True, choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], db_default='', default='', max_length=40)),
                ('publish_at', models.DateTimeField(blank=True, help_text='Empty: a draft', null=True)),
                ('unpublished_at', models.DateTimeField(blank=True, null=True)),
                ('unpublished_to', models.CharField(blank=True, db_default='', default='', help_text="Where its address leads since: a path here, or a listed host's page", max_length=300)),
                ('kind', models.CharField(choices=[('news', 'News'), ('report', 'Report'), ('brief', 'Brief'), ('facts', 'Fact sheet')], default='news', max_length=8)),
                ('dated_on', models.DateField(default=django.utils.timezone.localdate, help_text='The day that it carries; lists are in its order')),
                ('is_demo', models.BooleanField(default=False)),
                ('bills', models.ManyToManyField(blank=True, related_name='publications', to='campaigns.bill')),
                ('issues', models.ManyToManyField(blank=True, related_name='publications', to='campaigns.issue')),
            ],
            options={
                'ordering': ['-dated_on', '-id'],
            },
        ),
        migrations.CreateModel(
            name='PublicationState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=2)),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='campaigns.publication')),
            ],
            options={
                'ordering': ['code'],
            },
        ),
        migrations.CreateModel(
            name='PublicationWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('corrections', models.JSONField(blank=True, db_default=[], default=list, help_text='Rows {"at", "said"}, the oldest first')),
                ('title', models.CharField(max_length=140)),
                ('summary', models.CharField(max_length=300)),
                ('story', models.TextField(blank=True, help_text='Markdown')),
                ('link', models.URLField(blank=True, max_length=300, validators=[django.core.validators.URLValidator(schemes=['https', 'http'])])),
                ('file', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='words', to='campaigns.publicationfile')),
                ('publication', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='campaigns.publication')),
            ],
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['-dated_on', '-id'], name='publications_newest_first'),
        ),
        migrations.AddIndex(
            model_name='publication',
            index=models.Index(fields=['kind', '-dated_on', '-id'], name='publications_of_a_kind'),
        ),
        migrations.AddConstraint(
            model_name='publicationstate',
            constraint=models.UniqueConstraint(fields=('code', 'publication'), name='one_state_per_publication_once'),
        ),
        migrations.AddConstraint(
            model_name='publicationwords',
            constraint=models.UniqueConstraint(fields=('publication', 'language'), name='one_set_of_words_per_publication_and_language'),
        ),
    ]
