"""Of each submission what finds others that came with it; and venues.

Locks: actions_submission for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('actions', "0022_my_page"),
        ('campaigns', '0018_partners'),
    ]

    operations = [
        migrations.CreateModel(
            name='Venue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=80)),
                ('network', models.CharField(blank=True, max_length=12)),
                ('begins_at', models.DateTimeField()),
                ('ends_at', models.DateTimeField(help_text='It ends by itself')),
                ('opened_by', models.CharField(max_length=254)),
                ('opened_at', models.DateTimeField(auto_now_add=True)),
                ('closed_by', models.CharField(blank=True, help_text='Who ended it earlier', max_length=254)),
            ],
            options={
                'ordering': ['-begins_at'],
            },
        ),
        migrations.AddField(
            model_name='submission',
            name='kept_network',
            field=models.CharField(blank=True, db_default='', default='', max_length=12),
        ),
        migrations.AddField(
            model_name='submission',
            name='likeness',
            field=models.CharField(blank=True, db_default='', default='', max_length=40),
        ),
        migrations.AddField(
            model_name='venue',
            name='campaign',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='campaigns.campaign'),
        ),
        migrations.AddIndex(
            model_name='venue',
            index=models.Index(fields=['network', 'ends_at'], name='actions_ven_network_2c8408_idx'),
        ),
        migrations.AddConstraint(
            model_name='venue',
            constraint=models.CheckConstraint(condition=models.Q(('ends_at__gte', models.F('begins_at'))), name='a_venue_ends_after_it_begins'),
        ),
    ]
