"""Fields are copied while migrating; Django would make them anew."""

import pytest
from django.apps.registry import Apps
from django.db import models
from django.db.migrations.loader import MigrationLoader

from config.copied_fields import copied, copied_fields

MADE = models.Field.clone


@pytest.fixture(scope="module")
def fields():
    """Of all models, as the migrations have them."""
    state = MigrationLoader(None).project_state()
    found = [field for model in state.models.values() for field in model.fields.values()]
    # Looked at once, as migrations do: a relation then remembers what it leads to.
    assert any(field.related_model for field in found if field.is_relation)
    return found


def parts(field):
    """All it consists of, except when it was made and the way back from its relation."""
    own = {name: value for name, value in vars(field).items() if name != "creation_counter"}
    if way := own.pop("remote_field"):
        assert way.field is field
        # Models are found whatever their capitals.
        lower = {"model": way.model.lower()}
        own["way"] = {name: value for name, value in vars(way).items() if name != "field"} | lower
    if "from_fields" in own:
        own["from_fields"] = tuple(own["from_fields"])
    return own


def test_a_copied_field_is_the_one_that_django_would_make(fields):
    assert len(fields) > 1_000
    for field in fields:
        twin = copied(field)

        assert parts(twin) == parts(MADE(field)), field
        assert twin.deconstruct() == field.deconstruct()


def test_copies_stand_in_the_order_in_which_they_are_made(fields):
    last, first = copied(fields[-1]), copied(fields[0])

    assert last.creation_counter < first.creation_counter


def test_a_field_of_a_model_is_made_anew():
    class Planted(models.Model):
        text = models.TextField()

        class Meta:
            app_label = "planted"
            apps = Apps()

    text = Planted._meta.get_field("text")

    assert not hasattr(copied(text), "model")


def test_only_migrations_copy(fields):
    with copied_fields():
        assert models.Field.clone is copied
    assert models.Field.clone is MADE
