"""Names in code only: the columns `held_for` and `ring_at` and every stored value stay as they are.

Changes nothing in the database.

Locks: nothing.
"""

from django.db import migrations, models
from django.db.models import Q

STATES = [
    ("held", "Waiting"),
    ("queued", "Queued"),
    ("claimed", "Claimed"),
    ("data", "Data"),
    ("sent", "Sent"),
    ("failed", "Failed"),
    ("uncertain", "Uncertain"),
    ("cancelled", "Cancelled"),
]


class Migration(migrations.Migration):
    dependencies = [("worker", "0011_print_items_go_with_their_letters")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveIndex(model_name="delivery", name="held"),
                migrations.RenameField("delivery", "held_for", "waits_for"),
                migrations.AlterField(
                    model_name="delivery",
                    name="waits_for",
                    field=models.CharField(
                        blank=True,
                        choices=[
                            ("", "Confirmation"),
                            ("review", "Review"),
                            ("address", "Address"),
                        ],
                        db_column="held_for",
                        help_text="While it is waiting: what for",
                        max_length=10,
                    ),
                ),
                migrations.AddIndex(
                    model_name="delivery",
                    index=models.Index(
                        condition=Q(state="held"), fields=["waits_for", "lane"], name="held"
                    ),
                ),
                migrations.RenameField("lane", "ring_at", "wake_at"),
                migrations.AlterField(
                    model_name="lane",
                    name="wake_at",
                    field=models.DateTimeField(
                        blank=True,
                        db_column="ring_at",
                        help_text="When what waits for the pace or the circuit may be looked at",
                        null=True,
                    ),
                ),
                migrations.AlterField(
                    model_name="delivery",
                    name="state",
                    field=models.CharField(choices=STATES, default="queued", max_length=10),
                ),
                migrations.AlterField(
                    model_name="attempt",
                    name="state",
                    field=models.CharField(
                        choices=STATES, help_text="The state it went to.", max_length=10
                    ),
                ),
            ],
        ),
    ]
