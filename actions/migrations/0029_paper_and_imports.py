"""Signatures on paper, and lists that are brought in.

Locks: nothing that exists; the tables are new.
"""


import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', '0028_said_young'),
        ('campaigns', '0025_paper_and_imports'),
        ('supporters', '0012_paper_and_imports'),
    ]

    operations = [
        migrations.CreateModel(
            name='PaperSignature',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('batch', models.UUIDField(db_index=True, help_text='The import that brought it')),
                ('row', models.PositiveIntegerField(help_text='In the file; the first is 1')),
                ('person', models.CharField(help_text='HMAC of name and ZIP code, so that nobody is counted twice; of a row without a name of batch and row', max_length=64)),
                ('given_name', models.CharField(blank=True, max_length=70)),
                ('family_name', models.CharField(blank=True, max_length=70)),
                ('city', models.CharField(blank=True, max_length=80)),
                ('us_state', models.CharField(blank=True, max_length=2)),
                ('zip', models.CharField(blank=True, max_length=10)),
                ('signed_on', models.DateField(blank=True, null=True)),
                ('ask', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.ask')),
                ('supporter', models.ForeignKey(blank=True, help_text='Who gave a mailbox as well', null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='supporters.supporter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ask', 'person'), name='one_paper_signature_each'), models.UniqueConstraint(fields=('batch', 'row'), name='one_paper_signature_a_row')],
            },
        ),
    ]
