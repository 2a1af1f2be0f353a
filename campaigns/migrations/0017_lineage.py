"""Where a campaign was carried from.

Locks: campaigns_campaign for some milliseconds, where the new table points at it.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0016_breakdowns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Carry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('from_state', models.CharField(max_length=2)),
                ('to_state', models.CharField(max_length=2)),
                ('author', models.CharField(max_length=254)),
                ('at', models.DateTimeField(auto_now_add=True)),
                ('swaps', models.JSONField(default=list, help_text='Rows {place, old, new, around}')),
                ('left_out', models.JSONField(default=list, help_text='Sentences: what does not exist there')),
                ('confirmed', models.JSONField(default=list, help_text='What looks like the old state and is meant: keys of leftovers')),
                ('campaign', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='carry', to='campaigns.campaign')),
                ('source', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='carries', to='campaigns.campaign')),
            ],
        ),
    ]
