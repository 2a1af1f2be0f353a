"""An empty list of permissions is no list.

Locks: nothing; no statement is sent.
"""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("worker", "0015_mail_by_turn")]

    operations = [
        migrations.AlterModelOptions(
            name="delivery", options={"verbose_name_plural": "deliveries"}
        ),
    ]
