"""Supporters have tags and notes, and two records of one person become one.

Locks: supporters_supporter for some milliseconds, once older transactions have ended.
"""

import django.db.models.functions.text
from django.db import migrations, models
from django.db.models.deletion import CASCADE

ID = models.BigAutoField(
    auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
)
AUTHOR = models.CharField(help_text="As written down then", max_length=254)


def of_supporter(name):
    return models.ForeignKey(on_delete=CASCADE, related_name=name, to="supporters.supporter")


class Migration(migrations.Migration):
    dependencies = [("supporters", "0006_no_words_mailed")]

    operations = [
        migrations.AddField(
            model_name="supporter",
            name="merged_into",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                help_text="The record that stands for this person now (actions.merging)",
                null=True,
                on_delete=CASCADE,
                related_name="others",
                to="supporters.supporter",
            ),
        ),
        migrations.CreateModel(
            name="Tag",
            fields=[
                ("id", ID.clone()),
                ("name", models.CharField(max_length=40)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(
                        django.db.models.functions.text.Lower("name"), name="one_tag_per_name"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Tagged",
            fields=[
                ("id", ID.clone()),
                ("supporter", of_supporter("tagged")),
                (
                    "tag",
                    models.ForeignKey(
                        on_delete=CASCADE, related_name="tagged", to="supporters.tag"
                    ),
                ),
                ("author", AUTHOR.clone()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("supporter", "tag"), name="one_tag_once_per_supporter"
                    )
                ],
                "indexes": [
                    models.Index(fields=["tag", "supporter"], name="supporters_of_a_tag")
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                ("id", ID.clone()),
                ("supporter", of_supporter("notes")),
                ("text", models.TextField(max_length=1000)),
                ("author", AUTHOR.clone()),
                ("at", models.DateTimeField(auto_now_add=True)),
            ],
            options={"ordering": ["-id"]},
        ),
        migrations.CreateModel(
            name="Merge",
            fields=[
                ("id", ID.clone()),
                ("kept", of_supporter("merges")),
                ("gone", of_supporter("+")),
                ("moved", models.JSONField(default=dict, help_text="Ids, by what they are of")),
                ("author", AUTHOR.clone()),
                ("reason", models.CharField(max_length=200)),
                ("at", models.DateTimeField(auto_now_add=True)),
                ("undone_at", models.DateTimeField(blank=True, null=True)),
                (
                    "forgotten_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="When what the other record held was blanked",
                        null=True,
                    ),
                ),
            ],
            options={"ordering": ["-id"]},
        ),
    ]
