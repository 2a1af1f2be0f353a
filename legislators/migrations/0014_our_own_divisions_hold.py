"""No seat of today has a division of ours: the old rows are read.

Locks: nobody; rows are read while others write.
"""

from django.db import migrations

from config.concurrently import ValidateConstraint


class Migration(migrations.Migration):
    dependencies = [("legislators", "0013_custom_offices")]

    operations = [
        ValidateConstraint(
            model_name="seat", name="our_own_offices_have_our_own_divisions"
        ),
    ]
