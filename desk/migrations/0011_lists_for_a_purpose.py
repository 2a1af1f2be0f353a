"""Exports have a purpose of the closed list, chosen columns, a second person and a link; segments.

Locks: desk_export and desk_exportpart, small tables, for some milliseconds.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0010_undone_verdicts'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name='export',
            name='approved_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='export',
            name='begun_at',
            field=models.DateTimeField(blank=True, help_text='When its author said that it is to be written', null=True),
        ),
        migrations.AddField(
            model_name='export',
            name='columns',
            field=models.JSONField(blank=True, db_default=models.Value([], models.JSONField()), default=list),
        ),
        migrations.AddField(
            model_name='export',
            name='format',
            field=models.CharField(choices=[('csv', 'CSV'), ('xlsx', 'XLSX, for Excel')], db_default='csv', default='csv', max_length=4),
        ),
        migrations.AddField(
            model_name='export',
            name='is_bare',
            field=models.BooleanField(db_default=False, default=False, help_text='No apostrophe before a valid ZIP or phone'),
        ),
        migrations.AddField(
            model_name='export',
            name='is_counted',
            field=models.BooleanField(db_default=True, default=True, help_text='False while a draft of many is being counted'),
        ),
        migrations.AddField(
            model_name='export',
            name='link_ends_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='export',
            name='link_hash',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='export',
            name='link_starts',
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name='export',
            name='purpose_key',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='export',
            name='salt',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
        migrations.AddField(
            model_name='exportpart',
            name='first_key',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='exportpart',
            name='last_key',
            field=models.PositiveBigIntegerField(null=True),
        ),
        migrations.AddField(
            model_name='exportpart',
            name='of_workbook',
            field=models.BooleanField(db_default=False, default=False, help_text='Of the XLSX that is made of the others'),
        ),
        migrations.AlterField(
            model_name='export',
            name='kind',
            field=models.CharField(choices=[('supporters', 'supporters'), ('petition', 'petition'), ('partner', 'partner'), ('texts', 'texts')], default='supporters', max_length=12),
        ),
        migrations.AlterField(
            model_name='export',
            name='state',
            field=models.CharField(choices=[('draft', 'Not begun'), ('approval', 'Waits for a second person'), ('waiting', 'Waiting'), ('running', 'Running'), ('ready', 'Ready'), ('failed', 'Failed'), ('expired', 'Expired'), ('stopped', 'Stopped'), ('taken', 'Taken away')], default='waiting', max_length=8),
        ),
        migrations.CreateModel(
            name='Segment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('is_shared', models.BooleanField(default=False)),
                ('filters', models.JSONField(default=dict)),
                ('made_at', models.DateTimeField(auto_now_add=True)),
                ('changed_at', models.DateTimeField(auto_now=True)),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'ordering': ['name', 'id'],
            },
        ),
        migrations.AddField(
            model_name='export',
            name='segment',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='exports', to='desk.segment'),
        ),
        migrations.AddConstraint(
            model_name='segment',
            constraint=models.UniqueConstraint(fields=('owner', 'name'), name='one_segment_per_name'),
        ),
    ]
