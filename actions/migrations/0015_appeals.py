"""Who was refused may ask for one more look.

Locks: nothing that anybody waits for: two columns with constant defaults.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("actions", "0014_submissions"),
    ]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="refusals",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="submission",
            name="appeal",
            field=models.CharField(blank=True, db_default="", default="", max_length=500),
        ),
    ]
