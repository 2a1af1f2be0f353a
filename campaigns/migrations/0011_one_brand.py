"""No second brand can be written, however many save the first one at once.

Locks: campaigns_brand, of one row, for some milliseconds.
"""

from django.db import migrations, models

HELP = "The same in every new row: no second one can be written."


def mark_the_first(apps, schema_editor):
    Brand = apps.get_model("campaigns", "Brand")
    first = Brand.objects.order_by("id").values_list("pk", flat=True).first()
    Brand.objects.filter(pk=first).update(only_row=1)


class Migration(migrations.Migration):
    dependencies = [("campaigns", "0010_preview_links")]

    operations = [
        # Without a default, so that rows of before stay empty.
        migrations.AddField(
            model_name="brand",
            name="only_row",
            field=models.PositiveSmallIntegerField(
                editable=False, help_text=HELP, null=True, unique=True
            ),
        ),
        migrations.AlterField(
            model_name="brand",
            name="only_row",
            field=models.PositiveSmallIntegerField(
                default=1, editable=False, help_text=HELP, null=True, unique=True
            ),
        ),
        migrations.RunPython(mark_the_first, migrations.RunPython.noop),
    ]
