"""A letter may wait for a fresh roster. A choice in code only.

Locks: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("worker", "0013_waiting_for_approval")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
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
                            ("roster", "Roster"),
                        ],
                        db_column="held_for",
                        help_text="While it is waiting: what for",
                        max_length=10,
                    ),
                ),
            ],
        ),
    ]
