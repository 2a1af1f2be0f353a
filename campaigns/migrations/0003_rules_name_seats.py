"""A rule may name seats, as offices of our own are addressed.

Locks: campaigns_targetrule, a small table, for some milliseconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0002_topic_for_congress")]

    operations = [
        migrations.AddField(
            model_name="targetrule",
            name="seats",
            field=models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="Ids of seats: these and no others",
            ),
        ),
    ]
