"""Words only: the values stored stay what they were.

Locks: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0009_routes"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterField(
                    "action",
                    "state",
                    models.CharField(
                        choices=[
                            ("pending", "Waiting for confirmation"),
                            ("quarantined", "Set aside for a person to look at"),
                            ("confirmed", "Confirmed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="pending",
                        max_length=12,
                    ),
                ),
            ],
        ),
    ]
