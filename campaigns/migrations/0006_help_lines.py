"""Where somebody in despair finds help, as the organization says it.

Locks: campaigns_brand for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0005_safeguards"),
    ]

    operations = [
        migrations.AddField(
            model_name="brand",
            name="help_lines",
            field=models.JSONField(blank=True, db_default={}, default=dict, help_text="By language (campaigns.help_lines)"),
        ),
        migrations.AddField(
            model_name="brand",
            name="help_lines_on",
            field=models.DateField(blank=True, help_text="When somebody here last looked whether they are right.", null=True),
        ),
    ]
