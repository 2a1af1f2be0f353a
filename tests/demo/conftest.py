"""The demonstration is loaded once for all files of this folder, which one process runs."""

import pytest
from django.db import transaction

from demo import loading
from tests.emptying import settle


@pytest.fixture(scope="package")
def _loaded(django_db_setup, django_db_blocker):
    """Each test changes it in a transaction of its own."""
    with django_db_blocker.unblock(), transaction.atomic():
        loading.load()
        settle()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(_loaded, db):
    """The demonstration, as loaded."""
