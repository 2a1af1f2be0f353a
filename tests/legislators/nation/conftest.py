"""The real rosters of the whole nation, read once for all files of this folder, which one process
runs.
"""

import pytest
from django.db import transaction

from legislators.roster.refreshing import refresh
from tests.emptying import settle


@pytest.fixture(scope="package")
def rosters(shared_data, django_db_setup, django_db_blocker):
    """What `refresh` said of all rosters, without maps; rolled back in the end."""
    with django_db_blocker.unblock(), transaction.atomic():
        told = refresh(shared_data, [], say=lambda line: None)
        settle()
        yield told
        transaction.set_rollback(True)
