"""Somebody is found by name, telephone or ZIP without reading everybody.

Locks: nobody waits; the indexes are built while rows are written.
"""

from django.db import migrations, models

from config.concurrently import AddIndexConcurrently
from supporters.plain_names import Bytewise, Plain


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("supporters", "0007_tags_notes_merges")]

    operations = [
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                Plain("family_name"), models.F("id"), name="supporters_by_family_name"
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                Plain("given_name"), models.F("id"), name="supporters_by_given_name"
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                models.F("zip"),
                Plain("family_name"),
                models.F("id"),
                name="supporters_by_zip_and_name",
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                Bytewise("phone"), condition=~models.Q(phone=""), name="supporters_by_phone"
            ),
        ),
        AddIndexConcurrently(
            model_name="supporter",
            index=models.Index(
                fields=["merged_into"],
                condition=models.Q(merged_into__isnull=False),
                name="records_of_one_person",
            ),
        ),
    ]
