"""Sign-on letters are found by their words, on PostgreSQL by an index.

Locks: nobody waits; the index is built while rows are written.
"""

from importlib import import_module

from django.db import migrations

BuildTextIndex = import_module("campaigns.migrations.0031_search").BuildTextIndex


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("campaigns", "0032_sign_ons")]

    operations = [BuildTextIndex("signonwords")]
