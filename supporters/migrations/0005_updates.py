"""Whoever wants to hear what becomes of a campaign is found without reading other consents.

Locks: nobody waits; the index is built while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0004_phone_extensions")]

    operations = [
        migrations.AlterField(
            model_name="consent",
            name="purpose",
            field=models.CharField(
                choices=[
                    ("newsletter", "Newsletter"),
                    ("updates", "What becomes of a campaign"),
                    ("public_name", "First name and place shown"),
                ],
                max_length=20,
            ),
        ),
        AddIndexConcurrently(
            model_name="consent",
            index=models.Index(
                fields=["campaign", "supporter"],
                condition=models.Q(purpose="updates"),
                name="wants_updates",
            ),
        ),
    ]
