"""Sign-on letters and their words.

Locks: nothing that exists; the tables are new.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0031_search'),
    ]

    operations = [
        migrations.CreateModel(
            name='SignOn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('slug', models.SlugField(max_length=60, unique=True)),
                ('zone', models.CharField(blank=True, choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], db_default='', default='', max_length=40)),
                ('publish_at', models.DateTimeField(blank=True, help_text='Empty: a draft', null=True)),
                ('unpublished_at', models.DateTimeField(blank=True, null=True)),
                ('unpublished_to', models.CharField(blank=True, db_default='', default='', help_text="Where its address leads since: a path here, or a listed host's page", max_length=300)),
                ('closes_at', models.DateTimeField(blank=True, help_text='The deadline to sign', null=True)),
                ('closes_zone', models.CharField(blank=True, choices=[('America/New_York', 'Eastern Time'), ('America/Chicago', 'Central Time'), ('America/Denver', 'Mountain Time'), ('America/Phoenix', 'Arizona Time'), ('America/Los_Angeles', 'Pacific Time'), ('America/Anchorage', 'Alaska Time'), ('Pacific/Honolulu', 'Hawaii Time'), ('America/Puerto_Rico', 'Atlantic Time'), ('Pacific/Guam', 'Chamorro Time'), ('Pacific/Pago_Pago', 'Samoa Time')], help_text='By whose clock it is said', max_length=40)),
                ('closed_at', models.DateTimeField(blank=True, help_text='Closed before its deadline', null=True)),
                ('led_by', models.CharField(blank=True, help_text='Who wrote it; blank: the organization itself', max_length=200)),
                ('delivered_on', models.DateField(blank=True, null=True)),
                ('delivered_to', models.CharField(blank=True, max_length=200)),
                ('delivered_how', models.TextField(blank=True, help_text='What shows that it was handed over; read at the desk only')),
                ('is_demo', models.BooleanField(default=False)),
                ('bills', models.ManyToManyField(blank=True, related_name='sign_ons', to='campaigns.bill')),
                ('issues', models.ManyToManyField(blank=True, related_name='sign_ons', to='campaigns.issue')),
            ],
            options={
                'ordering': ['-closes_at', '-id'],
            },
        ),
        migrations.CreateModel(
            name='SignOnState',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=2)),
                ('sign_on', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='states', to='campaigns.signon')),
            ],
            options={
                'ordering': ['code'],
                'constraints': [models.UniqueConstraint(fields=('code', 'sign_on'), name='one_state_per_sign_on_once')],
            },
        ),
        migrations.CreateModel(
            name='SignOnWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('language', models.CharField(choices=[('en', 'English'), ('es', 'Spanish')], default='en', max_length=7)),
                ('corrections', models.JSONField(blank=True, db_default=[], default=list, help_text='Rows {"at", "said"}, the oldest first')),
                ('title', models.CharField(max_length=140)),
                ('summary', models.CharField(max_length=300)),
                ('addressees', models.CharField(help_text='To whom it goes, by name and office', max_length=300)),
                ('text', models.TextField(help_text='Markdown')),
                ('sign_on', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='campaigns.signon')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('sign_on', 'language'), name='one_set_of_words_per_sign_on_and_language')],
            },
        ),
    ]
