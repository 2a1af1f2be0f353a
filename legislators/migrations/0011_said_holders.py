"""People here may say who holds a seat.

Locks: legislators_seat for some milliseconds, once older transactions have ended.
"""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("legislators", "0010_contacts_are_approved"),
    ]

    operations = [
        migrations.AddField(
            model_name="seat",
            name="said_vacant_from",
            field=models.DateField(
                blank=True,
                help_text="Somebody here says that nobody holds it since this day",
                null=True,
            ),
        ),
        migrations.CreateModel(
            name="SaidHolder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("party", models.CharField(blank=True, max_length=60)),
                ("since", models.DateField(blank=True, null=True)),
                (
                    "until",
                    models.DateField(
                        blank=True,
                        help_text="First day on which they no longer hold it.",
                        null=True,
                    ),
                ),
                (
                    "source",
                    models.CharField(help_text="How it is known: a link, or words", max_length=500),
                ),
                ("said_by", models.CharField(max_length=254)),
                ("said_at", models.DateTimeField()),
                ("roster_as_of", models.DateField(blank=True, null=True)),
                ("roster_party", models.CharField(blank=True, max_length=60)),
                ("roster_started_on", models.DateField(blank=True, null=True)),
                ("roster_ended_on", models.DateField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_by", models.CharField(blank=True, max_length=254)),
                ("ended_because", models.CharField(blank=True, max_length=300)),
                (
                    "legislator",
                    models.ForeignKey(
                        blank=True,
                        help_text="None: the seat is vacant",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislators.legislator",
                    ),
                ),
                (
                    "roster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislators.source",
                    ),
                ),
                (
                    "roster_legislator",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="legislators.legislator",
                    ),
                ),
                (
                    "seat",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="said",
                        to="legislators.seat",
                    ),
                ),
            ],
            options={
                "ordering": ["-said_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ended_at", None)),
                        fields=("seat",),
                        name="one_said_holder_per_seat",
                    )
                ],
            },
        ),
    ]
