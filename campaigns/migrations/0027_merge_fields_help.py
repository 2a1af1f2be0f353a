"""The help text of a letter names its fields.

Locks: nothing; no column changes.
"""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0026_asks_guardian'),
    ]

    operations = [
        migrations.AlterField(
            model_name='ask',
            name='letter_body',
            field=models.TextField(blank=True, help_text='Merge fields: see campaigns.merge_fields.FIELDS'),
        ),
    ]
