"""Names only: the column is still `rungs`, and the values stored stay what they were.

Locks: nothing.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0008_letters_of_an_office"),
    ]

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RenameField("ladder", "rungs", "routes"),
                migrations.AlterField(
                    "ladder",
                    "routes",
                    models.JSONField(
                        db_column="rungs",
                        default=list,
                        help_text="The best first; one that is not named is never used",
                    ),
                ),
                migrations.AlterField(
                    "letter",
                    "route",
                    models.CharField(
                        choices=[
                            ("email", "E-mail"),
                            ("cwc", "Congress's message system"),
                            ("assisted", "The supporter, by the office's form or site"),
                            ("call", "The supporter, by telephone"),
                            ("paper", "A printed letter"),
                            ("none", "Nobody to write to"),
                        ],
                        max_length=10,
                    ),
                ),
            ],
        ),
    ]
