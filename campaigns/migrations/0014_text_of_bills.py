"""The text of a campaign's bill is called what it is, and needs nobody to write it any more.

The columns keep their names and stay for a release: the one before this reads and writes them.
Locks: campaigns_campaign for some milliseconds, once older transactions have ended.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("campaigns", "0013_letter_versions"),
    ]

    operations = [
        migrations.AlterField(
            model_name="campaign",
            name="bill",
            field=models.CharField(blank=True, db_column="bill", db_default="", default="", max_length=60),
        ),
        migrations.AlterField(
            model_name="campaign",
            name="stance",
            field=models.CharField(blank=True, db_column="stance", db_default="", default="", max_length=3),
        ),
        migrations.RenameField(model_name="campaign", old_name="bill", new_name="bill_text"),
        migrations.RenameField(model_name="campaign", old_name="stance", new_name="stance_text"),
    ]
