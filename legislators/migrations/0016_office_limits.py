"""How much an office's own form takes.

Locks: nothing that exists; the table is new.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('legislators', '0015_zip_land_shares'),
    ]

    operations = [
        migrations.CreateModel(
            name='OfficeLimit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('characters', models.PositiveIntegerField(blank=True, null=True)),
                ('words', models.PositiveIntegerField(blank=True, null=True)),
                ('said_by', models.CharField(max_length=254)),
                ('said_at', models.DateTimeField(auto_now=True)),
                ('seat', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='limit', to='legislators.seat')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('characters__isnull', False), ('words__isnull', False), _connector='OR'), name='a_limit_limits_something')],
            },
        ),
    ]
