"""A delivery may wait for its address to be approved.

Locks: nothing; the state of the models only.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("worker", "0012_waiting"),
    ]

    operations = [
        migrations.AlterField(
            model_name="delivery",
            name="waits_for",
            field=models.CharField(
                blank=True,
                choices=[
                    ("", "Confirmation"),
                    ("review", "Review"),
                    ("address", "Address"),
                    ("approval", "Approval"),
                ],
                db_column="held_for",
                help_text="While it is waiting: what for",
                max_length=10,
            ),
        ),
    ]
