import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    """A ZIP row now belongs to an edition, so that the old ones and their dates go together. The table was derived data: made anew."""

    dependencies = [("legislators", "0001_initial")]

    operations = [
        migrations.AddField(
            "edition", "states", models.JSONField(default=list, help_text="Codes of the states it covers.")
        ),
        migrations.AlterField(
            "boundaryfile",
            "sha256",
            models.CharField(help_text="Of the index itself, before compression.", max_length=64, primary_key=True, serialize=False),
        ),
        migrations.AlterField("boundaryfile", "content", models.BinaryField(help_text="zlib-compressed")),
        migrations.DeleteModel("ZipDistrict"),
        migrations.CreateModel(
            name="ZipDistrict",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("zip", models.CharField(max_length=5)),
                ("state", models.CharField(max_length=2)),
                ("division", models.CharField(max_length=160)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="zips", to="legislators.edition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("zip", "edition", "division"), name="one_row_per_zip_and_division")
                ],
            },
        ),
    ]
