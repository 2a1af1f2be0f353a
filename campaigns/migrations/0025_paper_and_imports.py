"""Signatures on paper, and people who were brought in.

Locks: the table for an instant, to add a column.
"""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('campaigns', '0024_asks_for_post'),
    ]

    operations = [
        migrations.AddField(
            model_name='tally',
            name='on_paper',
            field=models.PositiveIntegerField(db_default=0, default=0, help_text='Signed on paper; part of no other number'),
        ),
    ]
