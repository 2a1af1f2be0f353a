"""What somebody typed is used once a second person approved it.

Locks: legislators_contact for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislators", "0009_streets_beside_the_maps"),
    ]

    operations = [
        migrations.AddField(
            model_name="contact",
            name="approved_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="approved_by",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="Who else vouches for what was typed; blank: nothing goes there yet",
                max_length=254,
            ),
        ),
        migrations.AddField(
            model_name="contact",
            name="refused_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="typed_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="contact",
            name="typed_because",
            field=models.CharField(
                blank=True,
                db_default="",
                default="",
                help_text="How whoever typed it knows",
                max_length=300,
            ),
        ),
    ]
