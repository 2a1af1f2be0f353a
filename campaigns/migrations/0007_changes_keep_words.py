"""A change keeps what it changed, from what into what.

Locks: campaigns_change for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0006_help_lines"),
    ]

    operations = [
        migrations.AddField(
            model_name="change",
            name="thing",
            field=models.CharField(blank=True, db_default="", default="", help_text='What was edited: "words:en", "ask:7:letter"; blank for a deed', max_length=40),
        ),
        migrations.AddField(
            model_name="change",
            name="before",
            field=models.JSONField(blank=True, help_text="What changed, as it was: by field", null=True),
        ),
        migrations.AddField(
            model_name="change",
            name="after",
            field=models.JSONField(blank=True, help_text="The same fields, as saved", null=True),
        ),
    ]
