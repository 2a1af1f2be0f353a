"""Signatures on paper, and people who were brought in.

Locks: the table for an instant, to add a column.
"""


from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('supporters', '0011_prefills'),
    ]

    operations = [
        migrations.AddField(
            model_name='supporter',
            name='imported_at',
            field=models.DateTimeField(blank=True, help_text='Brought in by staff: mail, never a letter, rests on it.', null=True),
        ),
    ]
