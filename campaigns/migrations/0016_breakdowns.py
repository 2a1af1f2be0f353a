"""An ask's numbers along one side: by day, by district, by source.

Locks: campaigns_ask for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0015_bills_of_campaigns'),
    ]

    operations = [
        migrations.CreateModel(
            name='Breakdown',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('side', models.CharField(choices=[('whole', 'Whole'), ('day', 'Day'), ('hour', 'Hour'), ('state', 'State'), ('cd', 'Congressional district'), ('sldu', 'State senate district'), ('sldl', 'State house district'), ('office', 'Office'), ('source', 'Source'), ('language', 'Language'), ('words', 'Words'), ('evidence', 'Letters'), ('host', 'Host'), ('told', 'Told')], max_length=10)),
                ('value', models.CharField(blank=True, max_length=160)),
                ('metric', models.CharField(max_length=12)),
                ('number', models.PositiveIntegerField()),
                ('ask', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.CASCADE, related_name='breakdowns', to='campaigns.ask')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('ask', 'side', 'value', 'metric'), name='one_number_per_side')],
            },
        ),
    ]
