"""Sending again becomes a background job like the others: resumed, given up, stopped by a person.

A Replay is called Resend in code; its table stays desk_replay, so the release before goes on.

Locks: desk_replay, a handful of rows, for an instant.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("desk", "0004_replays")]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.AlterModelTable(name="replay", table="desk_replay"),
                migrations.RenameModel("Replay", "Resend"),
                migrations.AlterField(
                    model_name="export",
                    name="state",
                    field=models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("running", "Running"),
                            ("ready", "Ready"),
                            ("failed", "Failed"),
                            ("expired", "Expired"),
                            ("stopped", "Stopped"),
                        ],
                        default="waiting",
                        max_length=8,
                    ),
                ),
            ],
        ),
        migrations.AddField(
            model_name="resend",
            name="beat_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="resend",
            name="tries",
            field=models.PositiveSmallIntegerField(db_default=0, default=0),
        ),
        migrations.AddField(
            model_name="resend",
            name="error",
            field=models.CharField(blank=True, db_default="", default="", max_length=200),
        ),
        migrations.AddField(
            model_name="resend",
            name="stopped_by",
            field=models.CharField(blank=True, db_default="", default="", max_length=254),
        ),
    ]
