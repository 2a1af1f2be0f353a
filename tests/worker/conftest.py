"""What the tests of this room share: the state and the evidence of a row, and other ways to be late."""

import pytest

from worker.models import Delivery


@pytest.fixture
def state_of():
    def read(row):
        return Delivery.objects.values_list("state", flat=True).get(pk=row.pk)

    return read


@pytest.fixture
def lines_of():
    """The evidence, oldest first: (state, code, answer, author)."""

    def read(row):
        return list(row.attempts.values_list("state", "code", "answer", "author"))

    return read


@pytest.fixture
def make_due():
    def move():
        Delivery.objects.filter(state="queued").update(due_at="2020-01-01T00:00Z")

    return move
