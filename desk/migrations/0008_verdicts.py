"""What somebody decided about many suspicious actions together.

Locks: nothing that is there already.
"""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("desk", "0007_form_drafts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Verdict",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "deed",
                    models.CharField(
                        choices=[("release", "release"), ("refuse", "refuse")], max_length=7
                    ),
                ),
                ("chosen", models.JSONField(help_text="Which ones: desk.supporters.chosen.Chosen")),
                ("author", models.CharField(max_length=254)),
                ("reason", models.CharField(max_length=300)),
                ("found", models.PositiveIntegerField()),
                ("done", models.PositiveIntegerField(default=0)),
                (
                    "last_id",
                    models.PositiveBigIntegerField(
                        default=0, help_text="The last one decided about"
                    ),
                ),
                ("asked_at", models.DateTimeField(auto_now_add=True)),
                ("begins_at", models.DateTimeField()),
                ("finished_at", models.DateTimeField(blank=True, null=True)),
                ("stopped_by", models.CharField(blank=True, max_length=254)),
                ("beat_at", models.DateTimeField(blank=True, null=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("error", models.CharField(blank=True, max_length=200)),
            ],
            options={
                "ordering": ["-id"],
            },
        ),
    ]
