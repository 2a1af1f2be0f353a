"""The demonstration is loaded once for all walks of this folder, which one process runs."""

import pytest
from django.db import transaction

from demo import loading
from tests import emptying

kept = []


@pytest.fixture
def demonstration(site):
    """As loaded. Each walk changes it."""
    with transaction.atomic():
        if kept:
            emptying.put_in(kept)
        else:
            loading.load()
            kept.extend(emptying.keep("demonstration"))
