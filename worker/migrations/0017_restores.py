"""Restores of the database, and which databases nobody has to ask about.

Locks: nothing; two new tables.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('worker', '0016_no_permissions_of_its_own'),
    ]

    operations = [
        migrations.CreateModel(
            name='KnownDatabase',
            fields=[
                ('identity', models.CharField(max_length=80, primary_key=True, serialize=False)),
                ('known_at', models.DateTimeField(auto_now_add=True)),
            ],
        ),
        migrations.CreateModel(
            name='Restore',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('identity', models.CharField(help_text='Of the database, as worker.restoring.identity says', max_length=80, unique=True)),
                ('found_at', models.DateTimeField(auto_now_add=True)),
                ('moment', models.DateTimeField(help_text='The last that it knew of: what happened since may be missing.')),
                ('settled_at', models.DateTimeField(blank=True, help_text='When it was asked what had left since.', null=True)),
                ('replayed_at', models.DateTimeField(blank=True, help_text='When what was taken back since was taken back again.', null=True)),
                ('account', models.TextField(blank=True, help_text='What was found and done, a line each')),
                ('ended_at', models.DateTimeField(blank=True, null=True)),
                ('ended_by', models.CharField(blank=True, max_length=254)),
                ('reason', models.CharField(blank=True, max_length=200)),
            ],
            options={
                'ordering': ['id'],
            },
        ),
    ]
