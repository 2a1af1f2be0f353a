"""The salt of an import's sealed file.

Locks: desk_import for an instant; the column has a default of the database.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('desk', '0013_raised_alarms'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='salt',
            field=models.CharField(blank=True, db_default='', default='', max_length=64),
        ),
    ]
