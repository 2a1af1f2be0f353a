"""Room for the names of all periodic jobs.

Locks: worker_heartbeat, of some dozen rows, for a moment.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [('worker', '0017_restores')]

    operations = [
        migrations.AlterField(
            model_name='heartbeat',
            name='name',
            field=models.CharField(max_length=60, primary_key=True, serialize=False),
        ),
    ]
