"""Consents to post and to showing somebody's words; whether an age is known; who allows a purpose.

Locks: supporters_supporter for some milliseconds, for a column with a constant; the index is built
while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0008_search")]

    operations = [
        migrations.AddField(
            model_name="supporter",
            name="age_is_known",
            field=models.BooleanField(
                db_default=True,
                default=True,
                help_text="False: imported, or signed where no age was asked. Counted only.",
            ),
        ),
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("newsletter", "Newsletter"),
                    ("updates", "What becomes of a campaign"),
                    ("public_name", "First name and place shown"),
                    ("post", "Invitations by post"),
                    ("sample_text", "Their words shown as an example"),
                ],
                max_length=20,
            ),
        ),
        AddIndexConcurrently(
            model_name="consent",
            index=models.Index(fields=["purpose", "supporter", "-id"], name="who_allows"),
        ),
    ]
