"""Signatures on paper, and lists that are brought in.

Locks: nothing that exists; the tables are new.
"""


import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0025_paper_and_imports'),
        ('desk', '0011_lists_for_a_purpose'),
        ('supporters', '0012_paper_and_imports'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('public_id', models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ('kind', models.CharField(choices=[('supporters', 'Supporters, with their e-mail addresses'), ('paper', 'Signatures of a petition on paper')], max_length=10)),
                ('provenance', models.CharField(help_text='Where, when and by whom collected', max_length=300)),
                ('wording', models.CharField(blank=True, help_text='What they agreed to', max_length=400)),
                ('all_grown', models.BooleanField(default=False, help_text='Staff says so of the whole file')),
                ('all_agreed', models.BooleanField(default=False)),
                ('is_workbook', models.BooleanField(default=False)),
                ('header', models.JSONField(default=list)),
                ('mapping', models.JSONField(default=dict, help_text='Field -> number of the column, from 0')),
                ('samples', models.JSONField(default=list, help_text='The first rows, while they are needed')),
                ('faults', models.JSONField(default=list, help_text='[row, field, message], the first ones')),
                ('numbers', models.JSONField(default=dict, help_text='What became of how many rows')),
                ('state', models.CharField(choices=[('uploaded', 'To be described'), ('looking', 'Being looked through'), ('looked', 'Looked through: nothing is kept yet'), ('running', 'Being read in'), ('done', 'Read in'), ('undoing', 'Being undone'), ('undone', 'Undone'), ('failed', 'Failed'), ('stopped', 'Thrown away')], default='uploaded', max_length=8)),
                ('last_row', models.PositiveIntegerField(default=0)),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('error', models.CharField(blank=True, max_length=200)),
                ('asked_at', models.DateTimeField(auto_now_add=True)),
                ('noted_at', models.DateTimeField(auto_now_add=True, help_text='Of the step that is to be done')),
                ('beat_at', models.DateTimeField(blank=True, null=True)),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ask', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='campaigns.ask')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['-id'],
            },
        ),
        migrations.CreateModel(
            name='ImportedPerson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('is_new', models.BooleanField(help_text='Nobody knew them before')),
                ('consent', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='supporters.consent')),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='people', to='desk.import')),
                ('supporter', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='supporters.supporter')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'supporter'), name='imported_once')],
            },
        ),
        migrations.CreateModel(
            name='ImportPart',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.PositiveIntegerField()),
                ('content', models.BinaryField()),
                ('of', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='parts', to='desk.import')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('of', 'number'), name='one_import_part')],
            },
        ),
    ]
