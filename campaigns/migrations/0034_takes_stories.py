"""Whether stories are taken, which nobody has said yet.

Locks: campaigns_brand for some milliseconds.
"""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0033_sign_ons_by_words'),
    ]

    operations = [
        migrations.AddField(
            model_name='brand',
            name='takes_stories',
            field=models.BooleanField(db_default=False, default=False, help_text='Of people who were harmed as children, while two here may review them'),
        ),
    ]
