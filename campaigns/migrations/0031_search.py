"""Campaigns, issues, bills and publications are found by their words, on PostgreSQL by an index.

Locks: nobody waits; the indexes are built while rows are written.
"""

from django.db import migrations

from campaigns.search.engines import COLUMNS, text_of
from config.concurrently import PlainElsewhere, drop_unfinished, unlimited

# What there was then: later words have migrations of their own.
WORDS = ("campaignwords", "issuewords", "bill", "billwords", "publicationwords")


class BuildTextIndex(PlainElsewhere, migrations.RunSQL):
    """SQLite has none, and reads every row."""

    def __init__(self, model):
        self.name = f"{model}_by_words"
        self.model = model
        super().__init__(
            f'CREATE INDEX CONCURRENTLY IF NOT EXISTS "{self.name}" ON "campaigns_{model}"'
            f" USING gin (({text_of(COLUMNS[model])}))",
            f'DROP INDEX CONCURRENTLY IF EXISTS "{self.name}"',
        )

    def deconstruct(self):
        return self.__class__.__name__, [self.model], {}

    def made_ready(self, schema_editor):
        drop_unfinished(schema_editor, self.name)
        return unlimited(schema_editor.connection)


class Migration(migrations.Migration):
    atomic = False
    dependencies = [("campaigns", "0030_figures")]

    operations = [BuildTextIndex(model) for model in WORDS]
