"""Tells PostgreSQL how many rows its tables have, after many were written at once."""

from django.db import connection
from django.db.models import Model


def count_for_the_planner(*models: type[Model]) -> None:
    """Within the transaction that wrote them; elsewhere than on PostgreSQL, nothing."""
    # It looks by itself a minute after the commit. Until then it takes a table for empty, and goes
    # through all of it for each row of another: minutes.
    if connection.vendor == "postgresql":
        tables = ", ".join(model._meta.db_table for model in models)
        with connection.cursor() as cursor:
            cursor.execute(f"ANALYZE {tables}")
