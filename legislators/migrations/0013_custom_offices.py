"""Offices of our own, each with a seat whose division no OCD division can be.

Locks: legislators_seat for some milliseconds; old rows are read a migration later.
"""

import django.db.models.deletion
from django.db import migrations, models
from django.db.models import Q

from config.concurrently import AddConstraintNotValid

CHAMBERS = [
    ("us_house", "U.S. House"),
    ("us_senate", "U.S. Senate"),
    ("state_upper", "State senate"),
    ("state_lower", "State house"),
    ("state_unicameral", "State legislature"),
    ("dc_council", "Council of the District of Columbia"),
    ("governor", "Governor"),
    ("president", "President"),
    ("custom", "Other office"),
]


def key():
    return models.BigAutoField(
        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
    )


class Migration(migrations.Migration):
    dependencies = [("legislators", "0012_town_names")]

    operations = [
        migrations.AlterField(
            model_name="seat",
            name="chamber",
            field=models.CharField(choices=CHAMBERS, max_length=20),
        ),
        AddConstraintNotValid(
            model_name="seat",
            constraint=models.CheckConstraint(
                condition=Q(chamber="custom", division__startswith="local:")
                | (~Q(chamber="custom") & ~Q(division__startswith="local:")),
                name="our_own_offices_have_our_own_divisions",
            ),
        ),
        migrations.CreateModel(
            name="CustomOffice",
            fields=[
                ("id", key()),
                (
                    "serves",
                    models.CharField(
                        choices=[
                            ("all", "Everybody, wherever they live"),
                            ("state", "Everybody in its state"),
                            ("zips", "People in these ZIP codes"),
                        ],
                        max_length=10,
                    ),
                ),
                (
                    "ended_on",
                    models.DateField(
                        blank=True,
                        help_text="First day on which nobody writes to it any more.",
                        null=True,
                    ),
                ),
                ("made_by", models.CharField(max_length=254)),
                ("made_at", models.DateTimeField(auto_now_add=True)),
                (
                    "seat",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="custom",
                        to="legislators.seat",
                    ),
                ),
            ],
            options={"ordering": ["seat__jurisdiction", "seat__district"]},
        ),
        migrations.CreateModel(
            name="CustomZip",
            fields=[
                ("id", key()),
                ("zip", models.CharField(max_length=5)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="zips",
                        to="legislators.customoffice",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["zip"], name="offices_of_a_zip")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("office", "zip"), name="one_row_per_office_and_zip"
                    )
                ],
            },
        ),
    ]
