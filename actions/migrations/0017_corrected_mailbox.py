"""A submission that was sent again to another mailbox; and when a mailbox was asked once more.

Locks: actions_submission for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0016_bursts")]

    operations = [
        migrations.AddField(
            model_name="submission",
            name="reminded_at",
            field=models.DateTimeField(blank=True, help_text="Asked once more", null=True),
        ),
        migrations.AlterField(
            model_name="submission",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Waits for its mailbox"),
                    ("quarantined", "Set aside for a person to look at"),
                    ("confirmed", "Confirmed: it became the action"),
                    ("refused", "Refused by a person who looked"),
                    ("superseded", "Sent again to another mailbox, by the same form"),
                ],
                default="waiting",
                max_length=12,
            ),
        ),
    ]
