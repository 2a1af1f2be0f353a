"""Letters that nobody knows yet whom to address to.

Locks: actions_letter for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("actions", "0010_set_aside")]

    operations = [
        migrations.AddField(
            model_name="letter",
            name="awaits_roster_since",
            field=models.DateTimeField(
                null=True,
                blank=True,
                help_text="Written in a new term of which no roster told who sits there: to be addressed",
            ),
        ),
    ]
